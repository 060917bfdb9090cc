import type { Decoded } from "../../disk/decode.ts";
import { filesInFlight, inFlight } from "../../disk/in-flight.ts";
import { readText } from "../../disk/read.ts";
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
  const { targets, problems } = await discover(request);
  const read = await inFlight(targets, filesInFlight, (target) => inputOf(target, request));
  return {
    files: read.filter((input) => "text" in input),
    problems: [...problems, ...read.filter((input) => "reason" in input)],
  };
}

async function inputOf(target: Target, { stdin, limit }: InputRequest): Promise<InputFile | InputProblem> {
  const read: Decoded = await (target.from === "stdin" ? readStdin(stdin, limit) : readText(target.absolute, limit));
  const { path, absolute } = target;
  return "text" in read ? { path, absolute, text: read.text } : { path, reason: read.reason };
}
