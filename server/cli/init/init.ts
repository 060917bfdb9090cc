import { resolve } from "node:path";
import { nearestConfigs } from "../../disk/nearest-config.ts";
import { nameFrom } from "../../disk/path-name.ts";
import { type Exit, exit, type Host } from "../commands/command.ts";
import { counted, listed } from "../report/words.ts";
import type { Ask } from "../terminal/converse.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visible } from "../terminal/visible.ts";
import { hang } from "../terminal/wrap.ts";
import type { Answers } from "./answers.ts";
import { askStack, collect, type Given, type Outcome, unknownStack } from "./questionnaire.ts";
import { configFile, filesOf } from "./stack-files.ts";
import { type Stack, stacks } from "./stacks.ts";
import { templates } from "./templates.ts";
import { writeAll } from "./write.ts";

export interface InitRequest {
  readonly values: Given & { readonly out: string | undefined; readonly yes: boolean };
  readonly operands: readonly string[];
  readonly terminal: Terminal;
  readonly host: Pick<Host, "cwd" | "converse">;
}

export async function init({ values, operands, terminal, host }: InitRequest): Promise<Exit> {
  const [word] = operands;
  const converse = values.yes ? undefined : host.converse;
  if (word === undefined) terminal.err(listing(terminal.width));
  if (word === undefined && converse === undefined) return exit.failed;
  const talk = (ask: Ask | undefined) => decide(word, values, ask, terminal);
  const decided = await (converse === undefined ? talk(undefined) : converse(talk));
  if ("mistake" in decided) return refuse(decided.mistake, terminal);
  return write(decided.value, values.out ?? ".", host.cwd, terminal);
}

interface Decision {
  readonly stack: Stack;
  readonly answers: Answers;
}

async function decide(
  word: string | undefined,
  given: Given,
  ask: Ask | undefined,
  terminal: Terminal,
): Promise<Outcome<Decision>> {
  const named = stacks.find(({ name }) => name === word);
  if (word !== undefined && named === undefined) return { mistake: unknownStack(word) };
  const stack = named === undefined && ask !== undefined ? await askStack(ask, terminal) : { value: named as Stack };
  if ("mistake" in stack) return stack;
  const answers = await collect(stack.value, given, ask, terminal);
  return "mistake" in answers ? answers : { value: { stack: stack.value, answers: answers.value } };
}

async function write({ stack, answers }: Decision, out: string, cwd: string, terminal: Terminal): Promise<Exit> {
  if (out === "") return refuse("--out needs a directory.", terminal);
  const directory = resolve(cwd, out);
  const files = filesOf(stack, answers, templates);
  // A second one would hide what the first one says.
  const [config] = nearestConfigs([{ absolute: resolve(directory, configFile) }]);
  if (config !== undefined) files.delete(configFile);

  const name = (path: string) => nameFrom(cwd, resolve(directory, path));
  const refusal = await writeAll(directory, files);
  if (refusal !== undefined && "existing" in refusal) {
    const names = listed(refusal.existing.map(name));
    return refuse(
      `${names} ${refusal.existing.length === 1 ? "is" : "are"} there already. Nothing was written.`,
      terminal,
    );
  }
  if (refusal !== undefined) {
    return refuse(`${name(refusal.path)}: ${refusal.reason} Nothing was written.`, terminal);
  }
  const written = [...files.keys()].map((path) => `  ${visible(name(path))}\n`);
  const kept = config === undefined ? "" : `Your ${visible(nameFrom(cwd, config))} counts for them.\n`;
  const yours = stack.yours.flatMap((text) => hang("- ", text, terminal.width, "  "));
  terminal.out(
    `Wrote ${counted(files.size, "file")}:\n${written.join("")}${kept}\nYours to fill in:\n${yours.join("\n")}\n\nNext: headroom lint ${shellWord(nameFrom(cwd, directory))}\n`,
  );
  return exit.clean;
}

function listing(width: number): string {
  const label = Math.max(...stacks.map(({ name }) => name.length));
  const rows = stacks.flatMap(({ name, title, says }, index) =>
    hang(`${index + 1}  ${name.padEnd(label)}  `, `${title}: ${says}`, width, "  "),
  );
  return `Stacks\n${rows.join("\n")}\n\nheadroom init STACK writes one; see headroom help init.\n`;
}

function refuse(sentence: string, terminal: Terminal): Exit {
  terminal.err(`${visible(sentence)}\n`);
  return exit.failed;
}

/** As it can be pasted into a shell, and shown. */
function shellWord(path: string): string {
  return visible(/^[\w./+@%,:-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);
}
