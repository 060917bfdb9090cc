import { lmcacheConfig } from "../../kinds/lmcache/flat.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { numberAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { flatSettings } from "./settings.ts";

const disk = {
  mounts: "- name: disk\n  mountPath: /var/cache/lmcache\n",
  volumes:
    "- name: disk\n  ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 110Gi}}}}}\n",
};

export const halfDiskTier = defineRule({
  id: "lmcache/half-disk-tier",
  title: "Disk tier with a path or a size alone",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["LMC-011", "LMC-012"],
  docs: {
    summary: "local_disk is set without max_local_disk_size (error), or the size without the path (warning).",
    why: "max_local_disk_size is 0 unless it is set, and at 0 LMCache creates no disk tier, whatever local_disk says. A size alone does nothing either: there is no directory by default.",
    mend: "Set both: the directory, and GiB for each rank.",
    sources: [
      "https://docs.lmcache.ai/kv_cache/storage_backends/local_storage.html",
      "https://github.com/LMCache/LMCache/blob/dev/lmcache/v1/storage_backend/__init__.py",
    ],
  },
  examples: {
    bad: engineExample({ ...disk, config: "local_cpu: true\nlocal_disk: file:///var/cache/lmcache/ # <-" }),
    good: engineExample({ ...disk, config: "local_disk: file:///var/cache/lmcache/\nmax_local_disk_size: 100" }),
  },
  messages: {
    noSize:
      "{object}: local_disk is set, but max_local_disk_size is {size}, and without it LMCache creates no disk tier. Set max_local_disk_size to GiB for each rank.",
    noPath:
      "{object}: max_local_disk_size is {size}, but local_disk is not set, so there is no disk tier. Set local_disk to a directory on a volume.",
  },
  reads: [lmcacheConfig, deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const settings of flatSettings(graph, object)) {
      const path = settings.text("local_disk");
      const size = settings.text("max_local_disk_size");
      const gib = numberAt(size?.node)?.value;
      if (path !== undefined && path.value !== "" && !isOpen(path.value)) {
        const missing = settings.isAbsent("max_local_disk_size");
        if (!missing && (size === undefined || gib !== 0 || !settings.owns(size.node))) continue;
        report({
          at: path.node,
          message: "noSize",
          slots: { object: settings.title, size: missing ? "not set" : "0" },
        });
      } else if (size !== undefined && gib !== undefined && gib > 0 && settings.isAbsent("local_disk")) {
        report({
          at: size.node,
          message: "noPath",
          severity: "warning",
          slots: { object: settings.title, size: size.value },
        });
      }
    }
  },
});
