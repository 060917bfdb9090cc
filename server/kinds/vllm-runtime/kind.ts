import { mapAt, type Placed, scalarAt, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

export interface VllmRuntimeView {
  readonly cacheEnabled: boolean;
  readonly cpuSize: Placed<string> | undefined;
  readonly diskSize: Placed<string> | undefined;
}

/** A model server of the production stack's operator. */
export const vllmRuntime = defineKind<VllmRuntimeView>({
  id: "vllm-runtime",
  title: "VLLMRuntime",
  recognise: { group: "production-stack.vllm.ai", kind: "VLLMRuntime" },
  view: ({ root }) => {
    const cache = mapAt(root, "spec", "lmCacheConfig");
    return {
      cacheEnabled: scalarAt(cache, "enabled")?.text === "true",
      cpuSize: stringAt(cache, "cpuOffloadingBufferSize"),
      diskSize: stringAt(cache, "diskOffloadingBufferSize"),
    };
  },
});
