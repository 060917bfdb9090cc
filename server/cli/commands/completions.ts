import { rules } from "../../rules/registry.ts";
import { grammarOf } from "../completions/grammar.ts";
import { scripts } from "../completions/shells.ts";
import { stacks } from "../init/stacks.ts";
import { defineCommand, exit } from "./command.ts";

const shells = ["bash", "zsh", "fish"] as const;

export const completionsCommand = defineCommand({
  name: "completions",
  summary: "let a shell complete commands, options and names",
  operands: { usage: "SHELL", most: 1 },
  options: {},
  about: [
    "Prints a script for bash, zsh or fish. It knows the commands and options of this version, the ids of the rules and the names of the stacks, and starts nothing while you type.",
  ],
  examples: [
    { line: "headroom completions bash", says: "in ~/.bashrc: source <(headroom completions bash)" },
    { line: "headroom completions zsh", says: "in ~/.zshrc, behind compinit: source <(headroom completions zsh)" },
    { line: "headroom completions fish", says: "to ~/.config/fish/completions/headroom.fish" },
  ],
  async run({ operands: [asked], terminal, commands }) {
    const shell = shells.find((one) => one === asked);
    if (shell === undefined) {
      terminal.err("headroom completions takes bash, zsh or fish.\n");
      return exit.failed;
    }
    const words = new Map<string, readonly string[]>([
      ["explain", rules.map(({ id }) => id)],
      ["init", stacks.map(({ name }) => name)],
      ["completions", shells],
      ["rules", []],
      ["lsp", []],
    ]);
    terminal.out(scripts[shell](grammarOf(commands, words)));
    return exit.clean;
  },
});
