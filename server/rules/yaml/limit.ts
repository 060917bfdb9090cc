import { limits } from "../../text/limits.ts";
import { defineDocumentRule } from "../rule.ts";

export const limit = defineDocumentRule({
  id: "yaml/limit",
  title: "Input larger than Headroom reads",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: [],
  docs: {
    summary: "The input passes one of the limits that keep hostile files from stopping the tool.",
    why: `What lies beyond the limit was not checked, and silence would look like a clean result. The limits: ${limits.fileLength / 1024 / 1024} Mi characters in one file, ${limits.documents} documents in one file, ${limits.depth} levels of nesting, ${limits.keys} keys in one mapping, ${limits.aliases} aliases and ${limits.nodes} keys and values in one document.`,
    mend: "Split the file, or exclude it with `ignore` in headroom.config.yaml if it is not a manifest.",
    sources: ["https://en.wikipedia.org/wiki/Billion_laughs_attack"],
  },
  examples: {
    bad: `deep: ${"[".repeat(limits.depth + 1)}${"]".repeat(limits.depth + 1)} # <-\n`,
    good: "deep: [[[]]]\n",
  },
  messages: {
    reached:
      "More than {limit} {what}: this was not checked. Split the file, or list it under ignore in headroom.config.yaml.",
  },
  reads: "documents",
  check({ document, report }) {
    for (const problem of document.problems) {
      if (problem.type !== "limit") continue;
      const at = document.span(problem.start, problem.end);
      report({ at, message: "reached", slots: { limit: problem.limit, what: problem.what } });
    }
  },
});
