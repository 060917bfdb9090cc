import type { RawFix } from "../../findings/raw-finding.ts";
import { gibibytesOf } from "../../kinds/lmcache/gibibytes.ts";
import { vllmRuntime } from "../../kinds/vllm-runtime/kind.ts";
import { mapAt, numberAt, type Placed, scalarAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { setValue } from "../set-value.ts";

/** Defaults of the CRD (production-stack operator/api/v1alpha1/vllmruntime_types.go). */
const sizes = [
  { key: "cpuOffloadingBufferSize", view: "cpuSize", byDefault: "4Gi" },
  { key: "diskOffloadingBufferSize", view: "diskSize", byDefault: "8Gi" },
] as const;

const example = (cpu: string, disk: string) => `apiVersion: production-stack.vllm.ai/v1alpha1
kind: VLLMRuntime
metadata:
  name: qwen3-8b
spec:
  model:
    modelURL: Qwen/Qwen3-8B
  lmCacheConfig:
    enabled: true
    cpuOffloadingBufferSize: ${cpu}
    diskOffloadingBufferSize: ${disk}
`;

export const runtimeSize = defineRule({
  id: "lmcache/runtime-size",
  title: "Cache size that LMCache cannot read",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-059"],
  docs: {
    summary:
      "A VLLMRuntime of the production stack sizes LMCache with a unit (4Gi), or leaves the size to the default, which has one.",
    why: "The operator hands the text to LMCache's environment as it is, and LMCache reads its sizes as plain numbers of GiB. A text with a unit becomes no number at all, and the engine fails when it multiplies it. The CRD's own defaults, 4Gi and 8Gi, are such texts: with the cache enabled, both sizes have to be written.",
    mend: 'Write numbers of GiB for each GPU worker, in quotes: cpuOffloadingBufferSize: "4", and "0" for no disk.',
    sources: [
      "https://github.com/vllm-project/production-stack/blob/main/operator/api/v1alpha1/vllmruntime_types.go",
      "https://docs.lmcache.ai/api_reference/configurations.html",
    ],
  },
  examples: { bad: example('"4Gi" # <-', '"8"'), good: example('"4"', '"8"') },
  messages: {
    unit: '{object}: {key} "{size}" goes to LMCache as it is, which reads numbers of GiB: the engine fails when it starts. Write {mend}.',
    unset:
      '{object}: the cache is enabled without {key}, and the default of the CRD, "{size}", is no number of GiB: the engine fails when it starts. Write {key}: "{mend}".',
  },
  reads: [vllmRuntime],
  check({ object, report }) {
    const { view, title } = object;
    const cache = mapAt(object.root, "spec", "lmCacheConfig");
    if (!view.cacheEnabled || cache === undefined) return;
    for (const { key, view: field, byDefault } of sizes) {
      const size: Placed<string> | undefined = view[field];
      if (size === undefined) {
        const enabled = scalarAt(cache, "enabled") ?? cache;
        if (cache.entries.some((entry) => entry.key.type === "scalar" && entry.key.text === key)) continue;
        const mend = gibibytesOf(byDefault) ?? "";
        const slots = { object: title, key, size: byDefault, mend };
        report({ at: enabled, message: "unset", slots, fixes: mendFix(object, key, mend) });
      } else if (numberAt(size.node) === undefined) {
        const mend = gibibytesOf(size.value);
        report({
          at: size.node,
          message: "unit",
          slots: { object: title, key, size: size.value, mend: mend === undefined ? "a number" : `"${mend}"` },
          fixes: mend === undefined ? [] : mendFix(object, key, mend),
        });
      }
    }
  },
});

function mendFix(object: Parameters<typeof setValue>[0], key: string, size: string): RawFix[] {
  return setValue(object, ["spec", "lmCacheConfig", key], `"${size}"`, `Set ${key} to "${size}"`);
}
