import type { StackObject } from "../../../server/kinds/stack-object.ts";
import type { Node, ScalarNode } from "../../../server/text/node.ts";
import { itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { innerMaps, type Operator, operator, put, textAt, write } from "./operator.ts";

export const workloadKinds = ["deployment", "stateful-set", "leader-worker-set"];

export function podSpec({ root, kind }: StackObject) {
  const path =
    kind.id === "leader-worker-set"
      ? ["spec", "leaderWorkerTemplate", "workerTemplate", "spec"]
      : ["spec", "template", "spec"];
  return mapAt(root, ...path);
}

export function engines(object: StackObject): readonly Node[] {
  return itemsAt(podSpec(object), "containers").filter((container) => textAt(container, "image")?.includes("vllm-openai"));
}

function flags(object: StackObject): ScalarNode[] {
  return engines(object)
    .flatMap((container) => itemsAt(container, "args"))
    .flatMap((item) => (item.type === "scalar" && item.style === "plain" && item.text.startsWith("--") ? [item] : []));
}

/** One more argument behind the last that is written plainly. */
function another(object: StackObject, argument: string) {
  const [first] = flags(object);
  if (first === undefined) return [];
  const { doc, start } = first;
  const indent = " ".repeat(start - doc.text.lastIndexOf("\n", start) - 3);
  return [{ edits: [{ doc, start, end: start, newText: `${argument}\n${indent}- ` }], at: argument }];
}

function anotherVariable(object: StackObject, name: string, value: string) {
  return engines(object).flatMap((container) => {
    const [first] = itemsAt(container, "env");
    if (first === undefined) return [];
    const { doc, start } = first;
    const indent = " ".repeat(start - doc.text.lastIndexOf("\n", start) - 3);
    return [
      { edits: [{ doc, start, end: start, newText: `name: ${name}\n${indent}  value: "${value}"\n${indent}- ` }], at: name },
    ];
  });
}

export const servingOperators: readonly Operator[] = [
  operator("vllm/unknown-flag", workloadKinds, "flags with two letters exchanged", (object) =>
    flags(object).flatMap((flag) => write(flag, flag.text.replace(/^--(\w)(\w)/, "--$2$1"))),
  ),
  ...["--enable-chunked-context", "--enable-prometheus", "--metrics-port=9090"].map((flag) =>
    operator("vllm/unknown-flag", workloadKinds, `${flag}, which others have`, (object) => another(object, flag)),
  ),
  operator("vllm/flag-value", workloadKinds, "a word for a number", (object) =>
    flags(object)
      .filter(({ text }) => /=\d+$/.test(text) && !text.startsWith("--max-model-len"))
      .flatMap((flag) => write(flag, flag.text.replace(/\d+$/, "many"))),
  ),
  operator("vllm/flag-value", workloadKinds, "memory utilization in per cent", (object) =>
    flags(object)
      .filter(({ text }) => text.startsWith("--gpu-memory-utilization"))
      .flatMap((flag) => write(flag, "--gpu-memory-utilization=90")),
  ),
  operator("vllm/abbreviated-flag", workloadKinds, "--max-num-seq", (object) => another(object, "--max-num-seq=128")),
  operator("vllm/other-version", workloadKinds, "--swap-space, which is gone", (object) => another(object, "--swap-space=4")),
  ...["VLLM_GPU_MEMORY_UTILIZATION", "VLLM_ENABLE_PREFIX_CACHING", "VLLM_DISAGG_MODE"].map((name) =>
    operator("vllm/unknown-variable", workloadKinds, name, (object) => anotherVariable(object, name, "1")),
  ),
  operator("lmcache/memory-limit", "deployment", "a limit below the cache", (object) =>
    engines(object)
      .filter((container) => textAt(container, "image")?.startsWith("lmcache/"))
      .flatMap((container) => write(scalarAt(container, "resources", "limits", "memory"), "24Gi")),
  ),
  operator("lmcache/disk-on-emptydir", "config-map", "a disk tier that is not mounted", (object) =>
    innerMaps(object).flatMap((root) => write(scalarAt(root, "local_disk"), "file:///tmp/lmcache/")),
  ),
  operator("schema/unknown-key", "config-map", "LMCache's keys one letter short", (object) =>
    innerMaps(object).flatMap((root) =>
      ["chunk_size", "max_local_cpu_size", "max_local_disk_size", "cache_policy"].flatMap((key) => {
        const entry = root.entries.find((one) => one.key.type === "scalar" && one.key.text === key);
        return write(entry?.key, key.slice(0, -1));
      }),
    ),
  ),
  operator("security/tls-verification-off", ["config-map", "wva-manager"], "WVA believes any certificate", ({ root }) =>
    write(scalarAt(root, "data", "PROMETHEUS_TLS_INSECURE_SKIP_VERIFY"), "true"),
  ),
  operator("schema/unknown-key", workloadKinds, "a probe that Kubernetes does not have", (object) =>
    engines(object).flatMap((container) => put(mapAt(container), "startProbe", "{periodSeconds: 10}")),
  ),
];
