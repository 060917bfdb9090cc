import { headroomConfig } from "../../kinds/headroom-config/kind.ts";
import { setScalar } from "../../text/edits.ts";
import { resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

export const invalidConfig = defineRule({
  id: "config/invalid",
  title: "headroom.config.yaml says something that has no effect",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: [],
  docs: {
    summary:
      "A section, product, environment, severity or time span of headroom.config.yaml is not one that Headroom knows.",
    why: "The line is ignored, so rules run with other settings than its author believes.",
    mend: "Use one of the words that the message lists.",
    sources: ["docs/configuration.md"],
  },
  examples: {
    bad: `# file: headroom.config.yaml
environments:
  "overlays/dev/**": developmnt # <-
`,
    good: `# file: headroom.config.yaml
environments:
  "overlays/dev/**": development
`,
  },
  messages: { unknown: "{problem}. This line has no effect." },
  reads: [headroomConfig],
  check({ object, report }) {
    for (const { at, message, instead } of object.view.problems) {
      const node = "type" in at ? resolve(at as never) : undefined;
      const fixes =
        instead === undefined || node?.type !== "scalar"
          ? []
          : [{ title: `Change to "${instead}"`, safe: false, edits: [setScalar(node, instead)] }];
      report({ at, message: "unknown", slots: { problem: message }, fixes });
    }
  },
});
