import type { Options } from "./arguments.ts";
import type { Command } from "./commands/command.ts";
import { hang, wrap } from "./terminal/wrap.ts";

/** Options that every command takes. */
export const common = {
  "no-color": { says: "no colours, as with NO_COLOR=1; FORCE_COLOR=1 forces them" },
  help: { says: "this text" },
} as const satisfies Options;

interface Row {
  readonly label: string;
  readonly says: string;
}

export function helpOf(command: Command, width: number): string {
  const { name, operands, about, options, examples } = command;
  return [
    `Usage: ${["headroom", name, operands.usage, "[options]"].filter((word) => word !== "").join(" ")}`,
    ...about.flatMap((text) => ["", ...wrap(text, width)]),
    "",
    "Options",
    ...table(rowsOf({ ...options, ...common }), width),
    "",
    "Examples",
    ...table(
      examples.map(({ line, says }) => ({ label: line, says: `# ${says}` })),
      width,
    ),
    "",
  ].join("\n");
}

export function overview(commands: readonly Command[], width: number): string {
  const rows = commands.map(({ name, operands, summary }) => ({
    label: `${name} ${operands.usage}`.trim(),
    says: summary,
  }));
  return [
    ...wrap("Headroom checks the Kubernetes YAML of LLM inference stacks before it is applied.", width),
    "",
    "Usage: headroom <command> [options]",
    "",
    "Commands",
    ...table([...rows, { label: "help [command]", says: "say more of a command" }], width),
    "",
    "Options",
    ...table([{ label: "--version", says: "which version this is" }, ...rowsOf(common)], width),
    "",
    "Examples",
    ...commands.flatMap(({ examples }) => examples.slice(0, 1).map(({ line }) => `  ${line}`)),
    "",
  ].join("\n");
}

function rowsOf(options: Options): Row[] {
  return Object.entries(options).flatMap(([name, option]) => {
    if (option.unlisted) return [];
    if (!("of" in option)) return [{ label: `--${name}${placeholder(option)}`, says: option.says }];
    const [usual] = option.of;
    return [{ label: `--${name} ${option.of.join("|")}`, says: `${option.says} (default ${usual})` }];
  });
}

function placeholder(option: Options[string]): string {
  if ("takes" in option) return ` ${option.takes}`;
  if ("takesEach" in option) return ` ${option.takesEach}`;
  if ("mayTake" in option) return `[=${option.mayTake}]`;
  return "each" in option ? ` NAME[=${option.into}]` : "";
}

function table(rows: readonly Row[], width: number): string[] {
  const labelWidth = Math.max(...rows.map(({ label }) => label.length));
  return rows.flatMap(({ label, says }) => hang(`${label.padEnd(labelWidth)}  `, says, width, "  "));
}
