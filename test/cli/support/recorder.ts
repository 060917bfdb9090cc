import { run } from "../../../server/cli/run.ts";
import type { Terminal } from "../../../server/cli/terminal/terminal.ts";

export interface Said {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** A terminal that remembers what was said to it. */
export function recorder(options: { readonly colour?: boolean; readonly width?: number } = {}) {
  const said = { out: "", err: "" };
  const terminal: Terminal = {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    colour: options.colour ?? false,
    width: options.width ?? 80,
  };
  return { terminal, said };
}

/** Runs a command line in this process. Its server only says that it was started. */
export async function say(argv: readonly string[], options: { colour?: boolean; width?: number } = {}): Promise<Said> {
  const { terminal, said } = recorder(options);
  const host = { cwd: process.cwd(), stdin: nothing(), startServer: () => terminal.out("(server)") };
  const exit = await run(argv, terminal, host);
  return { exit, ...said };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
