import { resolve } from "node:path";
import type { TestContext } from "node:test";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { Graph } from "../../server/graph/graph.ts";
import { Workspace } from "../../server/graph/workspace.ts";
import { kinds } from "../../server/kinds/registry.ts";
import { type Topology, topologyOf } from "../../server/topology/topology.ts";
import { browserOrReason } from "../support/browser.ts";

export function topologyIn(files: Readonly<Record<string, string>>): Topology {
  const workspace = new Workspace(kinds);
  for (const [path, text] of Object.entries(files)) workspace.update(path, text);
  return topologyOf(new Graph(workspace));
}

/** A browser for the frame; without one the test is skipped, and says so. */
export async function browserFor(test: TestContext): Promise<Browser | undefined> {
  const found = await browserOrReason();
  if ("reason" in found) {
    test.skip(found.reason);
    return undefined;
  }
  test.after(() => found.browser.close());
  return found.browser;
}

/** The frame's script as it ships, made from the sources of this moment. */
export async function frameScript(): Promise<string> {
  const { topology } = await import(resolve("scripts/topology.mjs"));
  const { outputFiles } = await build({ ...topology, write: false, outdir: resolve(".test-build") });
  return outputFiles?.find(({ path }) => path.endsWith(".js"))?.text ?? "";
}
