import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { Workspace } from "../server/graph/workspace.ts";
import { Graph } from "../server/graph/graph.ts";
import { kinds } from "../server/kinds/registry.ts";
import { topologyOf } from "../server/topology/topology.ts";
import { topologyAround } from "../server/topology/around.ts";
import { mermaidText } from "../server/topology/mermaid.ts";
test("x", () => {
  const w = new Workspace(kinds);
  for (const f of readdirSync("examples", { recursive: true }) as string[]) if (/ya?ml$/.test(f)) w.update(f, readFileSync(`examples/${f}`, "utf8"));
  const all = topologyOf(new Graph(w));
  const of = (p: string) => mermaidText(topologyAround(all, p), () => ({ errors: 1, warnings: 0 }));
  writeFileSync("/tmp/p4top.txt", [mermaidText(all, () => ({ errors: 0, warnings: 2 })), of("production/base/autoscaling.yaml"), of("broken/sidecar.yaml")].join("\n----\n"));
});
