import { nearest } from "../../text/spelling.ts";
import { defineSuppressionRule } from "../rule.ts";

export const unusedSuppression = defineSuppressionRule({
  id: "suppression/unused",
  title: "A suppression that holds nothing back",
  since: "0.1.0",
  severity: "info",
  fixable: false,
  refs: [],
  docs: {
    summary: "A `headroom-disable` comment names a rule that finds nothing there.",
    why: "The comment outlived its mistake, or names no rule at all. It would hide the next, real finding.",
    mend: "Delete the comment, or correct the rule id.",
    sources: ["docs/configuration.md"],
  },
  examples: {
    bad: `apiVersion: v1
kind: ConfigMap
# headroom-disable-next-line hpa/scale-up-window -- was needed once # <-
metadata:
  name: notes
`,
    good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: notes
`,
  },
  messages: {
    unused: "{rule} finds nothing here: this suppression has no use. Delete it.",
    unknown: "There is no rule {rule}{hint}: this suppression has no effect. Correct the id or delete the comment.",
  },
  reads: "suppressions",
  check({ unused, knownRules, report }) {
    for (const { id, at } of unused) {
      if (knownRules.includes(id)) {
        report({ at, message: "unused", slots: { rule: id } });
        continue;
      }
      const near = nearest(id, knownRules);
      report({
        at,
        message: "unknown",
        slots: { rule: id, hint: near === undefined ? "" : ` (did you mean ${near}?)` },
      });
    }
  },
});
