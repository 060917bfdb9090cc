import type { StackObject } from "../../kinds/stack-object.ts";
import type { MapNode, Node } from "../../text/node.ts";
import { at, stringAt } from "../../text/read.ts";
import { nameAt } from "./name.ts";
import { placesAt } from "./places.ts";
import { containersOf, podSpecsOf } from "./pod-specs.ts";
import type { Reference } from "./reference.ts";
import { keysNamed, objectsNamed } from "./targets.ts";

/** A path to a name, and the kind of what is named: always one, or the one that the `kind` beside it says. */
type Edge = readonly [path: string, kind: string] | readonly [path: string, beside: "kind", otherwise?: string];

const scaled: Edge = ["spec.scaleTargetRef.name", "kind", "Deployment"];
const authenticated: Edge = ["spec.triggers[].authenticationRef.name", "kind", "TriggerAuthentication"];
const pooled: Edge = ["spec.poolRef.name", "kind", "InferencePool"];
const parameters: readonly Edge[] = [
  ["spec.secretTargetRef[].name", "Secret"],
  ["spec.configMapTargetRef[].name", "ConfigMap"],
];
const routed: readonly Edge[] = [
  ["spec.parentRefs[].name", "kind", "Gateway"],
  ["spec.rules[].backendRefs[].name", "kind", "Service"],
];
const bound: readonly Edge[] = [
  ["roleRef.name", "kind"],
  ["subjects[].name", "kind"],
];

const edges: Readonly<Record<string, readonly Edge[]>> = {
  HorizontalPodAutoscaler: [
    ["spec.scaleTargetRef.name", "kind"],
    ["spec.metrics[].object.describedObject.name", "kind"],
  ],
  ScaledObject: [scaled, authenticated],
  ScaledJob: [authenticated],
  VariantAutoscaling: [scaled],
  TriggerAuthentication: parameters,
  ClusterTriggerAuthentication: parameters,
  InferencePool: [
    ["spec.endpointPickerRef.name", "kind", "Service"],
    ["spec.extensionRef.name", "kind", "Service"],
  ],
  InferenceObjective: [pooled],
  InferenceModel: [pooled],
  InferenceModelRewrite: [pooled],
  HTTPRoute: routed,
  GRPCRoute: routed,
  StatefulSet: [["spec.serviceName", "Service"]],
  PersistentVolumeClaim: [["spec.storageClassName", "StorageClass"]],
  RoleBinding: bound,
  ClusterRoleBinding: bound,
};

const inPod: readonly Edge[] = [
  ["volumes[].configMap.name", "ConfigMap"],
  ["volumes[].projected.sources[].configMap.name", "ConfigMap"],
  ["volumes[].secret.secretName", "Secret"],
  ["volumes[].projected.sources[].secret.name", "Secret"],
  ["volumes[].persistentVolumeClaim.claimName", "PersistentVolumeClaim"],
  ["priorityClassName", "PriorityClass"],
  ["serviceAccountName", "ServiceAccount"],
  ["imagePullSecrets[].name", "Secret"],
];

const inContainer: readonly Edge[] = [
  ["envFrom[].configMapRef.name", "ConfigMap"],
  ["envFrom[].secretRef.name", "Secret"],
  ["env[].valueFrom.configMapKeyRef.name", "ConfigMap"],
  ["env[].valueFrom.secretKeyRef.name", "Secret"],
];

/** What an object calls by its name. */
export function objectReferences(from: StackObject): Reference[] {
  const own = Object.hasOwn(edges, from.apiKind ?? "") ? (edges[from.apiKind ?? ""] ?? []) : [];
  const pods = podSpecsOf(from);
  return [
    ...own.flatMap((edge) => along(from, from.root, edge)),
    ...pods.flatMap((pod) => inPod.flatMap((edge) => along(from, pod, edge))),
    ...pods.flatMap(containersOf).flatMap((root) => inContainer.flatMap((edge) => along(from, root, edge))),
  ];
}

function along(from: StackObject, root: MapNode, [path, second, otherwise]: Edge): Reference[] {
  return placesAt(root, path).flatMap(({ value, holder }) => {
    const kind = second === "kind" ? kindBeside(holder, otherwise) : second;
    return kind === undefined ? [] : objectReference(from, value, kind);
  });
}

/** A kind that is filled in later is not the default. */
function kindBeside(holder: MapNode, otherwise: string | undefined): string | undefined {
  return at(holder, "kind") === undefined ? otherwise : stringAt(holder, "kind")?.value;
}

export function objectReference(from: StackObject, node: Node | undefined, kind: string): Reference[] {
  const name = nameAt(node);
  if (name === undefined) return [];
  const resolve: Reference["resolve"] = (graph) => objectsNamed(graph, from, kind, name.text);
  return [{ from, at: name, to: { type: "object", kind }, byName: true, resolve }];
}

const keys: readonly (readonly [path: string, kind: string])[] = [
  ["env[].valueFrom.configMapKeyRef", "ConfigMap"],
  ["env[].valueFrom.secretKeyRef", "Secret"],
];

const keysInPod: readonly (readonly [path: string, kind: string, name: string])[] = [
  ["volumes[].configMap", "ConfigMap", "name"],
  ["volumes[].projected.sources[].configMap", "ConfigMap", "name"],
  ["volumes[].secret", "Secret", "secretName"],
  ["volumes[].projected.sources[].secret", "Secret", "name"],
];

/** The keys of ConfigMaps and Secrets that an object picks. */
export function keyReferences(from: StackObject): Reference[] {
  const pods = podSpecsOf(from);
  const picked = (root: MapNode, path: string, kind: string) =>
    placesAt(root, path).flatMap(({ value }) =>
      keyReference(from, at(value, "key"), kind, stringAt(value, "name")?.value),
    );
  return [
    ...pods.flatMap(containersOf).flatMap((root) => keys.flatMap(([path, kind]) => picked(root, path, kind))),
    ...pods.flatMap((pod) =>
      keysInPod.flatMap(([path, kind, name]) =>
        placesAt(pod, path).flatMap(({ value }) =>
          placesAt(value, "items[].key").flatMap((place) =>
            keyReference(from, place.value, kind, stringAt(value, name)?.value),
          ),
        ),
      ),
    ),
    ...(/^(?:Cluster)?TriggerAuthentication$/.test(from.apiKind ?? "")
      ? [
          ...picked(from.root, "spec.secretTargetRef[]", "Secret"),
          ...picked(from.root, "spec.configMapTargetRef[]", "ConfigMap"),
        ]
      : []),
  ];
}

export function keyReference(
  from: StackObject,
  node: Node | undefined,
  kind: string,
  holder: string | undefined,
): Reference[] {
  const name = nameAt(node);
  if (name === undefined || holder === undefined) return [];
  const resolve: Reference["resolve"] = (graph) => keysNamed(graph, from, kind, holder, name.text);
  return [{ from, at: name, to: { type: "key", kind }, byName: true, resolve }];
}
