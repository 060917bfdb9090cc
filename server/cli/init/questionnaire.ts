import { nearest } from "../../text/spelling.ts";
import type { Ask } from "../terminal/converse.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visible } from "../terminal/visible.ts";
import { type AnswerKey, type Answers, answerKeys, mistakeIn, questions } from "./answers.ts";
import { type Stack, stacks } from "./stacks.ts";

/** The options that give an answer on the command line. */
export const flags = {
  model: "model",
  name: "name",
  namespace: "namespace",
  gpu: "gpu",
  tensorParallel: "tensor-parallel",
  maxReplicas: "max-replicas",
} as const satisfies Record<AnswerKey, string>;

export type Given = Readonly<Partial<Record<(typeof flags)[AnswerKey], string | undefined>>>;

/** What came of it, or why nothing did: a mistake on the command line, or somebody who left. */
export type Outcome<T> = { readonly value: T } | { readonly mistake: string };

const left: Outcome<never> = { mistake: "Nothing was written." };

export async function askStack(ask: Ask, terminal: Pick<Terminal, "err">): Promise<Outcome<Stack>> {
  for (;;) {
    const text = (await ask(`Which stack? [${stacks[0]?.name}] `))?.trim();
    if (text === undefined) return left;
    const found = text === "" ? stacks[0] : (stacks[Number(text) - 1] ?? stacks.find(({ name }) => name === text));
    if (found !== undefined) return { value: found };
    terminal.err(`${visible(unknownStack(text))}\n`);
  }
}

export function unknownStack(word: string): string {
  const names = stacks.map(({ name }) => name);
  const near = nearest(word, names);
  const hint = near === undefined ? `It may be ${names.join(", ")}.` : `Did you mean ${near}?`;
  return `There is no stack "${word}". ${hint}`;
}

/** Each answer from the command line, from whoever can be asked, or as usual. */
export async function collect(
  stack: Stack,
  given: Given,
  ask: Ask | undefined,
  terminal: Pick<Terminal, "err">,
): Promise<Outcome<Answers>> {
  const known: Partial<Record<AnswerKey, unknown>> = {};
  for (const key of answerKeys) {
    const mistake = mistakeOnCommandLine(stack, key, given[flags[key]]);
    if (mistake !== undefined) return { mistake };
  }
  for (const key of answerKeys) {
    const { usual, read } = questions[key];
    const text = given[flags[key]];
    const usualText = usual(known as Partial<Answers>);
    const isAsked = text === undefined && ask !== undefined && !stack.skips.includes(key);
    const answer = isAsked ? await askFor(key, usualText, ask, terminal) : read(text ?? usualText);
    if (answer === undefined) return left;
    known[key] = answer;
  }
  return { value: known as unknown as Answers };
}

function mistakeOnCommandLine(stack: Stack, key: AnswerKey, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (stack.skips.includes(key)) return `--${flags[key]} changes nothing in the stack ${stack.name}.`;
  return questions[key].read(text) === undefined ? `--${flags[key]} ${mistakeIn(key, text)}` : undefined;
}

/** Until it is one; absent when they leave. */
async function askFor(
  key: AnswerKey,
  usual: string,
  ask: Ask,
  terminal: Pick<Terminal, "err">,
): Promise<string | number | undefined> {
  for (;;) {
    const text = (await ask(`${questions[key].asks} [${usual}] `))?.trim();
    if (text === undefined) return undefined;
    const answer = questions[key].read(text === "" ? usual : text);
    if (answer !== undefined) return answer;
    terminal.err(`${visible(`This ${mistakeIn(key, text)}`)}\n`);
  }
}
