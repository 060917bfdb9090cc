import type { Graph } from "../../graph/graph.ts";
import { dirname } from "../../graph/paths.ts";
import { isRewired, namespacesAgree } from "../../graph/scope.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { ScaledObjectAt } from "../../scenario/scaled-object.ts";
import { setScalar } from "../../text/edits.ts";
import { resolve, stringAt } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { example } from "./example.ts";
import { entry } from "./mends.ts";

const bounds = "  minReplicaCount: 1\n  maxReplicaCount: 8\n";
const prometheus = (name: string) => `    - type: prometheus
      metadata:
        serverAddress: https://prometheus.monitoring:9090
        query: sum(prompts_waiting)
        threshold: "5"
        authModes: bearer
      authenticationRef:
        name: ${name}
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

const kinds = ["TriggerAuthentication", "ClusterTriggerAuthentication"] as const;

export const authenticationMissing = defineRule({
  id: "keda/authentication-missing",
  title: "authenticationRef to what is not there",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["K-26"],
  docs: {
    summary:
      "The authenticationRef of a trigger names an object that no file defines, while one of a near name, of the other kind, or in another namespace stands beside it.",
    why: "KEDA looks the name up when it builds the trigger: a TriggerAuthentication in the namespace of the ScaledObject, a ClusterTriggerAuthentication anywhere. Without it the trigger has no credentials and fails, and KEDA makes no HPA.",
    mend: "Write the name, and `kind: ClusterTriggerAuthentication` where it is one: the default is TriggerAuthentication.",
    sources: ["https://keda.sh/docs/latest/concepts/authentication/"],
  },
  examples: { bad: example(bounds, prometheus("promtheus # <-")), good: example(bounds, prometheus("prometheus")) },
  messages: {
    near: '{object} names the {kind} "{name}", which is in none of these files: the trigger fails and no HPA is made. Did you mean "{near}"?',
    kind: '{object} names the {kind} "{name}", but that is a {other}: KEDA does not find it and makes no HPA. Write kind: {other}.',
    namespace:
      '{object} names the TriggerAuthentication "{name}", which is in namespace {there}, not in {here}: KEDA looks for it only beside the ScaledObject and makes no HPA. Move it, or make it a ClusterTriggerAuthentication.',
  },
  reads: [scaledObject],
  check({ object, graph, report }) {
    for (const [index, { authentication }] of object.view.triggers.entries()) {
      if (authentication === undefined || mayBeElsewhere(graph, object)) continue;
      const { kind, name } = authentication;
      const own = graph.lookup(`name/${kind}/${name.value}`);
      const slots = { object: object.title, kind, name: name.value };
      if (own.some((one) => kind === kinds[1] || namespacesAgree(one, object))) continue;
      const [elsewhere] = own;
      const other = kinds.find((one) => one !== kind) ?? kind;
      const [namesake] = graph.lookup(`name/${other}/${name.value}`);
      if (elsewhere !== undefined) {
        const place = { here: object.namespace ?? "", there: elsewhere.namespace ?? "" };
        report({ at: name.node, message: "namespace", slots: { ...slots, ...place }, related: seen(elsewhere) });
      } else if (namesake !== undefined) {
        const keys = ["spec", "triggers", index, "authenticationRef"];
        const fixes = entry(object.root, keys, "kind", other, `Write kind: ${other}`);
        report({ at: name.node, message: "kind", slots: { ...slots, other }, related: seen(namesake), fixes });
      } else {
        const beside = graph.lookup(`api/${kind}`).filter(({ path }) => dirname(path) === dirname(object.path));
        const near = nearest(
          name.value,
          beside.flatMap((one) => one.name?.value ?? []),
        );
        const meant = beside.find((one) => one.name?.value === near);
        const scalar = resolve(name.node);
        if (near === undefined || meant === undefined || scalar?.type !== "scalar") continue;
        const fixes = [{ title: `Change to "${near}"`, safe: false, edits: [setScalar(scalar, near)] }];
        report({ at: name.node, message: "near", slots: { ...slots, near }, related: seen(meant), fixes });
      }
    }
  },
});

function seen(object: StackObject) {
  return [{ at: object.name?.node ?? object, message: `${object.title} is here` }];
}

/** A kustomization that renames or takes objects away, and files that cannot be read, leave the question open. */
function mayBeElsewhere(graph: Graph, object: ScaledObjectAt): boolean {
  const worlds = graph.layout.worldsOf(object.path);
  const open = worlds.some(
    (world) => isRewired(graph, world) || world.kustomizations.some(({ foreign, affixes }) => foreign || affixes),
  );
  return open || graph.hasUnreadable(dirname(object.path)) || stringAt(object.root, "metadata", "name") === undefined;
}
