import { numberAt, type Placed, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

/** LMCache inside the vLLM process: one flat mapping, read from `LMCACHE_CONFIG_FILE`. */
export interface LmcacheView {
  /** GiB of pinned host memory for each worker process (tensor-parallel rank). */
  readonly maxLocalCpuSize: Placed<number> | undefined;
  readonly localDisk: Placed<string> | undefined;
  readonly maxLocalDiskSize: Placed<number> | undefined;
}

/** What LMCache pins when no size is written (lmcache/v1/config.py). */
export const defaultLocalCpuGiB = 5;

/** Keys that only this file has; `chunk_size` and `remote_url` alone could be anybody's. */
const own = [
  "local_cpu",
  "max_local_cpu_size",
  "local_disk",
  "max_local_disk_size",
  "remote_serde",
  "save_decode_cache",
  "use_layerwise",
];

export const lmcacheConfig = defineKind<LmcacheView>({
  id: "lmcache-config",
  title: "LMCache configuration",
  recognise: {
    hints: [...own, "chunk_size"],
    content: (root, doc) =>
      root.entries.some(({ key }) => key.type === "scalar" && own.includes(key.text)) ||
      /lmcache/i.test(`${doc.carrier?.name ?? ""} ${doc.file.path.split("/").at(-1)}`),
  },
  view: ({ root }) => ({
    maxLocalCpuSize: numberAt(root, "max_local_cpu_size"),
    localDisk: stringAt(root, "local_disk"),
    maxLocalDiskSize: numberAt(root, "max_local_disk_size"),
  }),
});
