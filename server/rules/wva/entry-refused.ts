import { withDefaults } from "../../engine/wva/config/defaults.ts";
import { usesTokens } from "../../engine/wva/config/entry.ts";
import { type Violation, validateEntry } from "../../engine/wva/config/validate.ts";
import { statedRelease, type WvaRelease } from "../../graph/wva-release.ts";
import { saturationConfig } from "../../kinds/wva/saturation.ts";
import { type EntryNumbers, numbersOf } from "../../scenario/saturation-numbers.ts";
import { profileOf } from "../../scenario/wva-profile.ts";
import { setAll, setEntry } from "../../text/edits.ts";
import { at } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { isMisspelt } from "./misspelt.ts";

const example = (tokens: string, mark = "") => `# file: headroom.config.yaml
versions: {wva: "0.5.1"}
# file: saturation.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-saturation-scaling-config
  namespace: workload-variant-autoscaler-system
data:
  default: |
    analyzerName: saturation${mark}
    kvCacheThreshold: 0.80
    queueLengthThreshold: 5
    kvSpareTrigger: 0.10
    queueSpareTrigger: 3
${tokens}`;

/** Built into WVA, which 0.5 does not fill in before it validates. */
const tokenKeys = { scaleUpThreshold: "0.85", scaleDownBoundary: "0.70" } as const;
type TokenKey = keyof typeof tokenKeys;

export const entryRefused = defineRule({
  id: "wva/entry-refused",
  title: "Saturation entry that WVA refuses as a whole",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["W-07", "W-11"],
  docs: {
    summary:
      "The default entry of WVA's saturation configuration has numbers that are right one by one and not together: scaleUpThreshold not above scaleDownBoundary, or, in 0.5, one that is left out. Needs the version under `versions` in headroom.config.yaml.",
    why: "WVA checks an entry when it reads it, logs the first thing that is wrong, and drops the entry with everything in it. Version 0.5 then has no numbers at all and skips every model; other versions go on with their built-in ones, and what the entry says has no effect. Version 0.5 checks before it fills anything in, so a key that is left out counts as 0.",
    mend: "Write the key that is missing, or put scaleUpThreshold above scaleDownBoundary. WVA's own pair is 0.85 and 0.70.",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/v0.5.1/internal/interfaces/saturation_scaling.go",
    ],
  },
  examples: {
    bad: example("", " # <-"),
    good: example("    scaleUpThreshold: 0.85\n    scaleDownBoundary: 0.70\n"),
  },
  messages: {
    kv: 'Entry "default": kvCacheThreshold is left out, and WVA {version} takes 0, which is below kvSpareTrigger {trigger}. {outcome} Write kvCacheThreshold: 0.80.',
    missing:
      'Entry "default": analyzerName saturation needs {keys}, and WVA {version} fills nothing in before it validates. {outcome} Write {mend}.',
    order:
      'Entry "default": scaleUpThreshold {up} is not above scaleDownBoundary {down}. {outcome} Raise scaleUpThreshold or lower scaleDownBoundary.',
  },
  reads: [saturationConfig],
  check({ object, graph, settings, report }) {
    const release = statedRelease(settings);
    const found = object.view.entries.find(({ name }) => name === "default");
    const numbers = found === undefined ? undefined : numbersOf(found);
    if (release === undefined || found === undefined || numbers === undefined) return;
    if (graph.layout.isPatch(object.path)) return;
    const { entry, placed } = numbers;
    const violations = violationsOf(numbers, release);
    // A number out of its range is the schema's to tell, and the rest may follow from it.
    if (violations.some(({ path, against }) => against === undefined && Object.hasOwn(placed, path))) return;
    const whole = found.doc.carrier?.node ?? found.root;
    const [version, outcome] = [release.name, outcomeIn(release)];
    const isKvLow = violations.some(({ path }) => path === "kvCacheThreshold");
    if (isKvLow && placed.kvCacheThreshold === undefined && !isMisspelt(found, "kvCacheThreshold")) {
      const fix = { title: "Write kvCacheThreshold: 0.80", edits: [setEntry(found.root, "kvCacheThreshold", "0.80")] };
      report({
        at: placed.kvSpareTrigger?.node ?? whole,
        message: "kv",
        slots: { version, outcome, trigger: entry.kvSpareTrigger ?? 0 },
        fixes: [{ ...fix, safe: false }],
      });
    }
    const tokens = violations.filter(({ path }) => Object.hasOwn(tokenKeys, path));
    if (tokens.length === 0) return;
    const missing = (Object.keys(tokenKeys) as TokenKey[]).filter((key) => placed[key] === undefined);
    if (release.minor === 5 && missing.length > 0) {
      const lines = missing.map((key) => `${key}: ${tokenKeys[key]}`);
      const slots = { version, outcome, keys: missing.join(" and "), mend: lines.join(" and ") };
      const edits = setAll(found.root, [], Object.fromEntries(missing.map((key) => [key, tokenKeys[key]])));
      const fixes = edits === undefined ? [] : [{ title: `Write ${lines.join(" and ")}`, safe: false, edits }];
      report({ at: at(found.root, "analyzerName") ?? whole, message: "missing", slots, fixes });
      return;
    }
    const { scaleUpThreshold: up, scaleDownBoundary: down } = placed;
    const slots = {
      outcome,
      up: up?.value ?? `${tokenKeys.scaleUpThreshold} (built in)`,
      down: down?.value ?? `${tokenKeys.scaleDownBoundary} (built in)`,
    };
    report({ at: up?.node ?? down?.node ?? whole, message: "order", slots });
  },
});

/** The token analysis came with 0.5.1; 0.5 alone may be either. */
function violationsOf({ entry }: EntryNumbers, release: WvaRelease): readonly Violation[] {
  const knowsTokens = release.minor > 5 || (release.minor === 5 && (release.patch ?? 0) >= 1);
  if (usesTokens(entry) && !knowsTokens) return [];
  const profile = profileOf(release);
  // 0.4 and 0.5 validate what is written, later ones what they have filled up.
  return validateEntry(release.minor <= 5 ? entry : withDefaults(entry, profile), profile);
}

function outcomeIn({ minor, name }: WvaRelease): string {
  return minor === 5
    ? `WVA ${name} drops the entry and skips every model.`
    : `WVA ${name} drops the entry and goes on with its built-in numbers.`;
}
