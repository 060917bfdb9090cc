import { itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { autoscalerKinds, half, scalesGpus } from "./hpa.ts";
import { drop, type Operator, operator, put, rename, textAt, write } from "./operator.ts";
import { podSpec, workloadKinds } from "./serving.ts";

const groups = ["hpa", "scaled-object"] as const;
const minimum = { hpa: "minReplicas", "scaled-object": "minReplicaCount" } as const;
const maximum = { hpa: "maxReplicas", "scaled-object": "maxReplicaCount" } as const;

export const boundsOperators: readonly Operator[] = [
  operator("hpa/old-api-version", "hpa", "a version of the API that is gone", ({ root }) =>
    write(scalarAt(root, "apiVersion"), "autoscaling/v2beta2"),
  ),
  operator("hpa/min-above-max", "hpa", "a minimum above the maximum", ({ root }) => {
    const at = scalarAt(root, "spec", "maxReplicas");
    return write(scalarAt(root, "spec", "minReplicas"), "99").flatMap(({ edits }) => (at === undefined ? [] : [{ edits, at }]));
  }),
  operator("hpa/scale-to-zero", "hpa", "a minimum of 0", ({ root }) => write(scalarAt(root, "spec", "minReplicas"), "0")),
  operator("hpa/target-api-version", "hpa", "a target without its group", ({ root }) =>
    write(scalarAt(root, "spec", "scaleTargetRef", "apiVersion"), "v1"),
  ),
  operator("hpa/short-period", autoscalerKinds, "a period shorter than a look", (object, others) =>
    scalesGpus(object, others)
      ? itemsAt(half(object, "scaleDown"), "policies").flatMap((policy) => write(scalarAt(policy, "periodSeconds"), "5"))
      : [],
  ),
  operator("hpa/scaling-off", autoscalerKinds, "no scaling up", (object, others) =>
    scalesGpus(object, others) ? put(half(object, "scaleUp"), "selectPolicy", "Disabled", "selectPolicy") : [],
  ),
  operator("keda/refused", "scaled-object", "a minimum above the maximum", ({ root }) =>
    write(scalarAt(root, "spec", "minReplicaCount"), "99"),
  ),
  ...groups.map((kind) =>
    operator("capacity/quota", kind, "a maximum that no quota allows", (object, others) => {
      // Of several autoscalers under one quota the quota is told, in its own file.
      const alone = others.filter((one) => autoscalerKinds.includes(one.kind.id)).length === 1;
      const quota = alone && others.some((one) => one.kind.id === "resource-quota");
      return quota && scalesGpus(object, others) ? write(scalarAt(object.root, "spec", maximum[kind]), "99") : [];
    }),
  ),
  operator("capacity/quota-key", "resource-quota", "a key that counts nothing", ({ root }) =>
    rename(mapAt(root, "spec", "hard"), "requests.nvidia.com/gpu", "nvidia.com/gpu"),
  ),
  operator("capacity/node-pool", "hpa", "a maximum that no node has room for", (object, others) => {
    const pool = others.some((one) => one.kind.id === "node-pool");
    return pool && scalesGpus(object, others) ? write(scalarAt(object.root, "spec", "maxReplicas"), "9") : [];
  }),
  operator("capacity/blocked-drain", "pod-disruption-budget", "no pod may go", ({ root }) =>
    write(scalarAt(root, "spec", "maxUnavailable"), "0"),
  ),
  operator("autoscaler/replicas-in-manifest", "deployment", "replicas beside an autoscaler", ({ root, name }, others) => {
    const scaled = others.some(
      ({ kind, root: other }) =>
        kind.id in minimum && textAt(other, "spec", "scaleTargetRef", "name") === name?.value,
    );
    return scaled ? put(mapAt(root, "spec"), "replicas", "3", "replicas") : [];
  }),
  operator("pods/gpu-taint", workloadKinds, "no toleration", (object, others) => {
    const spec = podSpec(object);
    const tainted = others.some((one) => one.kind.id === "node-pool");
    return tainted ? drop(spec, "tolerations", scalarAt(itemsAt(spec, "containers")[0], "resources", "limits", "nvidia.com/gpu")) : [];
  }),
  operator("pods/priority-class-missing", workloadKinds, "a PriorityClass that is not there", (object) =>
    write(scalarAt(podSpec(object), "priorityClassName"), "servin"),
  ),
];
