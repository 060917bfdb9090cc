import { statedRelease, type WvaRelease } from "../../graph/wva-release.ts";
import { saturationConfig } from "../../kinds/wva/saturation.ts";
import { at, entriesAt } from "../../text/read.ts";
import { isTemplated } from "../../text/template.ts";
import { defineRule } from "../rule.ts";

const example = (keys: string) => `# file: headroom.config.yaml
versions: {wva: "0.5.1"}
# file: saturation.yaml
apiVersion: v1
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
${keys}`;

/** kubernetes pkg/apis/core/validation, IsConfigMapKey. */
const allowedKey = /^[-._a-zA-Z0-9]{1,253}$/;

export const entryNeverRead = defineRule({
  id: "wva/entry-never-read",
  title: "Saturation entry for one model that WVA never reads",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["W-08"],
  docs: {
    summary:
      "The saturation ConfigMap has an entry beside default that the running version of WVA does not look up, a name for one that Kubernetes refuses, or no entry default where nothing works without.",
    why: "Entries for one model work in 0.4 alone, by model_id and namespace. Version 0.5 reads default and nothing else, and skips every model where there is none. Versions from 0.6 look for a key that is the model, a # and the namespace; Kubernetes allows letters, digits, -, _ and . in the keys of a ConfigMap, and refuses the whole ConfigMap because of a # or a /.",
    mend: "Put the numbers that matter into default. Models that need others can have a WVA and a ConfigMap in a namespace of their own.",
    sources: [
      "https://kubernetes.io/docs/concepts/configuration/configmap/",
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/main/docs/saturation-scaling-config.md",
    ],
  },
  examples: {
    bad: example("  llama: | # <-\n    model_id: meta/llama\n    kvCacheThreshold: 0.70\n"),
    good: example(""),
  },
  messages: {
    key: '{object}: Kubernetes refuses the ConfigMap because of the key "{key}": only letters, digits, -, _ and . may stand in it. {mend}',
    ignored:
      '{object}: WVA {version} reads the entry "default" alone, so "{key}" has no effect. Put its numbers into default.',
    unreachable:
      '{object}: WVA {version} looks up overrides by model#namespace, a key that Kubernetes does not allow, and never by "{key}": the entry has no effect. Put its numbers into default.',
    unmatched:
      '{object}: WVA {version} finds an override by model_id and namespace, and "{key}" lacks {missing}: the entry has no effect. Write {missing}.',
    noDefault:
      '{object}: WVA {version} has no built-in numbers and reads the entry "default" alone, which is missing: it skips every model. Write default with all four numbers.',
  },
  reads: [saturationConfig],
  check({ object, graph, settings, report }) {
    if (graph.layout.isPatch(object.path)) return;
    const release = statedRelease(settings);
    const keys = entriesAt(object.root, "data").map(({ key }) => key);
    if (keys.some(({ text }) => isTemplated(text) || text === "<<")) return;
    for (const key of keys.filter(({ text }) => !allowedKey.test(text))) {
      const slots = { object: object.title, key: key.text, mend: mendOf(release) };
      report({ at: key, message: "key", slots });
    }
    if (release === undefined) return;
    const names = { object: object.title, version: release.name };
    const first = keys[0];
    if (release.minor === 5 && first !== undefined && !keys.some(({ text }) => text === "default")) {
      report({ at: object.name?.node ?? first, message: "noDefault", slots: names });
      return;
    }
    for (const entry of object.view.entries) {
      const key = keys.find(({ text }) => text === entry.name);
      if (key === undefined || entry.name === "default" || !allowedKey.test(key.text)) continue;
      const missing = ["model_id", "namespace"].filter((name) => at(entry.root, name) === undefined);
      const message = release.minor === 5 ? "ignored" : release.minor > 5 ? "unreachable" : "unmatched";
      if (message === "unmatched" && missing.length === 0) continue;
      report({ at: key, message, slots: { ...names, key: key.text, missing: missing.join(" and ") } });
    }
  },
});

function mendOf(release: WvaRelease | undefined): string {
  return release?.minor === 4
    ? "WVA 0.4 finds an override by its model_id and namespace, under any key: choose another."
    : "Put the numbers into default.";
}
