import type { StackObject } from "../../../server/kinds/stack-object.ts";
import type { ScalarNode } from "../../../server/text/node.ts";
import { entryOf, itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { innerMaps, type Operator, operator, put, write } from "./operator.ts";
import { engines, podSpec, workloadKinds } from "./serving.ts";

/** Arguments of vLLM that begin so. */
function flags(object: StackObject, start: string): ScalarNode[] {
  return engines(object)
    .flatMap((container) => itemsAt(container, "args"))
    .flatMap((item) => (item.type === "scalar" && item.text.startsWith(start) ? [item] : []));
}

/** One more argument before the first that is written plainly. */
function another(object: StackObject, argument: string) {
  const [first] = flags(object, "--");
  if (first?.style !== "plain") return [];
  const { doc, start } = first;
  const indent = " ".repeat(start - doc.text.lastIndexOf("\n", start) - 3);
  return [{ edits: [{ doc, start, end: start, newText: `${argument}\n${indent}- ` }], at: argument }];
}

export const vllmOperators: readonly Operator[] = [
  operator("vllm/gpu-count", workloadKinds, "a GPU too few", (object) =>
    flags(object, "--tensor-parallel-size=").flatMap((flag) => {
      const gpus = scalarAt(engines(object)[0], "resources", "limits", "nvidia.com/gpu");
      return flag.text.endsWith("=1") || gpus === undefined ? [] : write(gpus, "1");
    }),
  ),
  operator("pods/gpu-request", workloadKinds, "a request of another number", (object) =>
    engines(object).flatMap((container) => write(scalarAt(container, "resources", "requests", "nvidia.com/gpu"), "9")),
  ),
  operator("pods/mig-and-gpu", workloadKinds, "a slice beside the GPU", (object) =>
    engines(object).flatMap((container) =>
      scalarAt(container, "resources", "limits", "nvidia.com/gpu") === undefined
        ? []
        : put(mapAt(container, "resources", "limits"), "nvidia.com/mig-1g.5gb", "1"),
    ),
  ),
  operator("vllm/heads", workloadKinds, "seven ranks", (object) =>
    flags(object, "--tensor-parallel-size=").flatMap((flag) => write(flag, "--tensor-parallel-size=7")),
  ),
  operator("vllm/batch-size", workloadKinds, "more requests than tokens", (object) =>
    flags(object, "--max-num-batched-tokens=").flatMap((flag) =>
      another(object, "--max-num-seqs=99999").map(({ edits }) => ({ edits, at: flag })),
    ),
  ),
  operator("vllm/memory-share", workloadKinds, "all of the GPU", (object) =>
    flags(object, "--gpu-memory-utilization=").flatMap((flag) => write(flag, "--gpu-memory-utilization=0.99")),
  ),
  operator("vllm/port", workloadKinds, "another port", (object) =>
    engines(object).flatMap((container) => {
      const [only, second] = itemsAt(container, "ports");
      return only === undefined || second !== undefined || itemsAt(podSpec(object), "containers").length > 1
        ? []
        : write(scalarAt(only, "containerPort"), "8999");
    }),
  ),
  operator("vllm/kv-connector", "kv-transfer-config", "a letter less in a connector", ({ root }) => {
    const name = scalarAt(root, "kv_connector");
    return write(name, `${name?.text.slice(0, 3)}${name?.text.slice(4)}`);
  }),
  operator("vllm/sidecar-flag", workloadKinds, "the flag of old", (object) =>
    itemsAt(podSpec(object), "containers")
      .flatMap((container) => itemsAt(container, "args"))
      .flatMap((item) =>
        item.type === "scalar" && item.text.startsWith("--kv-connector") ? write(item, "--connector=nixlv2") : [],
      ),
  ),
  operator("vllm/sidecar-connector", workloadKinds, "another way to move cache", (object) =>
    itemsAt(podSpec(object), "containers")
      .flatMap((container) => itemsAt(container, "args"))
      .flatMap((item) =>
        item.type === "scalar" && item.text.startsWith("--kv-connector") ? write(item, "--kv-connector=mooncake") : [],
      ),
  ),
  operator("pods/node-contradiction", workloadKinds, "an affinity against the selector", (object) => {
    const spec = podSpec(object);
    const [first] = mapAt(spec, "nodeSelector")?.entries ?? [];
    if (first?.key.type !== "scalar" || entryOf(spec, "affinity") !== undefined) return [];
    const term = `{matchExpressions: [{key: ${first.key.text}, operator: DoesNotExist}]}`;
    const node = `{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [${term}]}}}`;
    return put(spec, "affinity", node);
  }),
  operator("pods/image-tag", workloadKinds, "an image without a version", (object) =>
    engines(object).flatMap((container) => {
      const image = scalarAt(container, "image");
      return write(image, image?.text.replace(/:v[\d.]+$/, ":latest") ?? "");
    }),
  ),
  operator("security/literal-secret", workloadKinds, "a key on the command line", (object) =>
    another(object, "--api-key=k3y-0f-th3-h0us3"),
  ),
  operator("capacity/weights", workloadKinds, "a model of another size", (object) =>
    itemsAt(podSpec(object), "nodeSelector").length === 0 && mapAt(podSpec(object), "nodeSelector") !== undefined
      ? engines(object).flatMap((container) => {
          const [model] = itemsAt(container, "args");
          return model?.type === "scalar" && /^(?:Qwen|meta-llama)\//.test(model.text)
            ? write(model, "meta-llama/Llama-3.1-405B-Instruct")
            : [];
        })
      : [],
  ),
  operator("capacity/cpu-tier", "config-map", "a tier of a hundredth", (object) =>
    innerMaps(object)
      .flatMap((root) => write(scalarAt(root, "max_local_cpu_size"), "0.1"))
      .slice(0, 1),
  ),
];
