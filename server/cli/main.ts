import { createRequire } from "node:module";
import { join } from "node:path";
import { exit } from "./commands/command.ts";
import { run } from "./run.ts";
import { lineWidth, type Terminal, wantsColour } from "./terminal/terminal.ts";

const { stdout, stderr, stdin, env, argv } = process;

const terminal: Terminal = {
  out: (text) => void stdout.write(text),
  err: (text) => void stderr.write(text),
  colour: wantsColour(env, stdout.isTTY),
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

/** Another bundle, so that it is not loaded until it is wanted. It starts itself when it sees `--stdio`. */
function startServer(): void {
  const server = join(__dirname, "server.js");
  createRequire(server)(server);
}

run(argv.slice(2), terminal, { cwd: process.cwd(), stdin, startServer }).then((code) => {
  process.exitCode = Math.max(Number(process.exitCode ?? 0), code);
});
