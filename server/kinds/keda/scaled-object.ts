import type { MapNode } from "../../text/node.ts";
import { at, itemsAt, mapAt, numberAt, type Placed, stringAt } from "../../text/read.ts";
import { type Behavior, readBehavior } from "../hpa/behavior.ts";
import { readScaleTarget, type ScaleTarget, targetKey } from "../hpa/scale-target.ts";
import { defineKind } from "../kind.ts";

export interface Trigger {
  readonly node: MapNode;
  readonly type: string | undefined;
  readonly metricType: Placed<string> | undefined;
  readonly metadata: MapNode | undefined;
  readonly authentication: { readonly kind: string; readonly name: Placed<string> } | undefined;
}

export interface ScaledObjectView {
  readonly target: ScaleTarget | undefined;
  readonly minReplicas: Placed<number> | undefined;
  readonly maxReplicas: Placed<number> | undefined;
  readonly idleReplicas: Placed<number> | undefined;
  readonly triggers: readonly Trigger[];
  readonly behavior: Behavior | undefined;
  readonly behaviorPath: readonly string[];
}

const behaviorPath = ["spec", "advanced", "horizontalPodAutoscalerConfig", "behavior"];

export const scaledObject = defineKind<ScaledObjectView>({
  id: "scaled-object",
  title: "ScaledObject",
  schema: "scaled-object",
  recognise: { group: "keda.sh", kind: "ScaledObject" },
  view: ({ root }) => ({
    target: readScaleTarget(at(root, "spec", "scaleTargetRef"), "Deployment"),
    minReplicas: numberAt(root, "spec", "minReplicaCount"),
    maxReplicas: numberAt(root, "spec", "maxReplicaCount"),
    idleReplicas: numberAt(root, "spec", "idleReplicaCount"),
    triggers: itemsAt(root, "spec", "triggers").flatMap((item) => {
      const node = mapAt(item);
      return node === undefined ? [] : [readTrigger(node)];
    }),
    behavior: readBehavior(at(root, ...behaviorPath)),
    behaviorPath,
  }),
  keys: ({ view, path }) => [
    scaledObjectsIn(path.slice(0, Math.max(0, path.lastIndexOf("/")))),
    ...(view.target === undefined ? [] : [targetKey(view.target)]),
  ],
});

/** The name under which the graph finds the ScaledObjects of a directory. */
export function scaledObjectsIn(directory: string): string {
  return `scaled-objects-in/${directory}`;
}

function readTrigger(node: MapNode): Trigger {
  const name = stringAt(node, "authenticationRef", "name");
  return {
    node,
    type: stringAt(node, "type")?.value,
    metricType: stringAt(node, "metricType"),
    metadata: mapAt(node, "metadata"),
    authentication:
      name === undefined
        ? undefined
        : { name, kind: stringAt(node, "authenticationRef", "kind")?.value ?? "TriggerAuthentication" },
  };
}
