import type { RawFix } from "../../findings/raw-finding.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { ScaledObjectAt } from "../../scenario/scaled-object.ts";
import { at } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { authenticationOf, modes } from "./authentication-of.ts";
import { example } from "./example.ts";
import { entry } from "./mends.ts";

const bounds = "  minReplicaCount: 1\n  maxReplicaCount: 8\n";
const prometheus = (more: string) => `    - type: prometheus
      metadata:
        serverAddress: https://prometheus.monitoring:9090
        query: sum(prompts_waiting)
        threshold: "5"
${more}      authenticationRef:
        name: prometheus # <-
---
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata:
  name: prometheus
spec:
  secretTargetRef:
    - parameter: bearerToken
      name: prometheus-token
      key: token
`;

export const unusedCredentials = defineRule({
  id: "keda/unused-credentials",
  title: "Credentials that the trigger does not use",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["K-24"],
  docs: {
    summary: "A prometheus trigger names a TriggerAuthentication but has no authModes.",
    why: "The scaler takes from the TriggerAuthentication only what its authModes name. Without them it asks Prometheus without any credentials, and where those are needed every query fails.",
    mend: "Write the mode that fits the parameters to the metadata: bearerToken is `bearer`, username `basic`, cert and key `tls`, a header of your own `custom`.",
    sources: [
      "https://keda.sh/docs/latest/scalers/prometheus/#authentication-parameters",
      "https://github.com/kedacore/keda/blob/main/pkg/scalers/authentication/authentication_types.go",
    ],
  },
  examples: {
    bad: example(bounds, prometheus("")),
    good: example(bounds, prometheus("        authModes: bearer\n").replace(" # <-", "")),
  },
  messages: {
    unused:
      "{object}: the prometheus trigger has no authModes, so {parameters} of {authentication} is not used and Prometheus is asked without credentials. {mend}",
  },
  reads: [scaledObject],
  check({ object, graph, report }) {
    for (const [index, trigger] of object.view.triggers.entries()) {
      const { type, metadata, authentication } = trigger;
      const asked = ["authModes", "authMode", "awsRegion", "identityOwner"].some(
        (key) => at(metadata, key) !== undefined,
      );
      if (type !== "prometheus" || metadata === undefined || authentication === undefined || asked) continue;
      const found = authenticationOf(graph, object, trigger);
      if (found === undefined || found.view.podIdentity !== undefined || !found.view.complete) continue;
      const { parameters } = found.view;
      const known = new Set([...[...modes.values()].flat(), "password", "ca", "method", "keyParamName", "scopes"]);
      // Parameters of a cloud are used without a mode.
      if (parameters.length === 0 || !parameters.every((one) => known.has(one))) continue;
      const mode = [...modes]
        .filter(([, needs]) => needs.every((one) => parameters.includes(one)))
        .map(([name]) => name);
      const said = mode.length === 0 ? "Write the mode that fits." : `Write authModes: ${mode.join(",")}.`;
      report({
        at: authentication.name.node,
        message: "unused",
        slots: { object: object.title, parameters: parameters.join(", "), authentication: found.title, mend: said },
        related: [{ at: found.name?.node ?? found, message: `${found.title} is here` }],
        fixes: mode.length === 1 ? fix(object, index, mode[0] ?? "") : [],
      });
    }
  },
});

function fix(object: ScaledObjectAt, index: number, mode: string): RawFix[] {
  return entry(object.root, ["spec", "triggers", index, "metadata"], "authModes", mode, `Set authModes to ${mode}`);
}
