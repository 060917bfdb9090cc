import { repositoryAbove } from "../../disk/repository.ts";
import { Graph } from "../../graph/graph.ts";
import { kinds } from "../../kinds/registry.ts";
import { Pipeline } from "../../pipeline.ts";
import { rules } from "../../rules/registry.ts";
import { limits } from "../../text/limits.ts";
import { mermaidText } from "../../topology/mermaid.ts";
import { topologyOf } from "../../topology/topology.ts";
import { type Exit, exit, type Host } from "../commands/command.ts";
import { readInputs } from "../inputs/inputs.ts";
import { Base } from "../lint/base.ts";
import { readConfigs } from "../lint/configs.ts";
import { partialDirectories } from "../lint/partial.ts";
import { problemLine } from "../report/trouble.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { countsIn } from "./counts.ts";
import { topologyInJson } from "./json.ts";

export interface GraphRequest {
  readonly values: { readonly format: "mermaid" | "json" };
  readonly operands: readonly string[];
  readonly terminal: Terminal;
  readonly host: Pick<Host, "cwd" | "stdin">;
}

export async function graphCommand({ values, operands, terminal, host }: GraphRequest): Promise<Exit> {
  const { cwd, stdin } = host;
  const limit = limits.fileLength;
  const named = await readInputs({ cwd, paths: operands, limit, stdin });
  const configs = readConfigs(named.files, cwd, limit);
  const files = [...configs.files, ...named.files];
  const root = repositoryAbove(cwd)?.root ?? cwd;
  const base = new Base(
    cwd,
    root,
    files.map(({ absolute }) => absolute),
  );
  const pipeline = new Pipeline(kinds, rules);
  for (const directory of partialDirectories(named.files, named.listed))
    pipeline.workspace.doubt(base.pathOf(directory));
  for (const { absolute, text } of files) pipeline.update(base.pathOf(absolute), text);
  pipeline.refresh();
  const topology = topologyOf(new Graph(pipeline.workspace));
  const counts = countsIn(pipeline);
  const problems = [...named.problems, ...configs.problems];
  for (const problem of problems) terminal.err(problemLine(problem));
  if (topology.nodes.length === 0) {
    terminal.err("Nothing in these files serves a model, leads to one or scales one.\n");
    return exit.failed;
  }
  terminal.out(
    values.format === "json"
      ? topologyInJson(topology, counts, (path) => base.nameOf(path))
      : mermaidText(topology, counts),
  );
  return problems.length > 0 ? exit.failed : exit.clean;
}
