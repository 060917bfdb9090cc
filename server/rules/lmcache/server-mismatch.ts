import { cacheServerOf } from "../../graph/cache-server-of.ts";
import { serverFlag } from "../../kinds/lmcache/server-command.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { type Connector, kvTransferOf } from "../../kinds/vllm/connectors.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { at as nodeAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { engineExample, serverExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

const example = (port: number, mark: string) =>
  `${engineExample({
    args: `--kv-transfer-config\n'{"kv_connector":"LMCacheMPConnector","kv_role":"kv_both","kv_connector_extra_config":{"lmcache.mp.host":"tcp://$(NODE_IP)","lmcache.mp.port":${port}}}'${mark}`,
    mounts: "- name: shm\n  mountPath: /dev/shm\n",
    volumes: "- name: shm\n  hostPath: {path: /dev/shm}",
  })}---\n${serverExample("--l1-size-gb=60\n--eviction-policy=LRU\n--port=6555", "hostIPC: true")}`;

export const serverMismatch = defineRule({
  id: "lmcache/server-mismatch",
  title: "Engine and lmcache server that do not meet",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["LMC-046", "LMC-051"],
  docs: {
    summary:
      "LMCacheMPConnector and the only `lmcache server` in scope disagree on port, transport or isolated IPC, or isolated IPC stands beside a setting that it excludes.",
    why: "With another port or transport the engine waits 300 s at its start and gives up. With isolated IPC on one side alone the handshake fails. Isolated IPC exports GPU memory in a way that PyTorch's expandable segments and vLLM's sleep mode do not allow.",
    mend: "Write the same on both sides: lmcache.mp.port and --port, the scheme of lmcache.mp.host and --transport, lmcache.mp.isolated_ipc and --isolated-ipc.",
    sources: ["https://docs.lmcache.ai/mp/configuration.html", "https://docs.lmcache.ai/mp/deployment.html"],
  },
  examples: { bad: example(5555, " # <-"), good: example(6555, "") },
  messages: {
    port: "{object} connects to lmcache server at port {own}, but {server} listens on {other}: the engine gives up after 300 s. Write the same port.",
    elsewhere:
      "{object} connects to lmcache server at {host}, but its pod has a network of its own and no server in it: {server} is not reached, and the engine gives up after 300 s. Write the node's address or a Service in lmcache.mp.host.",
    transport:
      "{object} connects to lmcache server by {own}, but {server} speaks {other}: the engine gives up after 300 s. Write {scheme}:// in lmcache.mp.host, or change --transport.",
    isolated:
      "{object}: lmcache.mp.isolated_ipc is {own}, but --isolated-ipc of {server} is {other}: the handshake fails. Set both alike.",
    excluded: "{object}: isolated IPC does not work with {what}: the handshake fails. Leave out one of them.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const container of object.view.template?.containers ?? []) {
      const transfer = kvTransferOf(container);
      const connector = transfer?.connectors.find(({ name }) => name.value === "LMCacheMPConnector");
      if (transfer?.at === undefined || connector === undefined) continue;
      const { at } = transfer;
      const title = containerTitle(object, container);
      const isolated = isTrue(connector.extra.get("lmcache.mp.isolated_ipc"));
      const segments = container.env.find(({ name }) => name === "PYTORCH_CUDA_ALLOC_CONF")?.value?.value ?? "";
      const sleeps = container.words.some(({ text }) => text === "--enable-sleep-mode");
      const what = /expandable_segments:\s*true/i.test(segments)
        ? "expandable_segments in PYTORCH_CUDA_ALLOC_CONF"
        : sleeps
          ? "--enable-sleep-mode"
          : undefined;
      if (isolated && what !== undefined) report({ at, message: "excluded", slots: { object: title, what } });
      const found = cacheServerOf(graph, object);
      if (found === undefined || isTrue(connector.extra.get("lmcache.mp.autostart"))) continue;
      const { command } = found;
      if (command.words.some(({ text }) => isOpen(text)) || connector.extra.has("lmcache.mp.server_urls")) continue;
      const slots = { object: title, server: containerTitle(found.object, found.container) };
      const { scheme, isNode, isPod, host } = hostOf(connector);
      if (isPod && found.object !== object && isAlone(object))
        report({ at, message: "elsewhere", slots: { ...slots, host } });
      const transport = serverFlag(command, "--transport") ?? "zmq";
      const spoken = scheme === "grpc" ? "grpc" : "zmq";
      if (scheme !== undefined && spoken !== transport) {
        const told = { ...slots, own: spoken, other: transport, scheme: transport === "grpc" ? "grpc" : "tcp" };
        report({ at, message: "transport", slots: told });
      }
      const port = String(connector.extra.get("lmcache.mp.port") ?? 5555);
      const listens = serverFlag(command, "--port") ?? "5555";
      // A Service in between may have a port of its own.
      if (isNode && /^\d+$/.test(port) && port !== listens)
        report({ at, message: "port", slots: { ...slots, own: port, other: listens } });
      const other = isTrue(serverFlag(command, "--isolated-ipc"));
      if (isolated !== other)
        report({ at, message: "isolated", slots: { ...slots, own: `${isolated}`, other: `${other}` } });
    }
  },
});

function isTrue(value: unknown): boolean {
  return /^(?:true|1)$/i.test(String(value ?? ""));
}

/** The server's address: its scheme, and whether it is the node, or the pod's own network if it has one. */
function hostOf({ extra }: Connector) {
  const address = String(extra.get("lmcache.mp.host") ?? "tcp://localhost");
  const [, scheme, host = ""] = /^(?:([a-z]+):\/\/)?(.*)$/.exec(address) ?? [];
  const isPod = /^(?:localhost|127\.0\.0\.1)$/.test(host);
  return { scheme, host, isPod, isNode: isPod || host.includes("$(") };
}

/** Whether nothing but the engine can listen in its pod's network. */
function isAlone({ view: { template } }: StackObject<Workload>): boolean {
  if (template === undefined || nodeAt(template.root, "spec", "hostNetwork") !== undefined) return false;
  const sidecars = template.initContainers.filter(({ root }) => stringAt(root, "restartPolicy")?.value === "Always");
  return template.containers.length === 1 && sidecars.length === 0;
}
