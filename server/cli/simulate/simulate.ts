import { differenceOf } from "../../engine/simulation/difference.ts";
import { differenceIn } from "../../forecast/difference.ts";
import { type Forecast, forecastOf } from "../../forecast/forecast.ts";
import { isMet, pictureOf } from "../../forecast/picture-of.ts";
import type { Question } from "../../forecast/question.ts";
import type { ReadTraffic } from "../../forecast/traffic.ts";
import type { Found } from "../../scenario/found.ts";
import { type Exit, exit, type Host } from "../commands/command.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visible } from "../terminal/visible.ts";
import { differenceInText } from "./against.ts";
import { stackAt } from "./committed.ts";
import { type ReadStack, type Request, stackIn } from "./files.ts";
import { askedIn, type Written } from "./flags.ts";
import { writePage } from "./html.ts";
import { simulatedInJson } from "./json.ts";
import { progressOn } from "./progress.ts";
import { simulatedInText } from "./text.ts";
import { trafficFor } from "./traffic.ts";

export interface SimulateRequest {
  readonly values: Written;
  readonly operands: readonly string[];
  readonly terminal: Terminal;
  readonly host: Pick<Host, "cwd" | "stdin" | "dist">;
}

export async function simulateCommand({ values, operands, terminal, host }: SimulateRequest): Promise<Exit> {
  const refuse = (sentence: string) => {
    terminal.err(`${visible(sentence)}\n`);
    return exit.failed;
  };
  const question = askedIn(values);
  if ("mistake" in question) return refuse(`${question.mistake} See headroom help simulate.`);
  const { cwd, stdin } = host;
  const traffic = trafficFor(question.traffic, cwd);
  if ("mistake" in traffic) return refuse(traffic.mistake);
  const asked = { question, traffic, terminal };
  const { model } = question.instead;
  const own = simulated(await stackIn({ cwd, stdin, paths: operands, model }), asked);
  if ("mistake" in own) return refuse(own.mistake);
  const { against } = values;
  const other =
    against === undefined ? undefined : await otherOf(against, { cwd, stdin, paths: operands, model }, asked);
  if (other !== undefined && "mistake" in other) return refuse(`${against}: ${other.mistake}`);
  const picture = pictureOf(own.forecast, own.nameOf);
  const difference = other && differenceIn(other.forecast, own.forecast);
  if (values.html !== undefined) {
    const compared = other && {
      name: other.name,
      picture: pictureOf(other.forecast, other.nameOf),
      difference: difference ?? null,
    };
    const forecast = { targets: own.targets, picture, ...(compared && { against: compared }) };
    const failed = await writePage(values.html, { forecast, question }, { cwd, dist: host.dist ?? "dist" });
    if (failed !== undefined) return refuse(failed.mistake);
    terminal.err(`${visible(`Wrote ${values.html}.`)}\n`);
  }
  if (values.json) terminal.out(simulatedInJson(picture, difference));
  else terminal.out(inText(own.forecast, other, terminal.width));
  if (own.problems + (other?.problems ?? 0) > 0) return exit.failed;
  return isMet(own.forecast) ? exit.clean : exit.found;
}

/** Another directory, or the same paths in a commit. */
async function otherOf(
  against: string,
  request: Request,
  asked: Asked,
): Promise<Found<Simulated & { readonly name: string }>> {
  const ref = against.startsWith("git:") ? against.slice("git:".length) : undefined;
  const read = ref === undefined ? await stackIn({ ...request, paths: [against] }) : await stackAt(ref, request);
  const other = "mistake" in read ? read : simulated(read, asked);
  return "mistake" in other ? other : { ...other, name: ref ?? against };
}

function inText(own: Forecast, other: (Simulated & { readonly name: string }) | undefined, width: number): string {
  const text = simulatedInText(own, width);
  if (other === undefined) return text;
  return `${text}\n${differenceInText(differenceOf(other.forecast.run, own.run), other.name, width)}`;
}

interface Asked {
  readonly question: Question;
  readonly traffic: ReadTraffic;
  readonly terminal: Terminal;
}

interface Simulated {
  readonly forecast: Forecast;
  readonly targets: readonly string[];
  /** How many files could not be read. */
  readonly problems: number;
  nameOf(path: string): string;
}

function simulated(
  { stack, known, problems, nameOf }: ReadStack,
  { question, traffic, terminal }: Asked,
): Found<Simulated> {
  for (const problem of problems) terminal.err(`${visible(problem)}\n`);
  const progress = question.exact ? progressOn(terminal) : undefined;
  const { workspace } = stack;
  const passing = progress === undefined ? {} : { passing: progress.passing };
  const forecast = forecastOf({ workspace, question, traffic, known, nameOf, ...passing });
  progress?.done();
  return "mistake" in forecast ? forecast : { forecast, targets: stack.targets(), problems: problems.length, nameOf };
}
