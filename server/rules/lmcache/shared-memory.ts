import type { RawFix } from "../../findings/raw-finding.ts";
import { mountOf, mountsAreKnown, volumeBehind } from "../../graph/mounts.ts";
import { cacheServers, serverFlag } from "../../kinds/lmcache/server-command.ts";
import { kvTransferOf } from "../../kinds/vllm/connectors.ts";
import type { Container } from "../../kinds/workload/container.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { PodTemplate, Volume } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import type { Span } from "../../text/node.ts";
import { at, mapAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

const example = (mark: string, volume: string) =>
  engineExample({
    args: `--kv-transfer-config\n'{"kv_connector":"LMCacheMPConnector","kv_role":"kv_both"}'`,
    mounts: `- name: shm${mark}\n  mountPath: /dev/shm\n`,
    volumes: `- name: shm\n  ${volume}`,
  });

export const sharedMemory = defineRule({
  id: "lmcache/shared-memory",
  title: "lmcache server and engine without shared memory",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-044", "LMC-045"],
  docs: {
    summary:
      "A pod with LMCacheMPConnector, or with `lmcache server`, does not share the host's /dev/shm, or an emptyDir hides it.",
    why: "Engine and server hand over GPU memory by CUDA IPC, which goes through /dev/shm of the host. A pod has one of its own unless it mounts the host's or sets hostIPC; the emptyDir that tensor-parallel pods usually mount there hides it as well. The first transfer fails with cudaErrorMapBufferObjectFailed.",
    mend: "Mount hostPath /dev/shm there, set hostIPC, or use isolated IPC on both sides (--isolated-ipc and lmcache.mp.isolated_ipc).",
    sources: ["https://docs.lmcache.ai/mp/deployment.html", "https://docs.lmcache.ai/mp/operator.html"],
  },
  examples: {
    bad: example(" # <-", "emptyDir: {medium: Memory, sizeLimit: 16Gi}"),
    good: example("", "hostPath: {path: /dev/shm}"),
  },
  messages: {
    none: "{object}: {who} exchanges GPU memory by CUDA IPC, but the pod has a /dev/shm of its own: the first transfer fails (cudaErrorMapBufferObjectFailed). Mount hostPath /dev/shm, set hostIPC, or use isolated IPC on both sides.",
    hidden:
      '{object}: the emptyDir "{volume}" at /dev/shm hides the host\'s, through which {who} exchanges GPU memory by CUDA IPC: the first transfer fails (cudaErrorMapBufferObjectFailed). Mount hostPath /dev/shm there instead.',
  },
  reads: [daemonSet, deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    const { template } = object.view;
    if (template === undefined || graph.layout.isPatch(object.path)) return;
    // In one pod both see the same memory, whatever it is.
    const both = template.containers.filter((one) => cacheServers(one).length > 0).length > 0;
    for (const container of template.containers) {
      const side = sideOf(container, both);
      if (side === undefined || !mountsAreKnown(container)) continue;
      const slots = { object: containerTitle(object, container), who: side.who };
      const mount = mountOf(container, "/dev/shm")?.mount;
      const volume = mount === undefined ? undefined : volumeBehind(object.view, mount);
      if (mount === undefined && !isShared(template) && container.image !== undefined)
        report({ at: side.at, message: "none", slots });
      else if (mount !== undefined && volume?.type === "emptyDir")
        report({
          at: mount.node,
          message: "hidden",
          slots: { ...slots, volume: volume.name },
          fixes: hostPath(volume),
        });
    }
  },
});

interface Side {
  readonly who: string;
  readonly at: Span;
}

/** Whether a container takes part in CUDA IPC with another pod, and what says so. */
function sideOf(container: Container, both: boolean): Side | undefined {
  const [server] = cacheServers(container);
  if (server !== undefined) {
    const isolated = serverFlag(server, "--isolated-ipc");
    const mode = serverFlag(server, "--supported-transfer-mode") ?? "auto";
    const beside = (isolated !== undefined && isolated !== "false") || mode === "engine_driven" || !server.complete;
    const inOnePod = container.words.some(({ text }) => text.includes("vllm"));
    return beside || inOnePod ? undefined : { who: "lmcache server", at: spanOfWord(server.word) };
  }
  const transfer = both ? undefined : kvTransferOf(container);
  const connector = transfer?.connectors.find(({ name }) => name.value === "LMCacheMPConnector");
  if (connector === undefined || transfer?.at === undefined) return undefined;
  const isTrue = (key: string) => /^(?:true|1)$/i.test(String(connector.extra.get(key) ?? ""));
  const mode = connector.extra.get("lmcache.mp.mp_transfer_mode") ?? "auto";
  const free = isTrue("lmcache.mp.isolated_ipc") || isTrue("lmcache.mp.autostart") || mode === "engine_driven";
  return free ? undefined : { who: "LMCacheMPConnector", at: transfer.at };
}

/** The host's IPC namespace, or a webhook that arranges it. */
function isShared(template: PodTemplate): boolean {
  const hostIPC = stringAt(at(template.root, "spec"), "hostIPC")?.value;
  return (hostIPC !== undefined && hostIPC !== "false") || template.labels.has("lmcache.ai/lmcache-inject");
}

function hostPath({ node }: Volume): RawFix[] {
  const volume = mapAt(node);
  const entry = volume?.entries.find(({ key }) => key.type === "scalar" && key.text === "emptyDir");
  if (entry === undefined || entry.value.anchor !== undefined || entry.value.type !== "map") return [];
  const { doc, start } = entry.key;
  const end = start + doc.text.slice(start, entry.value.end).trimEnd().length;
  const edits = [{ doc, start, end, newText: "hostPath: { path: /dev/shm }" }];
  return [{ title: "Mount the host's /dev/shm", safe: false, edits }];
}
