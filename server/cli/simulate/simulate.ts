import { differenceOf } from "../../engine/simulation/difference.ts";
import { differenceIn } from "../../forecast/difference.ts";
import { forecastOf } from "../../forecast/forecast.ts";
import { isMet, pictureOf } from "../../forecast/picture-of.ts";
import { type Exit, exit, type Host } from "../commands/command.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visible } from "../terminal/visible.ts";
import { differenceInText } from "./against.ts";
import { stackIn } from "./files.ts";
import { askedIn, type Written } from "./flags.ts";
import { simulatedInJson } from "./json.ts";
import { simulatedInText } from "./text.ts";
import { trafficFor } from "./traffic.ts";

export interface SimulateRequest {
  readonly values: Written;
  readonly operands: readonly string[];
  readonly terminal: Terminal;
  readonly host: Pick<Host, "cwd" | "stdin">;
}

export async function simulateCommand({ values, operands, terminal, host }: SimulateRequest): Promise<Exit> {
  const refuse = (sentence: string) => {
    terminal.err(`${visible(sentence)}\n`);
    return exit.failed;
  };
  const asked = askedIn(values);
  if ("mistake" in asked) return refuse(`${asked.mistake} See headroom help simulate.`);
  const { cwd, stdin } = host;
  const traffic = await trafficFor(asked.traffic, cwd);
  if ("mistake" in traffic) return refuse(traffic.mistake);
  const of = async (paths: readonly string[]) => {
    const { stack, ...read } = await stackIn({ cwd, stdin, paths, model: asked.instead.model });
    for (const problem of read.problems) terminal.err(`${visible(problem)}\n`);
    const { workspace } = stack;
    const run = forecastOf({ workspace, question: asked, traffic, known: read.known, nameOf: read.nameOf });
    return { stack: read, run };
  };
  const { stack, run: after } = await of(operands);
  if ("mistake" in after) return refuse(after.mistake);
  const { against } = values;
  const other = against === undefined ? undefined : await of([against]);
  if (other !== undefined && "mistake" in other.run) return refuse(`${against}: ${other.run.mistake}`);
  const before = other?.run as typeof after | undefined;
  if (values.json) terminal.out(simulatedInJson(pictureOf(after, stack.nameOf), before && differenceIn(before, after)));
  else {
    terminal.out(simulatedInText(after, terminal.width));
    const difference = before && differenceOf(before.run, after.run);
    if (against !== undefined) terminal.out(`\n${differenceInText(difference, against, terminal.width)}`);
  }
  if (stack.problems.length > 0 || (other?.stack.problems.length ?? 0) > 0) return exit.failed;
  return isMet(after) ? exit.clean : exit.found;
}
