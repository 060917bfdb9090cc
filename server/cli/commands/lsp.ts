import { defineCommand, exit } from "./command.ts";

export const lspCommand = defineCommand({
  name: "lsp",
  summary: "start the language server, for editors",
  operands: { usage: "--stdio", most: 0 },
  options: {
    stdio: { says: "speak over standard input and output" },
    // vscode-languageclient and what is built like it pass their process id along.
    clientProcessId: { says: "", unlisted: true },
  },
  about: ["Starts the language server. Any editor that speaks the Language Server Protocol can run it for YAML files."],
  examples: [{ line: "headroom lsp --stdio", says: "the command to configure in an editor" }],
  async run({ values, terminal, host }) {
    if (!values.stdio) {
      terminal.err("The language server speaks over standard input and output: headroom lsp --stdio\n");
      return exit.failed;
    }
    host.startServer();
    return exit.clean;
  },
});
