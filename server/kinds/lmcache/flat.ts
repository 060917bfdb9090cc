import { entriesAt, numberAt, type Placed, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { isNestedForm } from "./nested.ts";

/** LMCache inside the vLLM process: one flat mapping, read from `LMCACHE_CONFIG_FILE`. */
export interface LmcacheView {
  /** GiB of pinned host memory for each worker process (tensor-parallel rank). */
  readonly maxLocalCpuSize: Placed<number> | undefined;
  readonly localDisk: Placed<string> | undefined;
  readonly maxLocalDiskSize: Placed<number> | undefined;
}

/** What LMCache pins when no size is written (lmcache/v1/config.py). */
export const defaultLocalCpuGiB = 5;

/** Keys that only this file has. */
const own = [
  "local_cpu",
  "max_local_cpu_size",
  "local_disk",
  "max_local_disk_size",
  "remote_serde",
  "save_decode_cache",
  "use_layerwise",
];

/** Keys that could be anybody's, and are LMCache's in a file of that name. */
const shared =
  /^(?:chunk_size|remote_url|cache_policy|extra_config|(?:blend|controller|enable|lmcache|nixl|p2p|pd)_\w+)$/;

export const lmcacheConfig = defineKind<LmcacheView>({
  id: "lmcache-config",
  title: "LMCache configuration",
  schema: "lmcache-config",
  recognise: {
    hints: [
      ...own,
      "chunk_size",
      "remote_url",
      "cache_policy",
      "extra_config",
      "enable_pd",
      "enable_p2p",
      "enable_controller",
    ],
    content: (root, { carrier, file }) => {
      if (isNestedForm(root)) return false;
      const keys = entriesAt(root).map(({ key }) => key.text);
      const name = carrier === undefined ? file.path.split("/").at(-1) : carrier.name;
      return (
        keys.some((key) => own.includes(key)) || (/lmcache/i.test(name ?? "") && keys.some((key) => shared.test(key)))
      );
    },
  },
  view: ({ root }) => ({
    maxLocalCpuSize: numberAt(root, "max_local_cpu_size"),
    localDisk: stringAt(root, "local_disk"),
    maxLocalDiskSize: numberAt(root, "max_local_disk_size"),
  }),
});
