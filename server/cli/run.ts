import { version } from "../../package.json";
import { nearest } from "../text/spelling.ts";
import { parse } from "./arguments.ts";
import { commands } from "./commands/all.ts";
import { type Command, type Exit, exit, type Host } from "./commands/command.ts";
import { common, helpOf, overview } from "./help.ts";
import { crashLine } from "./report/trouble.ts";
import type { Terminal } from "./terminal/terminal.ts";
import { visible } from "./terminal/visible.ts";

/** Does what the command line says. Whatever happens ends in an exit code and at most a sentence about it. */
export async function run(argv: readonly string[], terminal: Terminal, host: Host): Promise<Exit> {
  try {
    return await obey(argv, terminal, host);
  } catch (error) {
    terminal.err(crashLine(error));
    return exit.failed;
  }
}

async function obey([word, ...rest]: readonly string[], terminal: Terminal, host: Host): Promise<Exit> {
  if (word === undefined) {
    terminal.err(overview(commands, terminal.width));
    return exit.failed;
  }
  if (word === "--version" || word === "-v") {
    terminal.out(`${version}\n`);
    return exit.clean;
  }
  if (word === "--help" || word === "-h" || (word === "help" && rest.length === 0)) {
    terminal.out(overview(commands, terminal.width));
    return exit.clean;
  }
  const name = word === "help" ? (rest[0] ?? "") : word;
  const command = commands.find((one) => one.name === name);
  if (command === undefined) return refuse(unknownCommand(name), terminal);
  if (word !== "help") return follow(command, rest, terminal, host);
  terminal.out(helpOf(command, terminal.width));
  return exit.clean;
}

async function follow(command: Command, argv: readonly string[], terminal: Terminal, host: Host): Promise<Exit> {
  const parsed = parse({ ...command.options, ...common }, argv);
  if ("mistake" in parsed) return refuse(`${parsed.mistake} See headroom help ${command.name}.`, terminal);
  const { values, positionals: operands } = parsed;
  if (values.help) {
    terminal.out(helpOf(command, terminal.width));
    return exit.clean;
  }
  const tooMany = operands[command.operands.most];
  if (tooMany !== undefined) {
    return refuse(
      `"${tooMany}" is more than headroom ${command.name} takes. See headroom help ${command.name}.`,
      terminal,
    );
  }
  const colour = terminal.colour && !values["no-color"];
  return command.run({ values, operands, terminal: { ...terminal, colour }, host, commands } as never);
}

function refuse(sentence: string, terminal: Terminal): Exit {
  terminal.err(`${visible(sentence)}\n`);
  return exit.failed;
}

function unknownCommand(word: string): string {
  const names = [...commands.map(({ name }) => name), "help"];
  const near = nearest(word, names);
  if (near !== undefined) return `There is no command "${word}". Did you mean headroom ${near}?`;
  if (word === "-" || /[./\\]/.test(word)) return `There is no command "${word}". Did you mean headroom lint ${word}?`;
  if (word.startsWith("-"))
    return `There is no option "${word}" here: options stand behind the command. See headroom --help.`;
  return `There is no command "${word}". It may be ${names.join(", ")}. See headroom --help.`;
}
