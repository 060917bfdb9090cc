import { lmcacheConfig } from "../../kinds/lmcache/flat.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import { numberAt, resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { flatSettings } from "./settings.ts";

const sizes = [
  "max_local_cpu_size",
  "max_local_disk_size",
  "reserve_local_cpu_size",
  "max_hidden_state_cpu_size",
  "maru_pool_size",
];
/** 16 TiB: more than a rank has of anything, and less than a useful number of bytes or MiB. */
const most = 16384;

export const sizeInBytes = defineRule({
  id: "lmcache/size-in-bytes",
  title: "Size in bytes where GiB are read",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["LMC-005"],
  docs: {
    summary: "A size of LMCache is above 16384 GiB: it looks like bytes or MiB.",
    why: "max_local_cpu_size, max_local_disk_size and their like count GiB for each rank. A number of bytes asks for a pool that no machine has, and the engine fails when it pins it; a disk tier of that size is never evicted from before the volume is full.",
    mend: "Write GiB. Only pd_buffer_size and nixl_buffer_size are in bytes.",
    sources: ["https://docs.lmcache.ai/api_reference/configurations.html"],
  },
  examples: {
    bad: engineExample({ config: "max_local_cpu_size: 21474836480 # <-" }),
    good: engineExample({ config: "max_local_cpu_size: 20" }),
  },
  messages: {
    large: "{object}: {key} is {value}, and counts GiB for each rank. Did you mean {gib}?",
    huge: "{object}: {key} is {value}, and counts GiB for each rank: no machine has that much. Write GiB.",
  },
  reads: [lmcacheConfig, deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const settings of flatSettings(graph, object)) {
      for (const key of sizes) {
        const size = settings.text(key);
        const value = numberAt(size?.node)?.value ?? 0;
        if (size === undefined || value <= most || !settings.owns(size.node)) continue;
        const gib = meantGib(value);
        const slots = { object: settings.title, key, value: size.value };
        const node = resolve(size.node);
        if (gib === undefined || node?.type !== "scalar") report({ at: size.node, message: "huge", slots });
        else
          report({
            at: size.node,
            message: "large",
            slots: { ...slots, gib },
            fixes: [{ title: `Write ${gib}`, safe: false, edits: [setScalar(node, gib)] }],
          });
      }
    }
  },
});

/** Bytes or MiB that are a round number of GiB. */
function meantGib(value: number): string | undefined {
  const unit = [1024 ** 3, 1e9, 1024].find((one) => value % one === 0 && value / one <= most);
  return unit === undefined ? undefined : String(value / unit);
}
