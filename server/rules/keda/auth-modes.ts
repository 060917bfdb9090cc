import { scaledObject, type Trigger } from "../../kinds/keda/scaled-object.ts";
import { at, type Placed, stringAt } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { type Authentication, authenticationOf, exclusive, modes } from "./authentication-of.ts";
import { example } from "./example.ts";

const bounds = "  minReplicaCount: 1\n  maxReplicaCount: 8\n";
const prometheus = (mode: string) => `    - type: prometheus
      metadata:
        serverAddress: https://prometheus.monitoring:9090
        query: sum(prompts_waiting)
        threshold: "5"
        authModes: ${mode}
      authenticationRef:
        name: prometheus
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

export const authModes = defineRule({
  id: "keda/auth-modes",
  title: "authModes that the credentials do not fit",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["K-25"],
  docs: {
    summary:
      "authModes of a prometheus trigger names a mode that KEDA does not have, a mode whose parameters the TriggerAuthentication lacks, two modes that exclude one another, or stands beside a pod identity.",
    why: "The scaler checks its credentials when it is built. If one is missing or two contradict each other, the trigger fails before the first query, and KEDA makes no HPA.",
    mend: "Give the TriggerAuthentication the parameters of the mode: bearerToken for `bearer`; username and password for `basic`; cert and key (and ca) for `tls`; customAuthHeader and customAuthValue for `custom`; oauthTokenURI, clientID and clientSecret for `oauth`; apiKey for `apiKey`. Headroom is silent where a vault or file may provide them.",
    sources: [
      "https://keda.sh/docs/latest/scalers/prometheus/#authentication-parameters",
      "https://github.com/kedacore/keda/blob/main/pkg/scalers/authentication/authentication_types.go",
    ],
  },
  examples: { bad: example(bounds, prometheus("basic # <-")), good: example(bounds, prometheus("bearer")) },
  messages: {
    unknown: '{object}: KEDA knows no authMode "{mode}", so the trigger fails and no HPA is made. {hint}',
    both: "{object}: authModes {modes} exclude one another, so the trigger fails and no HPA is made. Keep one of them.",
    identity:
      "{object}: authModes {modes} stand beside the pod identity {provider} of {authentication}; KEDA takes one or the other, and the trigger fails. Remove authModes or the identity.",
    nobody:
      "{object}: authModes {mode} needs {parameters}, but the trigger names no TriggerAuthentication: it fails, and no HPA is made. Add an authenticationRef.",
    lacks:
      "{object}: authModes {mode} needs {parameters}, which {authentication} does not provide: the trigger fails, and no HPA is made. Add the parameter, or use the mode that fits.",
  },
  reads: [scaledObject],
  check({ object, graph, report }) {
    for (const trigger of object.view.triggers) {
      const written = modesOf(trigger);
      if (written === undefined) continue;
      const found = authenticationOf(graph, object, trigger);
      for (const { words, related } of problems(trigger, written, found, object.title)) {
        report({ at: written.node, ...words, related });
      }
    }
  },
});

function modesOf({ type, metadata }: Trigger): (Placed<string> & { readonly list: readonly string[] }) | undefined {
  const written = stringAt(metadata, "authModes") ?? stringAt(metadata, "authMode");
  if (type !== "prometheus" || written === undefined || written.value.trim() === "") return undefined;
  return { ...written, list: written.value.split(",").map((mode) => mode.trim()) };
}

function problems(
  trigger: Trigger,
  { list, value }: { readonly list: readonly string[]; readonly value: string },
  found: Authentication | undefined,
  object: string,
) {
  const unknown = list.find((mode) => !modes.has(mode));
  if (unknown !== undefined) {
    const near = nearest(unknown, modes.keys());
    const hint = near === undefined ? `It has ${[...modes.keys()].join(", ")}.` : `Did you mean "${near}"?`;
    return [{ words: { message: "unknown", slots: { object, mode: unknown, hint } } as const, related: [] }];
  }
  const related = found === undefined ? [] : [{ at: found.name?.node ?? found, message: `${found.title} is here` }];
  const contrary = list.filter((mode) => exclusive.has(mode));
  if (new Set(contrary).size > 1) {
    return [{ words: { message: "both", slots: { object, modes: contrary.join(" and ") } } as const, related: [] }];
  }
  const provider = found?.view.podIdentity?.value;
  if (found !== undefined && provider !== undefined) {
    const slots = { object, modes: value, provider, authentication: found.title };
    return [{ words: { message: "identity", slots } as const, related }];
  }
  const needs = (mode: string) => modes.get(mode) ?? [];
  if (at(trigger.node, "authenticationRef") === undefined) {
    return list.map((mode) => {
      const slots = { object, mode, parameters: needs(mode).join(" and ") };
      return { words: { message: "nobody", slots } as const, related };
    });
  }
  if (found === undefined || !found.view.complete) return [];
  return list.flatMap((mode) => {
    const missing = needs(mode).filter((parameter) => !found.view.parameters.includes(parameter));
    if (missing.length === 0) return [];
    const slots = { object, mode, parameters: missing.join(" and "), authentication: found.title };
    return [{ words: { message: "lacks", slots } as const, related }];
  });
}
