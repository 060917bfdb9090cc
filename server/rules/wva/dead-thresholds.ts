import { withDefaults } from "../../engine/wva/config/defaults.ts";
import { type Degeneracy, degeneracies } from "../../engine/wva/config/degenerate.ts";
import { thresholdsOf } from "../../engine/wva/config/entry.ts";
import { validateEntry } from "../../engine/wva/config/validate.ts";
import { statedRelease } from "../../graph/wva-release.ts";
import {
  type SaturationEntry,
  saturationConfig,
  type ThresholdKey,
  thresholdKeys,
} from "../../kinds/wva/saturation.ts";
import { profileOf } from "../../scenario/wva-profile.ts";
import { at } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { isMisspelt } from "./misspelt.ts";
import { usual } from "./usual.ts";

const example = (kv: string, queue: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-saturation-scaling-config
  namespace: workload-variant-autoscaler-system
data:
  default: |
    kvCacheThreshold: 0.80
    queueLengthThreshold: 5
    kvSpareTrigger: ${kv}
    queueSpareTrigger: ${queue}
---
# file: headroom.config.yaml
versions:
  wva: "0.5.1"
`;

/** The keys that make each of these; the other degeneracies are `wva/trigger-unreachable`'s. */
const keysOf: Partial<Record<Degeneracy["id"], readonly ThresholdKey[]>> = {
  "kv-threshold-zero": ["kvCacheThreshold"],
  "queue-threshold-zero": ["queueLengthThreshold"],
  "no-triggers": ["kvSpareTrigger", "queueSpareTrigger"],
};

export const deadThresholds = defineRule({
  id: "wva/dead-thresholds",
  title: "Thresholds of 0, with which WVA cannot decide",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["W-04", "W-05", "W-07"],
  docs: {
    summary:
      "The default entry of WVA 0.5 has a threshold of 0 or both triggers at 0, written or left out, or leaves one trigger out. Needs the version under `versions` in headroom.config.yaml.",
    why: "WVA 0.5 has no built-in numbers: a key that is left out or misspelt is 0. With a threshold at 0 every replica counts as saturated whatever it does; with both triggers at 0 no spare is ever below them, and WVA never scales up. WVA accepts both without a word.",
    mend: "Write all four numbers. Those of the other versions are 0.80, 5, 0.10 and 3.",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/v0.5.1/internal/interfaces/saturation_scaling.go",
    ],
  },
  examples: { bad: example("0 # <-", "0"), good: example("0.10", "3") },
  messages: {
    halved:
      'Entry "default": {key} is left out beside {other}, and WVA 0.5 takes 0: {load} alone never scales up. Write {mend}.',
    dead: 'Entry "default": {keys} {verb} 0{why}. WVA 0.5 then {consequence}. Write {mend}.',
  },
  reads: [saturationConfig],
  check({ object, settings, report }) {
    const release = statedRelease(settings);
    const entry = object.view.entries.find(({ name }) => name === "default");
    if (entry === undefined || release?.minor !== 5 || !isRead(entry)) return;
    const profile = profileOf(release);
    const numbers = Object.fromEntries(
      thresholdKeys.flatMap((key) => {
        const placed = entry.thresholds[key];
        return placed === undefined ? [] : [[key, placed.value]];
      }),
    );
    // What WVA refuses is never used.
    if (validateEntry(numbers, profile).length > 0) return;
    for (const { id, consequence } of degeneracies(thresholdsOf(withDefaults(numbers, profile)))) {
      const keys = keysOf[id];
      if (
        keys === undefined ||
        keys.some((key) => isMisspelt(entry, key)) ||
        (id === "queue-threshold-zero" && isToldAbove(entry))
      )
        continue;
      const written = keys.flatMap((key) => entry.thresholds[key] ?? []);
      report({
        at: written[0]?.node ?? entry.doc.carrier?.node ?? entry.root,
        message: "dead",
        slots: {
          keys: keys.join(" and "),
          verb: keys.length === 1 ? "is" : "are",
          why: written.length === 0 ? ", for nothing is written and this version has no defaults" : "",
          consequence,
          mend: keys.map((key) => `${key}: ${usual(key)}`).join(" and "),
        },
      });
    }
    const lone = loneGap(entry);
    if (lone !== undefined) {
      report({
        at: entry.thresholds[lone.other]?.node ?? entry.root,
        message: "halved",
        slots: { key: lone.key, other: lone.other, load: lone.load, mend: `${lone.key}: ${usual(lone.key)}` },
        severity: "warning",
      });
    }
  },
});

/** One trigger left out beside another that works: half of the decision is missing. */
function loneGap(entry: SaturationEntry) {
  const gaps = [
    { key: "kvSpareTrigger", other: "queueSpareTrigger", load: "a full KV cache" },
    { key: "queueSpareTrigger", other: "kvSpareTrigger", load: "a full queue" },
  ] as const;
  return gaps.find(
    ({ key, other }) =>
      at(entry.root, key) === undefined && !isMisspelt(entry, key) && (entry.thresholds[other]?.value ?? 0) > 0,
  );
}

/** Whether the percentage-based analysis uses the entry, and every number in it can be read. */
function isRead({ root, thresholds }: SaturationEntry): boolean {
  if (at(root, "analyzerName") !== undefined) return false;
  return thresholdKeys.every((key) => at(root, key) === undefined || thresholds[key] !== undefined);
}

/** A written trigger above a written threshold is told by `wva/trigger-unreachable`. */
function isToldAbove({ thresholds: { queueSpareTrigger, queueLengthThreshold } }: SaturationEntry): boolean {
  if (queueSpareTrigger === undefined || queueLengthThreshold === undefined) return false;
  return queueSpareTrigger.value > queueLengthThreshold.value;
}
