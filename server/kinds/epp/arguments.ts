import type { CommandWord } from "../../text/command-words.ts";
import { itemsAt } from "../../text/read.ts";
import { isOpen } from "../vllm/command-line.ts";
import { commandLines } from "../vllm/words.ts";
import type { Container } from "../workload/container.ts";
import type { Workload } from "../workload/pod-template.ts";
import { isRouterImage } from "./version.ts";

/** A flag on the endpoint picker's command line, as Go's pflag reads it. */
export interface RouterArgument {
  /** Without dashes, as written. */
  readonly name: string;
  readonly word: CommandWord;
  /** Absent for a bare flag, and where it is filled in later. */
  readonly value: { readonly text: string; readonly word: CommandWord; readonly start: number } | undefined;
}

export interface RouterCommand {
  readonly container: Container;
  readonly arguments: readonly RouterArgument[];
  /** Every word of the command line is known, so that a flag which is not there is not given. */
  readonly complete: boolean;
}

/** The endpoint pickers of a workload. */
export function routerCommands({ template }: Workload): RouterCommand[] {
  return (template?.containers ?? []).flatMap((container) =>
    container.image !== undefined && isRouterImage(container.image.value) ? [readCommand(container)] : [],
  );
}

function readCommand(container: Container): RouterCommand {
  const { root } = container;
  const lines = commandLines([...itemsAt(root, "command"), ...itemsAt(root, "args")]);
  const [line, another] = lines;
  if (line === undefined || another !== undefined || !line.items) return { container, arguments: [], complete: false };
  const { words } = line;
  return {
    container,
    arguments: words.flatMap((word, index) => readArgument(word, words[index + 1])),
    complete: line.complete,
  };
}

function readArgument(word: CommandWord, next: CommandWord | undefined): RouterArgument[] {
  const flag = /^--?([A-Za-z][\w.-]*)(=?)/.exec(word.text);
  if (flag === null) return [];
  const [whole, name = ""] = flag;
  if (flag[2] === "=") return [{ name, word, value: closed(word, whole.length) }];
  const takesNext = next !== undefined && !next.text.startsWith("-");
  return [{ name, word, value: takesNext ? closed(next, 0) : undefined }];
}

function closed(word: CommandWord, start: number): RouterArgument["value"] {
  const text = word.text.slice(start);
  return isOpen(text) ? undefined : { text, word, start };
}

/** The last one of a name. */
export function routerArgument({ arguments: given }: RouterCommand, name: string): RouterArgument | undefined {
  return given.findLast((argument) => argument.name === name);
}

/** Whether a switch is on; `undefined` where it is not given or filled in later. */
export function isSwitchedOn(command: RouterCommand, name: string): boolean | undefined {
  const argument = routerArgument(command, name);
  if (argument === undefined) return undefined;
  const { word, value } = argument;
  if (!word.text.includes("=")) return true;
  return value === undefined ? undefined : /^(?:1|t|true)$/i.test(value.text);
}
