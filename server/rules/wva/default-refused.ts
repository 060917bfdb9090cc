import type { ScalingEntry } from "../../engine/wva/config/entry.ts";
import { tellViolation, type Violation, validateEntry } from "../../engine/wva/config/validate.ts";
import { statedRelease } from "../../graph/wva-release.ts";
import { type SaturationEntry, saturationConfig } from "../../kinds/wva/saturation.ts";
import { at, numberAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { profileOf } from "./profile.ts";

const example = (threshold: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-saturation-scaling-config
  namespace: workload-variant-autoscaler-system
data:
  default: |${threshold}
    queueLengthThreshold: 5
    kvSpareTrigger: 0.10
    queueSpareTrigger: 3
---
# file: headroom.config.yaml
versions:
  wva: "0.5.1"
`;

export const defaultRefused = defineRule({
  id: "wva/default-refused",
  title: "Default entry that WVA refuses for what is left out",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["W-07", "W-11"],
  docs: {
    summary:
      "The default entry of WVA 0.5 leaves out a number without which WVA refuses the whole entry. Needs the version under `versions` in headroom.config.yaml.",
    why: "WVA 0.5 has no built-in numbers, and checks an entry before it fills in any: a key that is left out or misspelt is 0. An entry that fails the check is dropped, and without `default` WVA skips every model; the log says so once.",
    mend: "Write all four thresholds; with `analyzerName: saturation` also scaleUpThreshold and scaleDownBoundary (0.85 and 0.70 are usual), the first above the second.",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/v0.5.1/internal/interfaces/saturation_scaling.go",
    ],
  },
  examples: { bad: example(" # <-"), good: example("\n    kvCacheThreshold: 0.80") },
  messages: {
    refused:
      'Entry "default": {violation}. WVA 0.5 drops the entry and then skips every model, without scaling any. Write {key}.',
  },
  reads: [saturationConfig],
  check({ object, settings, report }) {
    const release = statedRelease(settings);
    const entry = object.view.entries.find(({ name }) => name === "default");
    if (entry === undefined || release?.minor !== 5) return;
    const numbers = numbersOf(entry);
    if (numbers === undefined) return;
    const [first] = validateEntry(numbers, profileOf(release)).filter((violation) => isUntold(violation, entry));
    if (first === undefined) return;
    const written = numberAt(entry.root, first.path);
    report({
      at: written?.node ?? entry.doc.carrier?.node ?? entry.root,
      message: "refused",
      slots: { violation: tellViolation(first), key: first.path },
    });
  },
});

const keys = [
  "kvCacheThreshold",
  "queueLengthThreshold",
  "kvSpareTrigger",
  "queueSpareTrigger",
  "scaleUpThreshold",
  "scaleDownBoundary",
] as const;

/** Undefined when something is written that cannot be read. */
function numbersOf({ root }: SaturationEntry): ScalingEntry | undefined {
  if (keys.some((key) => at(root, key) !== undefined && numberAt(root, key) === undefined)) return undefined;
  const analyzerName = stringAt(root, "analyzerName")?.value;
  if (analyzerName === undefined && at(root, "analyzerName") !== undefined) return undefined;
  const written = keys.flatMap((key) => {
    const value = numberAt(root, key)?.value;
    return value === undefined ? [] : [[key, value] as const];
  });
  return { ...Object.fromEntries(written), ...(analyzerName !== undefined && { analyzerName }) };
}

/** Ranges of what is written are the schema's; a written trigger above a written threshold is wva/trigger-unreachable's. */
function isUntold({ path, against }: Violation, { root }: SaturationEntry): boolean {
  if (numberAt(root, path) === undefined) return true;
  return path === "scaleUpThreshold" && against !== undefined && numberAt(root, against.path) !== undefined;
}
