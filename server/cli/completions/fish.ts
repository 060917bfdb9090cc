import type { Grammar, Offered } from "./grammar.ts";

/** For \`headroom completions fish | source\`. */
export function fishScript(commands: readonly Grammar[]): string {
  const first = commands.map(
    ({ name, summary }) => `complete -c headroom -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
  );
  return `${[...first, ...commands.flatMap(linesOf)].join("\n")}\n`;
}

function linesOf({ name, options, operands }: Grammar): string[] {
  const here = `complete -c headroom -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
  const words = operands === undefined ? [] : [`${here} -f -a ${quoted(operands.join(" "))}`];
  return [...words, ...options.map((option) => `${here} ${spec(option)}`)];
}

function spec({ option, says, of, takes }: Offered): string {
  const what = `-l ${option.slice(2)} -d ${quoted(says)}`;
  if (of !== undefined) return `${what} -x -a ${quoted(of.join(" "))}`;
  return takes === undefined ? what : `${what} -r`;
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}
