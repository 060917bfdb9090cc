import type { Decoded } from "../../disk/decode.ts";
import { readFoundText } from "../../disk/read.ts";
import { discover, type Request, type Target } from "./discover.ts";
import type { InputFile, InputProblem, Inputs } from "./input.ts";
import { readStdin } from "./stdin.ts";

export interface InputRequest extends Request {
  /** Bytes of one file. */
  readonly limit: number;
  readonly stdin: AsyncIterable<Uint8Array>;
}

/** Finds and reads what the command line names. Nothing is written, executed or fetched, and nothing is thrown. */
export async function readInputs(request: InputRequest): Promise<Inputs> {
  const { targets, listed, problems } = discover(request);
  const { limit, stdin } = request;
  const piped = targets.some(({ from }) => from === "stdin") ? await readStdin(stdin, limit) : undefined;
  const textOf = ({ from, absolute }: Target) => (from === "stdin" && piped) || readFoundText(absolute, limit);
  const read = targets.map((target) => inputOf(target, textOf(target)));
  return {
    files: read.filter((input) => "text" in input),
    listed,
    problems: [...problems, ...read.filter((input) => "reason" in input)],
  };
}

function inputOf({ path, absolute }: Target, read: Decoded): InputFile | InputProblem {
  return "text" in read ? { path, absolute, text: read.text } : { path, reason: read.reason };
}
