import { statedRelease } from "../../graph/wva-release.ts";
import { saturationConfig, saturationMapName } from "../../kinds/wva/saturation.ts";
import { at, mapAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const example = (key: string, mark = "") => `apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-saturation-scaling-config${mark}
  namespace: workload-variant-autoscaler-system
data:
  ${key}: |
    kvCacheThreshold: 0.80
    queueLengthThreshold: 5
    kvSpareTrigger: 0.10
    queueSpareTrigger: 3
---
# file: headroom.config.yaml
versions:
  wva: "0.5.1"
`;

export const defaultMissing = defineRule({
  id: "wva/default-missing",
  title: "Saturation ConfigMap without its default entry",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["W-07"],
  docs: {
    summary:
      "The saturation ConfigMap of WVA 0.5 has no key `default`. Needs the version under `versions` in headroom.config.yaml.",
    why: "WVA 0.5 reads the entry `default` and no other, and has no built-in numbers to fall back to: without it every model is skipped, and nothing scales. Versions 0.4 and 0.6 and later use 0.80, 5, 0.10 and 3 then.",
    mend: "Add the key `default` with all four thresholds.",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/v0.5.1/internal/engines/saturation/engine.go",
    ],
  },
  examples: { bad: example("defaults", " # <-"), good: example("default") },
  messages: {
    missing:
      "{object} has no entry `default`: WVA 0.5 reads no other and has no built-in numbers, so it skips every model. Add `default` with all four thresholds.",
  },
  reads: [saturationConfig],
  check({ object, settings, report }) {
    const name = stringAt(object.root, "metadata", "name");
    const data = mapAt(object.root, "data");
    if (statedRelease(settings)?.minor !== 5 || name === undefined || data === undefined) return;
    if (!saturationMapName.test(name.value) || at(data, "default") !== undefined || at(data, "<<") !== undefined)
      return;
    report({ at: name.node, message: "missing", slots: { object: object.title } });
  },
});
