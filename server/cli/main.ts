import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { exit, type Host } from "./commands/command.ts";
import { run } from "./run.ts";
import { type Ask, converse } from "./terminal/converse.ts";
import { lineWidth, type Terminal, wantsColour } from "./terminal/terminal.ts";

const { stdout, stderr } = process;

const terminal: Terminal = {
  out: (text) => void stdout.write(text),
  err: (text) => void stderr.write(text),
  // Back to the line's start, and what stood there goes.
  ...(stderr.isTTY && process.env["TERM"] !== "dumb" ? { live: (line) => void stderr.write(`\r\u001b[K${line}`) } : {}),
  colour: wantsColour(process.env, stdout.isTTY),
  width: lineWidth(stdout.columns),
};

/** Whoever reads may close early, as `head` does: the exit code still says what was found. */
function outputFailed(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return;
  process.exitCode = exit.failed;
  stderr.write(`The output could not be written: ${error.message}\n`);
}
stdout.on("error", outputFailed);
stderr.on("error", () => {});

/** Asked for when needed: to look at standard input is to open it, and the working directory may be gone. */
const host: Host = {
  get cwd() {
    return process.cwd();
  },
  get stdin() {
    return process.stdin;
  },
  get converse() {
    if (!process.stdin.isTTY || !stderr.isTTY) return undefined;
    return <T>(talk: (ask: Ask) => Promise<T>) => converse(process.stdin, stderr, talk);
  },
  dist: __dirname,
  interrupted: () => new Promise((resolve) => process.once("SIGINT", resolve).once("SIGTERM", resolve)),
  /** Another bundle, so that it is not loaded until it is wanted. It starts itself when it sees `--stdio`. */
  startServer() {
    const server = join(__dirname, "server.js");
    if (!existsSync(server)) throw new Error(`the language server is missing: ${server}`);
    createRequire(server)(server);
  },
};

run(process.argv.slice(2), terminal, host).then((code) => {
  process.exitCode = Math.max(Number(process.exitCode ?? 0), code);
});
