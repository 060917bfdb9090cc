import type { RawFix } from "../../findings/raw-finding.ts";
import { lmcacheConfig } from "../../kinds/lmcache/flat.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import { type Placed, resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { flatSettings } from "./settings.ts";

const example = (path: string) =>
  engineExample({
    config: `local_disk: ${path}\nmax_local_disk_size: 100`,
    mounts: "- name: disk\n  mountPath: /var/cache/lmcache\n",
    volumes:
      "- name: disk\n  ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 110Gi}}}}}\n",
  });

export const diskPath = defineRule({
  id: "lmcache/disk-path",
  title: "Disk tier in a directory that nobody meant",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["LMC-013"],
  docs: {
    summary: "local_disk is no absolute path: `True`, `~/cache`, `cache`, or `file://` with two slashes.",
    why: "LMCache takes `file://` off the front and uses the rest as it stands. A tilde is not expanded, and what does not begin with a slash is a directory below the container's working directory: on no volume, and gone at each restart.",
    mend: "Write file:/// and an absolute path below a mount: three slashes.",
    sources: [
      "https://docs.lmcache.ai/kv_cache/storage_backends/local_storage.html",
      "https://github.com/LMCache/LMCache/blob/dev/lmcache/v1/config.py",
    ],
  },
  examples: { bad: example("file://var/cache/lmcache/ # <-"), good: example("file:///var/cache/lmcache/") },
  messages: {
    relative:
      '{object}: local_disk "{value}" is no absolute path, so LMCache writes to "{taken}" below the working directory of the container, on no volume. Write file:/// and a path on a mount.',
  },
  reads: [lmcacheConfig, deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const settings of flatSettings(graph, object)) {
      const path = settings.text("local_disk");
      if (path === undefined || !settings.owns(path.node) || isOpen(path.value)) continue;
      const parts = path.value.split(",").map((part) => part.trim().replace(/^file:\/\//, ""));
      const wrong = parts.find((part) => part !== "" && !part.startsWith("/"));
      if (wrong === undefined) continue;
      const slots = { object: settings.title, value: path.value, taken: wrong };
      report({ at: path.node, message: "relative", slots, fixes: absolute(path) });
    }
  },
});

/** Two slashes are one too few; of other paths nobody knows where they should begin. */
function absolute({ value, node }: Placed<string>): RawFix[] {
  const scalar = resolve(node);
  const path = /^file:\/\/(\w[\w./-]*\/[\w./-]*)$/.exec(value)?.[1];
  if (path === undefined || scalar?.type !== "scalar") return [];
  return [{ title: `Write file:///${path}`, safe: false, edits: [setScalar(scalar, `file:///${path}`)] }];
}
