import { resolve } from "node:path";
import type { RuleSeverity, Settings } from "../../config/settings.ts";
import { nameFrom } from "../../disk/path-name.ts";
import { settingsFor } from "../../graph/settings-for.ts";
import type { Rule } from "../../rules/rule.ts";
import { limits } from "../../text/limits.ts";
import { type Exit, exit } from "../commands/command.ts";
import { problemLine } from "../report/trouble.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visible } from "../terminal/visible.ts";
import { readConfigs } from "./configs.ts";
import { Judgement } from "./judgement.ts";

export interface PrintRequest {
  readonly path: string;
  readonly cwd: string;
  readonly root: string;
  readonly terminal: Terminal;
  readonly rules: readonly Rule[];
  readonly severities: ReadonlyMap<string, RuleSeverity>;
}

/** A line of YAML, and behind it where the value is from. */
interface Line {
  readonly says: string;
  readonly from: string;
}

/** Prints what counts for a file, be there such a file or not, as YAML. */
export function printConfig(request: PrintRequest): Exit {
  const { cwd, terminal } = request;
  const absolute = resolve(cwd, request.path);
  const file = { path: nameFrom(cwd, absolute), absolute, text: "" };
  const configs = readConfigs([file], cwd, limits.fileLength);
  const judgement = new Judgement({ ...request, files: [file], configs: configs.files, partial: [] });
  const broken = [...configs.problems, ...judgement.checked().problems];
  for (const problem of broken) terminal.err(problemLine(problem));
  const path = judgement.base.pathOf(absolute);
  const settings = settingsFor(judgement.pipeline.workspace, path);
  const [config] = configs.files;
  const lines = linesOf(settings, path, request);
  const width = Math.max(...lines.map(({ says }) => says.length));
  terminal.out(
    `# ${visible(file.path)}, by ${config === undefined ? "no headroom.config.yaml" : visible(config.path)}\n`,
  );
  for (const { says, from } of lines) terminal.out(from === "" ? `${says}\n` : `${says.padEnd(width)}  # ${from}\n`);
  return broken.length > 0 ? exit.failed : exit.clean;
}

function linesOf(settings: Settings, path: string, { rules, severities }: PrintRequest): Line[] {
  const { config } = settings;
  const ignoring = config?.ignore.find((glob) => settings.matches(glob, path));
  const placed = config?.environments.find(([glob]) => settings.matches(glob, path));
  const started = config?.podStartup.find(([glob]) => settings.matches(glob, path));
  const versions = [...(config?.versions ?? [])];
  return [
    {
      says: `ignored: ${ignoring !== undefined}`,
      from: ignoring === undefined ? "usual" : `ignore: ${word(ignoring)}`,
    },
    {
      says: `environment: ${settings.environment(path)}`,
      from: placed === undefined ? "the path" : `environments: ${word(placed[0])}`,
    },
    {
      says: `podStartup: ${started?.[1] ?? "null"}`,
      from: started === undefined ? "probes, else 90" : `podStartup: ${word(started[0])}`,
    },
    { says: versions.length === 0 ? "versions: {}" : "versions:", from: versions.length === 0 ? "image tags" : "" },
    ...versions.map(([product, version]) => ({ says: `  ${product}: ${JSON.stringify(version)}`, from: "versions" })),
    { says: "rules:", from: "" },
    ...[...rules]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, severity }) => {
        const { is, from } = severityOf(id, settings, path, severities) ?? { is: severity, from: "usual" };
        return { says: `  ${id}: ${is === "off" ? '"off"' : is}`, from };
      }),
  ];
}

function severityOf(rule: string, settings: Settings, path: string, told: PrintRequest["severities"]) {
  const command = told.get(rule);
  if (command !== undefined) return { is: command, from: "--rule" };
  const is = settings.severity(rule, path);
  if (is === undefined) return undefined;
  const override = settings.config?.overrides.findLast(
    ({ files, rules }) => rules.has(rule) && files.some((glob) => settings.matches(glob, path)),
  );
  return { is, from: override === undefined ? "rules" : `overrides: ${override.files.map(word).join(", ")}` };
}

/** A glob of a configuration on one line. */
function word(glob: string): string {
  return visible(glob);
}
