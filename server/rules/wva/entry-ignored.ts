import { statedRelease } from "../../graph/wva-release.ts";
import { saturationConfig } from "../../kinds/wva/saturation.ts";
import { defineRule } from "../rule.ts";

const example = (more: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-saturation-scaling-config
  namespace: workload-variant-autoscaler-system
data:
  default: |
    kvCacheThreshold: 0.80
    queueLengthThreshold: 5
    kvSpareTrigger: 0.10
    queueSpareTrigger: 3
${more}---
# file: headroom.config.yaml
versions:
  wva: "0.5.1"
`;

export const entryIgnored = defineRule({
  id: "wva/entry-ignored",
  title: "Entry for one model that this version of WVA never reads",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["W-08"],
  docs: {
    summary:
      "The saturation ConfigMap of WVA 0.5 or later has an entry beside `default`. Needs the version under `versions` in headroom.config.yaml.",
    why: "Entries for single models work in WVA 0.4 alone. 0.5 reads `default` and nothing else. From 0.6 on the key of such an entry has to be the model, a # and the namespace, and Kubernetes allows no # in the keys of a ConfigMap; every other key is never looked up. The model goes on with the numbers of `default`.",
    mend: "Take the entry out, and set in `default` what all models can live with. Models that need other numbers can have a WVA of their own.",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/v0.5.1/internal/engines/saturation/engine.go",
      "https://kubernetes.io/docs/concepts/configuration/configmap/",
    ],
  },
  examples: {
    bad: example(
      "  llama: | # <-\n    model_id: meta-llama/Llama-3.1-8B-Instruct\n    namespace: llm\n    kvCacheThreshold: 0.70\n    queueLengthThreshold: 5\n    kvSpareTrigger: 0.20\n    queueSpareTrigger: 3\n",
    ),
    good: example(""),
  },
  messages: {
    ignored:
      'Entry "{name}" is never read: WVA {version} looks for {looksFor}, so {model} keeps the thresholds of "default". Take the entry out.',
  },
  reads: [saturationConfig],
  check({ object, settings, report }) {
    const release = statedRelease(settings);
    if (release === undefined || release.minor < 5) return;
    // Without it, wva/default-missing says more.
    if (release.minor === 5 && !object.view.entries.some(({ name }) => name === "default")) return;
    for (const entry of object.view.entries) {
      if (entry.name === "default" || entry.name.includes("#")) continue;
      report({
        at: entry.doc.carrier?.node ?? entry.root,
        message: "ignored",
        slots: {
          name: entry.name,
          version: release.name,
          looksFor: release.minor === 5 ? '"default" alone' : "a key of model#namespace, which Kubernetes refuses",
          model: entry.modelId?.value ?? "the model",
        },
      });
    }
  },
});
