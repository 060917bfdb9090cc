import { rankCount } from "../../graph/cache-memory.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { argumentOf, type Container } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import type { Node } from "../../text/node.ts";
import { resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { type FlatSettings, flatSettings, isOn } from "./settings.ts";

const lists: readonly (readonly [key: string, by: string])[] = [
  ["lmcache_worker_ports", "enable_controller"],
  ["p2p_init_ports", "enable_p2p"],
  ["p2p_lookup_ports", "enable_p2p"],
  ["pd_peer_init_port", "enable_pd"],
  ["pd_peer_alloc_port", "enable_pd"],
];

const example = (ports: string) =>
  engineExample({
    config: `enable_controller: true
lmcache_instance_id: llama
controller_pull_url: controller:8300
controller_reply_url: controller:8400
lmcache_worker_ports: ${ports}`,
    args: `--tensor-parallel-size=2
--kv-transfer-config
'{"kv_connector":"LMCacheConnectorV1","kv_role":"kv_both"}'`,
    mounts: "- name: shm\n  mountPath: /dev/shm\n",
    volumes: "- name: shm\n  emptyDir: {medium: Memory, sizeLimit: 16Gi}\n",
  });

export const portCount = defineRule({
  id: "lmcache/port-count",
  title: "Fewer ports than workers",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["LMC-062"],
  docs: {
    summary: "A list of ports of LMCache does not have one for each worker of the engine.",
    why: "A worker takes the port at the place of its rank. With too few the last workers fail, with too many the controller or the peer asks at ports where nobody is.",
    mend: "List one port for each rank: tensor x pipeline parallel size. Models with latent attention, whose first rank alone may take part, are left alone.",
    sources: ["https://docs.lmcache.ai/api_reference/configurations.html"],
  },
  examples: { bad: example("[8500] # <-"), good: example("[8500, 8501]") },
  messages: {
    count:
      "{object}: {key} has {count}, but the engine has {ranks} workers, and each takes the port at the place of its rank. List {ranks}.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const settings of flatSettings(graph, object)) {
      const container = settings.cache?.container;
      if (container === undefined || !isOneNode(container) || object.view.groupSize > 1) continue;
      const { all, pinning } = rankCount(object, container);
      if (all !== pinning || settings.node("lmcache_worker_ids") !== undefined) continue;
      for (const [key, by] of lists) {
        if (!isOn(settings.text(by))) continue;
        const found = portsIn(settings, key);
        if (found === undefined || found.count === all) continue;
        const count = `${found.count} ${found.count === 1 ? "port" : "ports"}`;
        report({ at: found.node, message: "count", slots: { object: settings.title, key, count, ranks: all } });
      }
    }
  },
});

/** Degrees that can be read, and no second kind of parallelism. */
function isOneNode(container: Container): boolean {
  const degrees = ["tensor-parallel-size", "tp", "pipeline-parallel-size", "pp"].map((name) =>
    argumentOf(container, name),
  );
  const more = argumentOf(container, "data-parallel-size", "dp", "nnodes", "config");
  return more === undefined && degrees.every((one) => one?.value === undefined || !isOpen(one.value));
}

function portsIn(settings: FlatSettings, key: string): { node: Node; count: number } | undefined {
  const node = resolve(settings.node(key));
  if (node?.type === "seq") return { node, count: node.items.length };
  if (node?.type !== "scalar" || !/^[\d, ]+$/.test(node.text)) return undefined;
  return { node, count: node.text.split(",").filter((port) => port.trim() !== "").length };
}
