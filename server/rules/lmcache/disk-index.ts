import { cacheDirectories } from "../../graph/cache-disk.ts";
import { cachesOf, isNested } from "../../graph/cache-of.ts";
import { mountOf, volumeBehind } from "../../graph/mounts.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

const example = (volume: string, mark: string) =>
  engineExample({
    config: `local_disk: file:///var/cache/lmcache/${mark}\nmax_local_disk_size: 100`,
    mounts: "- name: disk\n  mountPath: /var/cache/lmcache\n",
    volumes: `- name: disk\n  ${volume}\n`,
  });

export const diskIndex = defineRule({
  id: "lmcache/disk-index",
  title: "Disk tier that outlives its index",
  since: "0.1.0",
  severity: "info",
  fixable: false,
  refs: ["LMC-018", "LMC-019"],
  docs: {
    summary: "LMCache's disk tier lies on a claim of its own or on a path of the node.",
    why: "LMCache inside vLLM keeps the list of its files in memory. After a restart it neither finds nor counts nor deletes those that are there: the cache begins cold all the same, and orphans fill the volume. A path of the node is besides refused by the baseline of Pod Security, and shared without coordination by all pods of the node.",
    mend: "Clear the directory in an init container, or take an ephemeral claim that goes with the pod. For a cache that is warm after a restart use a remote tier, or an L2 adapter of `lmcache server`.",
    sources: [
      "https://github.com/LMCache/LMCache/blob/dev/lmcache/v1/storage_backend/local_disk_backend.py",
      "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    ],
  },
  examples: {
    bad: example("hostPath: {path: /mnt/nvme, type: Directory}", " # <-"),
    good: example(
      "ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 110Gi}}}}}",
      "",
    ),
  },
  messages: {
    claim:
      "{object}: the disk tier {path} outlives the pod, but LMCache's index of it does not: after a restart the files are neither found nor deleted. Clear the directory in an init container.",
    hostPath:
      "{object}: the disk tier {path} is a path of the node. Pods of one node share it without knowing, LMCache finds none of its files after a restart, and the baseline of Pod Security refuses the pod.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    if (graph.layout.isPatch(object.path)) return;
    for (const cache of cachesOf(graph, object)) {
      if (isNested(cache.config)) continue;
      for (const { path, at } of cacheDirectories(cache)) {
        const mount = mountOf(cache.container, path)?.mount;
        if (mount === undefined) continue;
        const volume = volumeBehind(object.view, mount);
        const isClaim = volume?.type === "persistentVolumeClaim" || object.view.claimTemplates.includes(mount.volume);
        const slots = { object: containerTitle(object, cache.container), path };
        const clears = object.view.template?.initContainers.some(({ mounts }) =>
          mounts.some((one) => one.volume === mount.volume),
        );
        if (volume?.type === "hostPath") report({ at, message: "hostPath", slots });
        else if (isClaim && clears !== true) report({ at, message: "claim", slots });
      }
    }
  },
});
