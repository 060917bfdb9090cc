import { meet } from "../../graph/scope.ts";
import { cacheBlendEngine, lmcacheEngine } from "../../kinds/lmcache/operator.ts";
import { numberAt, stringAt } from "../../text/read.ts";
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
    summary: "Two LMCacheEngines with hostNetwork want the same port of the same nodes.",
    why: "With hostNetwork a port belongs to the node. The second server cannot bind it, and its DaemonSet waits on every node that the first one has.",
    mend: "Give the second engine ports of its own (server.port, server.httpPort), or other nodes by nodeSelector.",
    sources: ["https://docs.lmcache.ai/mp/operator.html"],
  },
  examples: {
    bad: `${engine("one", "").replace("name: one", "name: one # <-")}---\n${engine("two", "").replace("name: two", "name: two # <-")}`,
    good: `${engine("one", "")}---\n${engine("two", "  server: {port: 6555, httpPort: 8081}\n")}`,
  },
  messages: {
    same: '{object} and "{other}" both want port {port} of the node (hostNetwork): the second server cannot bind it. Give one of them another {key}.',
  },
  reads: [lmcacheEngine],
  check({ object, graph, report }) {
    if (stringAt(object.root, "spec", "hostNetwork")?.value !== "true" || object.name === undefined) return;
    const engines = [lmcacheEngine, cacheBlendEngine].flatMap(({ id }) => graph.lookup(`kind/${id}`));
    for (const other of engines) {
      const isOther = other !== object && other.name !== undefined && other.name.value !== object.name.value;
      if (!isOther || stringAt(other.root, "spec", "hostNetwork")?.value !== "true") continue;
      if (meet(graph, object, other) !== "certain" || selectorOf(object.root) !== selectorOf(other.root)) continue;
      for (const [key, usual] of [
        ["port", 5555],
        ["httpPort", 8080],
      ] as const) {
        const [own, its] = [object, other].map(({ root }) => numberAt(root, "spec", "server", key)?.value ?? usual);
        if (own !== its || own === undefined) continue;
        const slots = { object: object.title, other: other.name?.value ?? "", port: own, key: `server.${key}` };
        report({ at: object.name.node, message: "same", slots });
        break;
      }
    }
  },
});

/** Only engines for the same nodes meet there. */
function selectorOf(root: Parameters<typeof stringAt>[0]): string {
  const found = root?.type === "map" ? root.doc.text.slice(root.start, root.end) : "";
  return /^ {2}nodeSelector:.*(?:\n {4,}.*)*/m.exec(found)?.[0] ?? "";
}
