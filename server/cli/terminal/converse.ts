/** Puts a question to whoever sits at the terminal. Absent when they leave. */
export type Ask = (question: string) => Promise<string | undefined>;

/** Lends a terminal to a conversation, line by line, and takes it back at its end. */
export async function converse<T>(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  talk: (ask: Ask) => Promise<T>,
): Promise<T> {
  const { createInterface } = await import("node:readline");
  const terminal = createInterface({ input, output });
  // Keeps lines that come before they are asked for, as when several are pasted; ends with ^C and ^D.
  const lines = terminal[Symbol.asyncIterator]();
  try {
    return await talk(async (question) => {
      terminal.setPrompt(question);
      terminal.prompt();
      const { done, value } = await lines.next();
      if (done) output.write("\n");
      return done ? undefined : value;
    });
  } finally {
    terminal.close();
  }
}
