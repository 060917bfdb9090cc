import { cacheDirectories } from "../../graph/cache-disk.ts";
import { GiB, rankCount } from "../../graph/cache-memory.ts";
import { type Cache, cachesOf, isNested } from "../../graph/cache-of.ts";
import { diskRoom } from "../../graph/disk-room.ts";
import { mountOf } from "../../graph/mounts.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import { numberAt, resolve } from "../../text/read.ts";
import { bytesOf, formatBytes, quantityText } from "../../text/values/quantity.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

const example = (storage: string) =>
  engineExample({
    config: "local_disk: file:///var/cache/lmcache/\nmax_local_disk_size: 500",
    mounts: "- name: disk\n  mountPath: /var/cache/lmcache\n",
    volumes: `- name: disk
  ephemeral:
    volumeClaimTemplate:
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: ${storage}
`,
  });

export const diskRoomRule = defineRule({
  id: "lmcache/disk-room",
  title: "Volume smaller than the disk tier",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-016"],
  docs: {
    summary: "The volume of the disk tier has less room than LMCache may write there.",
    why: "Each rank writes up to max_local_disk_size GiB before it evicts anything. A smaller claim is full before that, and every store fails from then on; a pod that writes more than the sizeLimit of an emptyDir, or its limit of ephemeral storage, is evicted.",
    mend: "Enlarge the volume to ranks x max_local_disk_size and a twentieth for the file system, or lower the size.",
    sources: [
      "https://docs.lmcache.ai/kv_cache/storage_backends/local_storage.html",
      "https://kubernetes.io/docs/concepts/storage/ephemeral-storage/",
    ],
  },
  examples: { bad: example("200Gi # <-"), good: example("525Gi") },
  messages: {
    small:
      "{object}: LMCache writes up to {size} to {path} ({source}), but {by} is {room}: it is full before anything is evicted, and {end}. Write {wanted}, or lower the size.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const cache of cachesOf(graph, object)) {
      const [directory, ...others] = cacheDirectories(cache);
      const tier = diskTier(object, cache);
      // Several directories share the size by GPU.
      if (directory === undefined || others.length > 0 || tier === undefined) continue;
      const mount = mountOf(cache.container, directory.path)?.mount;
      const room = mount === undefined ? undefined : diskRoom(graph, object, cache.container, mount);
      if (room === undefined || room.bytes >= tier.size) continue;
      const wanted = quantityText(((tier.size * 105n) / 100n / GiB + 1n) * GiB);
      const node = resolve(room.node);
      report({
        at: room.node,
        message: "small",
        slots: {
          object: containerTitle(object, cache.container),
          size: formatBytes(tier.size),
          path: directory.path,
          source: tier.source,
          by: room.by,
          room: formatBytes(room.bytes),
          end: room.by.includes("claim") ? "every store fails from then on" : "the pod is evicted",
          wanted,
        },
        related: [{ at: directory.at, message: `the disk tier, ${formatBytes(tier.size)}` }],
        fixes:
          node?.type === "scalar" ? [{ title: `Write ${wanted}`, safe: false, edits: [setScalar(node, wanted)] }] : [],
      });
    }
  },
});

function diskTier(
  workload: StackObject<Workload>,
  cache: Cache,
): { readonly size: bigint; readonly source: string } | undefined {
  if (isNested(cache.config)) {
    const size = cache.config.view.diskSize;
    return size === undefined ? undefined : { size: bytesOf(size.value), source: "max_size" };
  }
  const setting = cache.setting("max_local_disk_size");
  const gib = typeof setting === "string" ? undefined : numberAt(setting.node)?.value;
  const bytes = Math.round((gib ?? 0) * Number(GiB));
  if (!Number.isSafeInteger(bytes) || bytes <= 0) return undefined;
  const ranks = rankCount(workload, cache.container).pinning;
  const each = ranks > 1 ? ` for each of ${ranks} ranks` : "";
  return { size: BigInt(bytes) * BigInt(ranks), source: `max_local_disk_size ${gib}${each}` };
}
