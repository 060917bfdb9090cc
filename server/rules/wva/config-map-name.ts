import { statedRelease, type WvaRelease } from "../../graph/wva-release.ts";
import { saturationConfig } from "../../kinds/wva/saturation.ts";
import { defineRule } from "../rule.ts";

/** Commits 1319221 (after 0.4.2) and f3e0dfe (after 0.5.0) changed what WVA looks for. */
const [first, second, third] = [
  "capacity-scaling-config",
  "saturation-scaling-config",
  "wva-saturation-scaling-config",
];
/** Guides print the last of them, which no version reads. */
const names = new Set([first, second, third, "wva-saturation-config"]);

const example = (name: string) => `# file: headroom.config.yaml
versions: {wva: "0.5.1"}
# file: saturation.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: workload-variant-autoscaler-system
data:
  default: |
    kvCacheThreshold: 0.80
    queueLengthThreshold: 5
    kvSpareTrigger: 0.10
    queueSpareTrigger: 3
`;

export const configMapName = defineRule({
  id: "wva/config-map-name",
  title: "Saturation ConfigMap under the name of another version",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["W-09"],
  docs: {
    summary:
      "The saturation ConfigMap has a name that another version of WVA looks for, or one that only guides have. Needs the version under `versions` in headroom.config.yaml.",
    why: "WVA reads one ConfigMap by its name: capacity-scaling-config in 0.4, saturation-scaling-config in 0.5.0, wva-saturation-scaling-config since 0.5.1. One of another name is not read: 0.5 then skips every model, other versions use their built-in numbers. Names with a prefix of a chart or an overlay are left alone.",
    mend: "Rename it, or name it to WVA by the variable SATURATION_CONFIG_MAP_NAME.",
    sources: ["https://github.com/llm-d/llm-d-workload-variant-autoscaler/releases"],
  },
  examples: { bad: example("saturation-scaling-config # <-"), good: example(third) },
  messages: {
    other:
      "{object}: WVA {version} looks for {wanted}, unless SATURATION_CONFIG_MAP_NAME says otherwise, and {outcome} without it. Rename the ConfigMap.",
  },
  reads: [saturationConfig],
  check({ object, graph, settings, report }) {
    const release = statedRelease(settings);
    const { name } = object;
    if (release === undefined || name === undefined || graph.layout.isPatch(object.path)) return;
    const wanted = namesIn(release);
    if (wanted.length === 0 || !names.has(name.value) || wanted.includes(name.value)) return;
    const slots = {
      object: object.title,
      version: release.name,
      wanted: wanted.join(" or "),
      outcome: release.minor === 5 ? "skips every model" : "uses its built-in numbers",
    };
    report({ at: name.node, message: "other", slots });
  },
});

/** 0.5 alone may be either of its two. */
function namesIn({ minor, patch }: WvaRelease): readonly string[] {
  if (minor < 4) return [];
  if (minor === 4) return [first];
  if (minor > 5) return [third];
  return patch === undefined ? [second, third] : patch === 0 ? [second] : [third];
}
