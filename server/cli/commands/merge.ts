import { tellingOptions } from "../lint/options.ts";
import { merge } from "../shard/command.ts";
import { defineCommand } from "./command.ts";

export const mergeCommand = defineCommand({
  name: "merge",
  summary: "make one report of the parts of headroom lint --shard",
  operands: { usage: "[reports...]", most: Number.POSITIVE_INFINITY },
  options: tellingOptions,
  about: [
    "Puts together what the jobs of a matrix found, each with headroom lint --shard I/N --format json=FILE over the same files, and tells it as one run over everything would have told it. The files themselves are not needed.",
    "The exit code is that of headroom lint. It is 2 when a part is missing or here twice, and when some part could not check something.",
  ],
  examples: [
    { line: "headroom merge part-*.json", says: "for people" },
    { line: "headroom merge part-*.json --format sarif=headroom.sarif", says: "for code scanning" },
  ],
  run: merge,
});
