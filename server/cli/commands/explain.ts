import { rules } from "../../rules/registry.ts";
import { explained, unknownRule } from "../report/explain.ts";
import { defineCommand, exit } from "./command.ts";

export const explainCommand = defineCommand({
  name: "explain",
  summary: "say what a rule finds, why, and how to mend it",
  operands: { usage: "RULE", most: 1 },
  options: {},
  about: [
    "Prints the page of a rule: what it finds, why that hurts, how to mend it, a bad and a good example, sources.",
  ],
  examples: [{ line: "headroom explain yaml/duplicate-key", says: "RULE is the name behind a finding's place" }],
  async run({ operands, terminal }) {
    const [id] = operands;
    const rule = rules.find((one) => one.id === id);
    if (rule === undefined) {
      terminal.err(unknownRule(id, rules));
      return exit.failed;
    }
    terminal.out(explained(rule, terminal));
    return exit.clean;
  },
});
