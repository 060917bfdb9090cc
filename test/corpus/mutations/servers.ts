import type { StackObject } from "../../../server/kinds/stack-object.ts";
import type { Node, ScalarNode } from "../../../server/text/node.ts";
import { at, itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { replaced, transferOf } from "./caches.ts";
import { type Operator, operator, put, textAt, write } from "./operator.ts";
import { engines, podSpec, workloadKinds } from "./serving.ts";

/** `--name=value` of an engine. */
function flag(container: Node, name: string): ScalarNode | undefined {
  return itemsAt(container, "args").find(
    (item): item is ScalarNode => item.type === "scalar" && item.text.startsWith(`${name}=`),
  );
}

function model(container: Node): string {
  const [first] = itemsAt(container, "args");
  return first?.type === "scalar" ? first.text : "";
}

/** The whole line of a list's item in block style. */
function withoutItem(item: Node, found: Node) {
  const { doc, start, end } = item;
  const from = doc.text.lastIndexOf("- ", start);
  const line = doc.text.lastIndexOf("\n", from);
  return { edits: [{ doc, start: line, end: doc.text.slice(0, end).trimEnd().length, newText: "" }], at: found };
}

function variablesOf(object: StackObject, name: string): Node[] {
  return engines(object)
    .flatMap((container) => itemsAt(container, "env"))
    .filter((variable) => textAt(variable, "name") === name);
}

const role = (object: StackObject) => textAt(object.root, "spec", "template", "metadata", "labels", "llm-d.ai/role");

export const serverOperators: readonly Operator[] = [
  operator("vllm/model-length", workloadKinds, "ten million tokens", (object) =>
    engines(object).flatMap((container) =>
      /^(?:Qwen|meta-llama)\/(?!.*Embedding)/.test(model(container))
        ? write(flag(container, "--max-model-len"), "--max-model-len=10000000")
        : [],
    ),
  ),
  operator("capacity/kv-cache", workloadKinds, "a share that the weights nearly fill", (object) =>
    mapAt(podSpec(object), "nodeSelector") === undefined
      ? []
      : engines(object).flatMap((container) => {
          const length = flag(container, "--max-model-len");
          const share = write(flag(container, "--gpu-memory-utilization"), "--gpu-memory-utilization=0.42");
          return length === undefined ? [] : share.map(({ edits }) => ({ edits, at: length }));
        }),
  ),
  operator("vllm/shared-memory", workloadKinds, "nothing mounted at /dev/shm", (object) =>
    engines(object).flatMap((container) => {
      const tensor = flag(container, "--pipeline-parallel-size") ?? flag(container, "--tensor-parallel-size");
      const mounts = itemsAt(container, "volumeMounts");
      const shm = mounts.find((mount) => textAt(mount, "mountPath") === "/dev/shm");
      const isOne = tensor === undefined || tensor.text.endsWith("=1");
      return shm === undefined || isOne || mounts.length < 2 ? [] : [withoutItem(shm, tensor)];
    }),
  ),
  operator("vllm/nixl-host", workloadKinds, "the variable's name two letters short", (object) =>
    role(object) === undefined
      ? []
      : variablesOf(object, "VLLM_NIXL_SIDE_CHANNEL_HOST").flatMap((variable) => {
          const transfer = engines(object).flatMap((container) => transferOf(container) ?? [])[0];
          return transfer === undefined
            ? []
            : write(scalarAt(variable, "name"), "VLLM_NIXL_SIDE_CHANNEL_HO").map(({ edits }) => ({
                edits,
                at: transfer,
              }));
        }),
  ),
  operator("vllm/disaggregated-roles", workloadKinds, "the role of the other side", (object) =>
    engines(object).flatMap((container) => {
      const transfer = transferOf(container);
      const [own, other] = role(object) === "prefill" ? ["producer", "consumer"] : ["consumer", "producer"];
      return role(object) !== undefined && transfer?.text.includes("Mooncake") === true
        ? replaced(transfer, `"kv_${own}"`, `"kv_${other}"`)
        : [];
    }),
  ),
  operator("vllm/disaggregated-pair", workloadKinds, "another length on the decode side", (object) =>
    role(object) === "decode"
      ? engines(object).flatMap((container) =>
          transferOf(container) === undefined ? [] : write(flag(container, "--max-model-len"), "--max-model-len=9999"),
        )
      : [],
  ),
  operator("lmcache/variable", workloadKinds, "a letter too many", (object) =>
    engines(object)
      .flatMap((container) => itemsAt(container, "env"))
      .flatMap((variable) =>
        /^LMCACHE_(?:MAX_LOCAL_CPU_SIZE|CHUNK_SIZE)$/.test(textAt(variable, "name") ?? "")
          ? write(scalarAt(variable, "name"), `${textAt(variable, "name")}S`)
          : [],
      ),
  ),
  operator("monitors/scrape-annotation", workloadKinds, "the port of the GPU's exporter", (object) => {
    const metadata = mapAt(object.root, "spec", "template", "metadata");
    const [engine] = engines(object);
    const isAlone = itemsAt(podSpec(object), "containers").length === 1;
    return engine === undefined || !isAlone || at(metadata, "annotations") !== undefined
      ? []
      : put(metadata, "annotations", '{prometheus.io/scrape: "true", prometheus.io/port: "9400"}', "prometheus.io/port");
  }),
];
