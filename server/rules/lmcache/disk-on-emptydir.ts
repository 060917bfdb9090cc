import { cacheDirectories } from "../../graph/cache-disk.ts";
import { cachesOf } from "../../graph/cache-of.ts";
import { mountOf, mountsAreKnown, volumeBehind } from "../../graph/mounts.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import type { Node } from "../../text/node.ts";
import { at as nodeAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const stack = (path: string, volumes: string) => `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: llama
spec:
  replicas: 2
  serviceName: llama
  selector:
    matchLabels: { app: llama }
  template:
    metadata:
      labels: { app: llama }
    spec:
      containers:
        - name: vllm
          image: lmcache/vllm-openai:v0.4.2
          args:
            - meta-llama/Llama-3.1-8B-Instruct
            - --kv-transfer-config
            - '{"kv_connector":"LMCacheConnectorV1","kv_role":"kv_both"}'
          env:
            - name: LMCACHE_LOCAL_DISK
              value: ${path}
            - name: LMCACHE_MAX_LOCAL_DISK_SIZE
              value: "500"
          volumeMounts:
            - name: kv-cache
              mountPath: /var/cache/lmcache
${volumes}`;

export const diskOnEmptyDir = defineRule({
  id: "lmcache/disk-on-emptydir",
  title: "Disk tier that goes with the pod",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["LMC-014", "LMC-015", "LMC-017", "S0"],
  docs: {
    summary:
      "LMCache's disk tier lies on an emptyDir (warning), on one in memory (error), or on no volume at all (error).",
    why: "An emptyDir survives a restart of the container but not the pod: every rollout, eviction and move to another node throws away hundreds of GiB of KV cache that were paid for in GPU time. It also fills the node's own disk, without a sizeLimit up to the last byte, and a pod that uses too much of that is evicted. With `medium: Memory` the tier is host memory that counts against the pod's limit, beside what LMCache pins. A path without any mount is worse: it lies in the container's layer, counts as ephemeral storage of the pod, and is gone at each restart of the container.",
    mend: "Mount a PersistentVolumeClaim at the path; for several replicas a claim template of a StatefulSet gives each its own. LMCache inside vLLM keeps the index of its disk tier in memory, so after a restart the files are not found again: for a cache that is warm after a restart add a remote tier, and clear the directory in an init container.",
    sources: [
      "https://docs.lmcache.ai/kv_cache/storage_backends/local_storage.html",
      "https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
      "https://kubernetes.io/docs/concepts/storage/ephemeral-storage/",
    ],
  },
  examples: {
    bad: stack(
      "file:///var/cache/lmcache/ # <-",
      `      volumes:
        - name: kv-cache
          emptyDir:
            sizeLimit: 550Gi
`,
    ),
    good: stack(
      "file:///var/cache/lmcache/",
      `  volumeClaimTemplates:
    - metadata:
        name: kv-cache
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 550Gi
`,
    ),
  },
  messages: {
    emptyDir:
      'The disk tier {path} of container "{container}" in {object} lies on the emptyDir "{volume}", which survives a restart of the container but not the pod: each rollout, eviction or move to another node begins with an empty cache.{unlimited} Mount a PersistentVolumeClaim there.',
    memory:
      'The disk tier {path} of container "{container}" in {object} lies on the emptyDir "{volume}" of medium Memory: what LMCache writes there counts against the memory limit, beside the memory that it pins, until the container is OOMKilled. Mount a PersistentVolumeClaim there.',
    unmounted:
      'The disk tier {path} of container "{container}" in {object} lies on no volume: LMCache writes into the container\'s own layer, which counts as ephemeral storage, can get the pod evicted, and is gone at each restart of the container. Mount a PersistentVolumeClaim there.',
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const cache of cachesOf(graph, object)) {
      const { container } = cache;
      for (const { path, at } of cacheDirectories(cache)) {
        const slots = { path, container: container.name?.value ?? "", object: object.title };
        const mount = mountOf(container, path)?.mount;
        if (mount === undefined) {
          // A patch names only what it changes: its mounts and its image may be elsewhere.
          const whole =
            container.image !== undefined && mountsAreKnown(container) && !graph.layout.isPatch(object.path);
          if (whole) report({ at, message: "unmounted", severity: "error", slots });
          continue;
        }
        const volume = volumeBehind(object.view, mount);
        if (volume?.type !== "emptyDir") continue;
        const related = [{ at: volume.node, message: `the emptyDir "${volume.name}", mounted at ${mount.path.value}` }];
        const told = { ...slots, volume: volume.name };
        if (stringAt(volume.node, "emptyDir", "medium")?.value === "Memory") {
          report({ at, message: "memory", severity: "error", slots: told, related });
          continue;
        }
        const isLimited = hasEntry(volume.node, "sizeLimit");
        const unlimited = isLimited ? "" : " Without a sizeLimit it may fill the disk of the node as well.";
        report({ at, message: "emptyDir", slots: { ...told, unlimited }, related });
      }
    }
  },
});

function hasEntry(volume: Node, key: string): boolean {
  return nodeAt(volume, "emptyDir", key) !== undefined;
}
