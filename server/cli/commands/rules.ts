import { rules } from "../../rules/registry.ts";
import { rulesInJson, rulesInText } from "../report/rules.ts";
import { defineCommand, exit } from "./command.ts";

export const rulesCommand = defineCommand({
  name: "rules",
  summary: "list what is checked",
  operands: { usage: "", most: 0 },
  options: { format: { of: ["text", "json"], says: "how the rules are printed" } },
  about: [
    "Lists every rule by subject, with its usual severity and whether there is a fix: safe ones may be applied without asking, of suggestions a person decides. Severities are set in headroom.config.yaml.",
  ],
  examples: [
    { line: "headroom rules", says: "for people" },
    { line: "headroom rules --format json", says: "with links, for programs" },
  ],
  async run({ values, terminal }) {
    terminal.out(values.format === "json" ? rulesInJson(rules) : rulesInText(rules, terminal));
    return exit.clean;
  },
});
