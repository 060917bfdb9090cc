import type { RawFix } from "../../findings/raw-finding.ts";
import { llmdShorthand } from "../../kinds/llmd-shorthand/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { at, itemsAt, numberAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

export const shorthand = defineRule({
  id: "epp/shorthand",
  title: "Shorthand of a tutorial",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["EPP-29", "S3"],
  docs: {
    summary:
      "A document has the form in which tutorials sketch llm-d: `scorers` with `type: prefix-aware`, `nixl` with a backend, or `prefill` and `decode` with tensorParallel.",
    why: "Neither the endpoint picker nor a chart reads it. There are no plugins prefix-aware and load-aware, and hashBlockSize is a parameter of routers of before 0.4 alone.",
    mend: "Write an EndpointPickerConfig with plugins and a scheduling profile. Degrees of parallelism belong to vLLM's arguments or to the values of llm-d-modelservice (decode.parallelism.tensor), NIXL to --kv-transfer-config.",
    sources: ["https://github.com/llm-d/llm-d-router/tree/main/deploy/config"],
  },
  examples: {
    bad: `scorers: # <-
  - type: prefix-aware
    weight: 100
    parameters: {hashBlockSize: 5}
  - type: load-aware
    weight: 50
`,
    good: `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: prefix-cache-scorer
  - type: load-aware-scorer
schedulingProfiles:
  - name: default
    plugins:
      - pluginRef: prefix-cache-scorer
        weight: 100
      - pluginRef: load-aware-scorer
        weight: 50
`,
  },
  messages: {
    scorers:
      "This is a tutorial's shorthand for scorers, which no endpoint picker reads. Write an EndpointPickerConfig with plugins and a profile.",
    nixl: "This is a tutorial's shorthand, which nothing reads. NIXL is set by --kv-transfer-config and its variables.",
    roles:
      "This is a tutorial's shorthand, which neither llm-d nor vLLM reads. Write {key} as decode.parallelism and prefill.parallelism of llm-d-modelservice, or as arguments of vLLM.",
  },
  reads: [llmdShorthand],
  check({ object, report }) {
    const { root } = object;
    const [first] = root.entries;
    const key = (name: string) =>
      root.entries.find((entry) => entry.key.type === "scalar" && entry.key.text === name)?.key;
    if (at(root, "scorers") !== undefined)
      report({ at: key("scorers") ?? root, message: "scorers", slots: {}, fixes: whole(object) });
    else if (at(root, "nixl") !== undefined) report({ at: key("nixl") ?? root, message: "nixl", slots: {} });
    else {
      const degree = ["tensorParallel", "expertParallel"].find((name) =>
        ["prefill", "decode"].some((role) => at(root, role, name) !== undefined),
      );
      report({ at: first?.key ?? root, message: "roles", slots: { key: degree ?? "it" } });
    }
  },
});

/** What the words of tutorials stand for (llm-d-router, the plugins of v0.10). */
const meaning: ReadonlyMap<string, string> = new Map([
  ["prefix-aware", "prefix-cache-scorer"],
  ["load-aware", "load-aware-scorer"],
  ["queue-aware", "queue-scorer"],
  ["kv-cache-aware", "kv-cache-utilization-scorer"],
]);

/** The whole configuration, where every scorer has a meaning and nothing else stands in the document. */
function whole({ root }: StackObject): RawFix[] {
  const items = itemsAt(root, "scorers");
  const scorers = items.flatMap((item) => {
    const type = meaning.get(stringAt(item, "type")?.value ?? "");
    return type === undefined ? [] : [{ type, weight: numberAt(item, "weight")?.value ?? 1 }];
  });
  const isAll = scorers.length === items.length && new Set(scorers.map(({ type }) => type)).size === items.length;
  if (!isAll || root.entries.length > 1 || root.flow || root.doc.carrier !== undefined) return [];
  const lines = [
    "apiVersion: llm-d.ai/v1alpha1",
    "kind: EndpointPickerConfig",
    "plugins:",
    ...scorers.map(({ type }) => `  - type: ${type}`),
    "schedulingProfiles:",
    "  - name: default",
    "    plugins:",
    ...scorers.flatMap(({ type, weight }) => [`      - pluginRef: ${type}`, `        weight: ${weight}`]),
  ];
  const { doc, start, end } = root;
  const newText = lines.join("\n") + (doc.text.slice(start, end).endsWith("\n") ? "\n" : "");
  return [{ title: "Write it as an EndpointPickerConfig", safe: false, edits: [{ doc, start, end, newText }] }];
}
