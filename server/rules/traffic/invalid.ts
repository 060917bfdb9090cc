import { traffic } from "../../kinds/traffic/kind.ts";
import { trafficOf } from "../../scenario/traffic.ts";
import { defineRule } from "../rule.ts";

export const invalidTraffic = defineRule({
  id: "traffic/invalid",
  title: "A traffic file contradicts itself",
  since: "0.2.0",
  severity: "error",
  fixable: false,
  refs: [],
  docs: {
    summary: "Each key of a traffic file may be right by itself, and all of them together make no traffic.",
    why: "`headroom simulate` refuses the file: a run with half of it would answer another question.",
    mend: "Do what the message says, or start from a preset and say only what differs.",
    sources: ["docs/traffic.md"],
  },
  examples: {
    bad: `# file: traffic.yaml
apiVersion: headroom/v1
kind: Traffic
rate:
  points:
    - { at: 10m, rate: 2 }
    - { at: 5m, rate: 8 } # <-
prompt: { fixed: 1024 }
output: { fixed: 256 }
`,
    good: `# file: traffic.yaml
apiVersion: headroom/v1
kind: Traffic
rate:
  points:
    - { at: 5m, rate: 8 }
    - { at: 10m, rate: 2 }
prompt: { fixed: 1024 }
output: { fixed: 256 }
`,
  },
  messages: { invalid: "{problem}. `headroom simulate` refuses the file." },
  reads: [traffic],
  check({ object, report }) {
    for (const { at, message, beyondSchema } of trafficOf(object.view).problems) {
      if (beyondSchema) report({ at, message: "invalid", slots: { problem: message } });
    }
  },
});
