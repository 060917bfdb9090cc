import { modelsOf } from "../../../server/kinds/helm-values/stack-model.ts";
import { rolesOf } from "../../../server/kinds/helm-values/model-role.ts";
import type { StackObject } from "../../../server/kinds/stack-object.ts";
import { setScalar } from "../../../server/text/edits.ts";
import { at, entryOf, itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { drop, type Operator, operator, put, rename, textAt, write } from "./operator.ts";

const stack = "production-stack-values";
const service = "modelservice-values";

const caches = (object: StackObject) =>
  modelsOf(object).flatMap(({ root }) => mapAt(root, "lmcacheConfig") ?? []);

export const valuesOperators: readonly Operator[] = [
  operator("values/moved-keys", "router-values", "the old key of the picker", ({ root }) =>
    put(root, "inferenceExtension", "{replicas: 1}"),
  ),
  operator("values/router-refused", "router-values", "no requests of the picker", ({ root }) =>
    put(mapAt(root, "router", "epp", "resources"), "requests", "null"),
  ),
  operator("values/parallelism", service, "another number of copies", (object) =>
    rolesOf(object).flatMap(({ root }) =>
      at(root, "parallelism", "dataLocal") === undefined ? [] : write(scalarAt(root, "parallelism", "data"), "24"),
    ),
  ),
  operator("values/gpu-count", service, "three GPUs", (object) =>
    rolesOf(object).flatMap(({ root }) =>
      itemsAt(root, "containers")
        .filter((container) => textAt(container, "modelCommand") === "vllmServe")
        .flatMap((container) => write(scalarAt(container, "resources", "limits", "nvidia.com/gpu"), "3")),
    ),
  ),
  operator("values/gpu-count", stack, "three GPUs", (object) =>
    modelsOf(object)
      .filter(({ root }) => at(root, "vllmConfig", "tensorParallelSize") !== undefined)
      .flatMap(({ root }) => write(scalarAt(root, "requestGPU"), "3")),
  ),
  operator("values/model-command", service, "a command that is not there", (object) =>
    rolesOf(object).flatMap(({ root }) =>
      itemsAt(root, "containers")
        .filter((container) => at(container, "command") === undefined)
        .flatMap((container) => write(scalarAt(container, "modelCommand"), "custom")),
    ),
  ),
  operator("values/cache-size", stack, "a size with its unit", (object) =>
    caches(object).flatMap((cache) => write(scalarAt(cache, "cpuOffloadingBufferSize"), "20Gi")),
  ),
  operator("values/pd-key", stack, "enablePD: false", (object) =>
    caches(object).flatMap((cache) => put(cache, "enablePD", "false")),
  ),
  operator("values/pd-roles", stack, "the other side of NIXL", (object) =>
    caches(object).flatMap((cache) => {
      const role = scalarAt(cache, "nixlRole");
      return write(role, role?.text === "sender" ? "receiver" : "sender");
    }),
  ),
  operator("values/cache-memory", stack, "a request of the cache alone", (object) =>
    modelsOf(object)
      .filter(({ root }) => at(root, "lmcacheConfig", "cpuOffloadingBufferSize") !== undefined)
      .filter(({ root }) => at(root, "limitMemory") === undefined)
      .flatMap(({ root }) => write(scalarAt(root, "requestMemory"), "16Gi")),
  ),
  operator("values/routing-setting", stack, "a session without its header", ({ root }) => {
    const router = mapAt(root, "routerSpec");
    const logic = scalarAt(router, "routingLogic");
    return logic?.text === "session" ? put(router, "sessionKey", '""', logic) : [];
  }),
  operator("schema/unknown-key", stack, "keys one letter short", (object) =>
    modelsOf(object).flatMap(({ root }) =>
      ["requestMemory", "requestGPU", "vllmConfig", "lmcacheConfig", "pvcStorage"].flatMap((key) =>
        rename(root, key, key.slice(0, -1)),
      ),
    ),
  ),
  operator("schema/unknown-key", service, "keys one letter short", ({ root }) =>
    ["multinode", "modelArtifacts", "decode", "prefill"].flatMap((key) => rename(root, key, key.slice(0, -1))),
  ),
  operator("values/artifacts-size", service, "a download into the chart's 5 MiB", (object) => {
    const artifacts = mapAt(object.root, "modelArtifacts");
    const size = scalarAt(artifacts, "size");
    return size === undefined || !/^pvc:/.test(textAt(artifacts, "uri") ?? "")
      ? []
      : write(scalarAt(artifacts, "uri"), "hf://Qwen/Qwen3-32B").map(({ edits }) => ({
          edits: [...edits, setScalar(size, "5Mi")],
          at: size,
        }));
  }),
  operator("values/autoscaling-unheard", service, "autoscaling of a Deployment", (object) =>
    textAt(object.root, "multinode") !== "false"
      ? []
      : rolesOf(object).flatMap(({ root }) =>
          at(root, "replicas") === undefined || at(root, "autoscaling") !== undefined
            ? []
            : put(mapAt(root), "autoscaling", "{enabled: true}"),
        ),
  ),
  operator("values/keda-triggers", stack, "no triggers", (object) =>
    modelsOf(object).flatMap(({ root }) => {
      const keda = entryOf(root, "keda");
      return drop(mapAt(keda?.value), "triggers", keda?.key);
    }),
  ),
  operator("values/prefix-caching-off", stack, "no prefix caching", (object) =>
    /^(?:prefixaware|kvaware)$/.test(textAt(object.root, "routerSpec", "routingLogic") ?? "")
      ? modelsOf(object).flatMap(({ root }) => write(scalarAt(root, "vllmConfig", "enablePrefixCaching"), "false"))
      : [],
  ),
];
