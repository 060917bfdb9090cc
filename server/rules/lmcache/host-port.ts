import { meet } from "../../graph/scope.ts";
import { cacheBlendEngine, lmcacheEngine } from "../../kinds/lmcache/operator.ts";
import { cacheServers, serverFlag } from "../../kinds/lmcache/server-command.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { cacheServerKey } from "../../kinds/workload/keys.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import type { Node } from "../../text/node.ts";
import { at, itemsAt, mapAt, numberAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const engine = (name: string, server: string) => `apiVersion: lmcache.lmcache.ai/v1alpha1
kind: LMCacheEngine
metadata:
  name: ${name}
spec:
  hostNetwork: true
  l1: {sizeGB: 60}
${server}`;

export const hostPort = defineRule({
  id: "lmcache/host-port",
  title: "Two caches on one port of the node",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["LMC-052"],
  docs: {
    summary:
      "Two LMCacheEngines or CacheBlendEngines with hostNetwork, or two DaemonSets of `lmcache server` with it, want the same port of the same nodes.",
    why: "With hostNetwork a port belongs to the node. The second server cannot bind it, and its DaemonSet waits on every node that the first one has.",
    mend: "Give the second one ports of its own (server.port and server.httpPort, or --port and --http-port), or other nodes by nodeSelector.",
    sources: ["https://docs.lmcache.ai/mp/operator.html"],
  },
  examples: {
    bad: `${engine("one", "").replace("name: one", "name: one # <-")}---\n${engine("two", "").replace("name: two", "name: two # <-")}`,
    good: `${engine("one", "")}---\n${engine("two", "  server: {port: 6555, httpPort: 8081}\n")}`,
  },
  messages: {
    same: '{object} and "{other}" both want port {port} of the node (hostNetwork): the second server cannot bind it. Give one of them another {key}.',
  },
  reads: [lmcacheEngine, cacheBlendEngine, daemonSet],
  check({ object, graph, report }) {
    const own = lodgerOf(object);
    if (own === undefined || object.name === undefined) return;
    const names =
      object.kind === daemonSet ? [cacheServerKey] : [lmcacheEngine, cacheBlendEngine].map(({ id }) => `kind/${id}`);
    for (const other of names.flatMap((name) => graph.lookup(name))) {
      const isOther = other.name !== undefined && other.name.value !== object.name.value;
      const its = isOther && (other.kind === daemonSet) === (object.kind === daemonSet) ? lodgerOf(other) : undefined;
      if (its === undefined || its.nodes !== own.nodes || meet(graph, object, other) !== "certain") continue;
      const shared = own.ports.find(({ port }) => its.ports.some((one) => one.port === port));
      if (shared === undefined) continue;
      const slots = { object: object.title, other: other.name?.value ?? "", ...shared };
      report({ at: object.name.node, message: "same", slots });
    }
  },
});

/** What a server takes of a node: its ports, and on which nodes. */
interface Lodger {
  readonly ports: readonly { readonly key: string; readonly port: number }[];
  readonly nodes: string;
}

/** Absent for what has a network of its own, or ports that cannot be read. */
function lodgerOf(object: StackObject): Lodger | undefined {
  return object.kind === daemonSet ? daemonOf(object as StackObject<Workload>) : engineOf(object);
}

function engineOf({ root }: StackObject): Lodger | undefined {
  // Further arguments come last, and win.
  const isOwn = itemsAt(root, "spec", "extraArgs").some((word) => /port/.test(stringAt(word)?.value ?? "port"));
  if (stringAt(root, "spec", "hostNetwork")?.value !== "true" || isOwn) return undefined;
  const ports = [
    { key: "server.port", port: portAt(root, ["spec", "server", "port"], 5555) },
    { key: "server.httpPort", port: portAt(root, ["spec", "server", "httpPort"], 8080) },
  ];
  return { ports: readable(ports), nodes: nodesOf(mapAt(root, "spec")) };
}

function daemonOf({ view: { template } }: StackObject<Workload>): Lodger | undefined {
  const spec = mapAt(template?.root, "spec");
  if (template === undefined || stringAt(spec, "hostNetwork")?.value !== "true") return undefined;
  const commands = template.containers.flatMap(cacheServers);
  if (commands.some(({ complete, words }) => !complete || words.some(({ text }) => isOpen(text)))) return undefined;
  const ports = commands.flatMap((command) => [
    { key: "--port", port: Number(serverFlag(command, "--port") ?? 5555) },
    ...(command.isModule ? [] : [{ key: "--http-port", port: Number(serverFlag(command, "--http-port") ?? 8080) }]),
  ]);
  return { ports: readable(ports), nodes: nodesOf(spec) };
}

function portAt(root: Node, path: readonly string[], usual: number): number | undefined {
  return at(root, ...path) === undefined ? usual : numberAt(root, ...path)?.value;
}

function readable(ports: readonly { readonly key: string; readonly port: number | undefined }[]): Lodger["ports"] {
  return ports.flatMap(({ key, port }) => (port === undefined || !Number.isInteger(port) ? [] : [{ key, port }]));
}

/** Only servers for the same nodes meet there: what chooses them must read the same. */
function nodesOf(spec: Node | undefined): string {
  const chosen = ["nodeSelector", "affinity", "tolerations"].map((key) => at(spec, key));
  return JSON.stringify(chosen.map(canonical));
}

function canonical(node: Node | undefined): unknown {
  if (node === undefined) return null;
  if (node.type === "map")
    return node.entries
      .map(({ key, value }) => [canonical(key), canonical(value)])
      .sort((a, b) => (String(a) < String(b) ? -1 : 1));
  return node.type === "seq" ? node.items.map(canonical) : node.type === "scalar" ? node.text : "*";
}
