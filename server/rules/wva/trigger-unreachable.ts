import type { RawFix } from "../../findings/raw-finding.ts";
import { statedRelease, type WvaRelease } from "../../graph/wva-release.ts";
import type { SaturationEntry, ThresholdKey } from "../../kinds/wva/saturation.ts";
import { saturationConfig } from "../../kinds/wva/saturation.ts";
import { setEntry } from "../../text/edits.ts";
import type { Placed } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

/** Each trigger is a part of its threshold: the spare below it. */
const pairs = [
  { trigger: "queueSpareTrigger", threshold: "queueLengthThreshold", step: 1 },
  { trigger: "kvSpareTrigger", threshold: "kvCacheThreshold", step: 0.01 },
] as const satisfies readonly { trigger: ThresholdKey; threshold: ThresholdKey; step: number }[];

const example = (trigger: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-saturation-scaling-config
  namespace: workload-variant-autoscaler-system
data:
  default: |
    kvCacheThreshold: 0.70
    queueLengthThreshold: 3
    kvSpareTrigger: 0.20
    queueSpareTrigger: ${trigger}
`;

export const triggerUnreachable = defineRule({
  id: "wva/trigger-unreachable",
  title: "Spare trigger that the threshold can never leave room for",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["W-01", "W-02", "S1"],
  docs: {
    summary: "A spare trigger of WVA's saturation configuration is not below the threshold it belongs to.",
    why: "Spare is threshold minus usage, so it is never more than the threshold. With queueSpareTrigger above queueLengthThreshold WVA sees too little spare even on idle pods: it scales up in every cycle and never down. An entry with kvSpareTrigger above kvCacheThreshold is rejected by WVA; version 0.5 then skips the model. Equal values leave no room either: any load at all scales up.",
    mend: "Choose the trigger well below its threshold. WVA's own pairs are 5 / 3 for the queue and 0.80 / 0.10 for the KV cache.",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/main/internal/interfaces/saturation_scaling.go",
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/main/docs/saturation-scaling-config.md",
    ],
  },
  examples: { bad: example("5 # <-"), good: example("2") },
  messages: {
    runaway:
      'Entry "{entry}": queueSpareTrigger {trigger} is above queueLengthThreshold {threshold}. Spare queue is at most {threshold}, so WVA scales up in every cycle, with no load at all, and never down. {mend}',
    rejected: 'Entry "{entry}": kvSpareTrigger {trigger} is above kvCacheThreshold {threshold}. {outcome} {mend}',
    equal:
      'Entry "{entry}": {triggerKey} {trigger} equals {thresholdKey}. Spare reaches {threshold} only on idle pods, so any load scales up and nothing scales down before the pods are idle. {mend}',
  },
  reads: [saturationConfig],
  check({ object, settings, report }) {
    const release = statedRelease(settings);
    const defaults = object.view.entries.find(({ name }) => name === "default");
    for (const entry of object.view.entries) {
      // From 0.5 on an entry for one model is never read: `wva/entry-never-read`.
      if (release !== undefined && release.minor >= 5 && entry !== defaults) continue;
      for (const pair of pairs) {
        const trigger = entry.thresholds[pair.trigger] ?? defaults?.thresholds[pair.trigger];
        const threshold = entry.thresholds[pair.threshold] ?? defaults?.thresholds[pair.threshold];
        if (trigger === undefined || threshold === undefined || trigger.value < threshold.value) continue;
        // Below 0 is out of its range, which the schema says.
        if (trigger.value < 0 || threshold.value < 0) continue;
        // A threshold of 0 beside a trigger of 0 is another mistake.
        if (trigger.value === 0 && threshold.value === 0) continue;
        // What the default entry says by itself is its own mistake.
        if (entry !== defaults && !owns(entry, trigger) && !owns(entry, threshold)) continue;
        const below = lower(threshold.value, pair.step);
        const at = owns(entry, trigger) ? trigger.node : threshold.node;
        const other = at === trigger.node ? threshold : trigger;
        const name = at === trigger.node ? pair.threshold : pair.trigger;
        report({
          at,
          message:
            trigger.value === threshold.value ? "equal" : pair.trigger === "queueSpareTrigger" ? "runaway" : "rejected",
          slots: {
            entry: entry.name,
            outcome: outcomeIn(release),
            trigger: trigger.value,
            threshold: threshold.value,
            triggerKey: pair.trigger,
            thresholdKey: pair.threshold,
            mend:
              below === undefined
                ? `Raise ${pair.threshold}.`
                : `Set ${pair.trigger} to ${below}, or raise ${pair.threshold}.`,
          },
          severity: trigger.value === threshold.value ? "warning" : "error",
          related: [{ at: other.node, message: `${name} is ${other.value}` }],
          fixes: below === undefined ? [] : [fix(entry, pair.trigger, below)],
        });
      }
    }
  },
});

/** What becomes of an entry that is refused. */
function outcomeIn(release: WvaRelease | undefined): string {
  if (release === undefined) return "WVA rejects the entry; version 0.5 then skips the model and nothing scales.";
  return release.minor === 5
    ? `WVA ${release.name} rejects the entry, skips every model, and nothing scales.`
    : `WVA ${release.name} rejects the entry and goes on as if it were not there.`;
}

function owns(entry: SaturationEntry, placed: Placed<number>): boolean {
  return placed.node.doc === entry.doc;
}

function fix(entry: SaturationEntry, key: ThresholdKey, value: number): RawFix {
  return { title: `Set ${key} to ${value}`, safe: false, edits: [setEntry(entry.root, key, String(value))] };
}

/** Three fifths of the threshold for queues (5 / 3), an eighth for the KV cache (0.80 / 0.10): WVA's own proportions. */
function lower(threshold: number, step: number): number | undefined {
  const value = step === 1 ? Math.floor(threshold * 0.6) : Math.round(threshold * 12.5) / 100;
  return value >= step && value < threshold ? value : undefined;
}
