import { basename, dirname, join, resolve } from "node:path";
import { Settings } from "../../config/settings.ts";
import { nearestConfigs } from "../../disk/nearest-config.ts";
import { readText } from "../../disk/read.ts";
import { type LoggedCapacity, readLog } from "../../engine/capacity/log.ts";
import type { FoundModel } from "../../engine/catalogue/find-model.ts";
import { settingsFor } from "../../graph/settings-for.ts";
import { Workspace } from "../../graph/workspace.ts";
import { headroomConfig } from "../../kinds/headroom-config/kind.ts";
import { shapeOf } from "../../scenario/catalogue.ts";
import type { Found } from "../../scenario/found.ts";
import { limits } from "../../text/limits.ts";
import { type Exit, exit, type Host } from "../commands/command.ts";
import { readInputs } from "../inputs/inputs.ts";
import { readConfigs } from "../lint/configs.ts";
import { problemLine } from "../report/trouble.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visible } from "../terminal/visible.ts";
import { catalogueFor, readConfigJson, readNamed } from "./catalogue.ts";
import { type Asked, askedIn, type Written } from "./flags.ts";
import { answersInJson } from "./json.ts";
import { serversIn } from "./manifests.ts";
import { type Answer, answerTo } from "./question.ts";
import { answerInText } from "./text.ts";

export interface CapacityRequest {
  readonly values: Written;
  readonly operands: readonly string[];
  readonly terminal: Terminal;
  readonly host: Pick<Host, "cwd" | "stdin">;
}

export async function capacityCommand({ values, operands, terminal, host }: CapacityRequest): Promise<Exit> {
  const asked = askedIn(values);
  if ("mistake" in asked) return refuse(`${asked.mistake} See headroom help capacity.`, terminal);
  const log = logIn(values.log, host.cwd);
  if ("mistake" in log) return refuse(log.mistake, terminal);
  const own = modelIn(values.config, asked, host.cwd);
  if (own !== undefined && "mistake" in own) return refuse(own.mistake, terminal);
  const work = operands.length === 0 ? aloneWith : manifestsWith;
  const { answers, mistakes } = await work({ asked, own, logged: log, operands, host });
  if (values.json) terminal.out(answersInJson(answers, asked.workload));
  else terminal.out(answers.map((answer) => answerInText(answer, asked.workload, terminal)).join("\n"));
  for (const mistake of mistakes) terminal.err(`${visible(mistake)}\n`);
  if (mistakes.length > 0 || answers.length === 0) return exit.failed;
  return answers.every(({ capacity }) => capacity.verdict === "fits") ? exit.clean : exit.found;
}

interface Work {
  readonly asked: Asked;
  readonly own: FoundModel | undefined;
  readonly logged: LoggedCapacity;
  readonly operands: readonly string[];
  readonly host: Pick<Host, "cwd" | "stdin">;
}

interface Outcome {
  readonly answers: readonly Answer[];
  readonly mistakes: readonly string[];
}

/** What the options alone describe. */
function aloneWith({ asked, own, logged, host }: Work): Outcome {
  const [configFile] = nearestConfigs([{ absolute: join(host.cwd, "options") }]);
  const catalogue = catalogueFor(settingsIn(configFile), configFile, named(asked.model));
  return outcomeOf([answerTo(asked, undefined, own, catalogue, logged)]);
}

/** Every vLLM server of the files that are named. */
async function manifestsWith({ asked, own, logged, operands, host }: Work): Promise<Outcome> {
  const { cwd, stdin } = host;
  const limit = limits.fileLength;
  const inputs = await readInputs({ cwd, paths: operands, limit, stdin });
  const configs = readConfigs(inputs.files, cwd, limit);
  const problems = [...inputs.problems, ...configs.problems].map((problem) => problemLine(problem).trimEnd());
  const servers = serversIn(inputs.files, configs.files, cwd);
  if (servers.length === 0) return { answers: [], mistakes: [...problems, "No vLLM server stands in these files."] };
  const answers: Found<Answer>[] = [];
  for (const { file, server } of servers) {
    const [configFile] = nearestConfigs([{ absolute: resolve(cwd, file) }]);
    const names = named(asked.model, server.model);
    const catalogue = catalogueFor(settingsIn(configFile), configFile, names);
    const placed = { ...server, title: `${file}: ${server.title}` };
    const answer = answerTo(asked, placed, own, catalogue, logged);
    answers.push("mistake" in answer ? { mistake: `${placed.title}: ${answer.mistake}` } : answer);
  }
  const outcome = outcomeOf(answers);
  return { ...outcome, mistakes: [...problems, ...outcome.mistakes] };
}

const named = (...names: readonly (string | undefined)[]) => names.filter((name) => name !== undefined);

function outcomeOf(found: readonly Found<Answer>[]): Outcome {
  return {
    answers: found.filter((answer) => "question" in answer),
    mistakes: found.flatMap((answer) => ("mistake" in answer ? [answer.mistake] : [])),
  };
}

/** What a configuration says. One that cannot be read says nothing; `headroom lint` tells why. */
export function settingsIn(configFile: string | undefined): Settings {
  const read = configFile === undefined ? undefined : readText(configFile, limits.fileLength);
  if (configFile === undefined || read === undefined || "reason" in read) return new Settings();
  const workspace = new Workspace([headroomConfig]);
  workspace.update(basename(configFile), read.text);
  return settingsFor(workspace, "options");
}

function logIn(path: string | undefined, cwd: string): Found<LoggedCapacity> {
  if (path === undefined) return {};
  const read = readNamed(resolve(cwd, path), path, limits.fileLength);
  if ("mistake" in read) return read;
  const logged = readLog(read.text);
  if (Object.keys(logged).length > 0) return logged;
  return { mistake: `${path}: vLLM's lines about memory are not in it, such as "GPU KV cache size: 366,400 tokens".` };
}

/** The model that `--config` describes; it is called as `--model` says, else by its directory. */
export function modelIn(path: string | undefined, asked: Asked, cwd: string): Found<FoundModel> | undefined {
  if (path === undefined) return undefined;
  const absolute = resolve(cwd, path);
  const config = readConfigJson(absolute, path);
  if ("mistake" in config) return { mistake: String(config.mistake) };
  const shape = shapeOf(config, asked.model ?? basename(dirname(absolute)), asked.parameters);
  return "mistake" in shape ? shape : { model: shape };
}

function refuse(sentence: string, terminal: Terminal): Exit {
  terminal.err(`${visible(sentence)}\n`);
  return exit.failed;
}
