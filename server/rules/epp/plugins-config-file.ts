import { nameAt } from "../../graph/references/name.ts";
import { gieValues } from "../../kinds/helm-values/gie.ts";
import { routerValues } from "../../kinds/helm-values/router.ts";
import { entriesAt, mapAt, stringAt } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { isTemplated } from "../../text/template.ts";
import { defineRule } from "../rule.ts";

const example = (file: string) => `router:
  modelServers:
    matchLabels: {app: llama}
  epp:
    resources: {requests: {cpu: "4", memory: 4Gi}}
    pluginsConfigFile: ${file}
    pluginsCustomConfig:
      llama.yaml: |
        apiVersion: llm-d.ai/v1alpha1
        kind: EndpointPickerConfig
        plugins:
          - type: queue-scorer
`;

export const pluginsConfigFile = defineRule({
  id: "epp/plugins-config-file",
  title: "Configuration that the chart does not mount",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["EPP-19"],
  docs: {
    summary:
      "In values of the router's or the inference extension's chart, pluginsConfigFile names a file that is neither the chart's own nor a key of pluginsCustomConfig, or pluginsCustomConfig has a file that pluginsConfigFile does not select.",
    why: "The chart mounts the files of pluginsCustomConfig and starts the endpoint picker with the one that pluginsConfigFile names. A name without a file keeps it from starting; a file that is not named is mounted and never read.",
    mend: "Write the key of your configuration into pluginsConfigFile.",
    sources: ["https://github.com/llm-d/llm-d-router/tree/main/config/charts"],
  },
  examples: { bad: example("custom.yaml # <-"), good: example("llama.yaml") },
  messages: {
    missing:
      "pluginsConfigFile is {file}, which pluginsCustomConfig does not have: the endpoint picker finds no such file and does not start. There is {keys}.",
    unread:
      "pluginsCustomConfig has {keys}, and pluginsConfigFile selects {file}: that configuration is never read. Select it.",
  },
  reads: [routerValues, gieValues],
  check({ object, report }) {
    const epp = mapAt(
      object.root,
      ...(object.kind.id === routerValues.id ? ["router", "epp"] : ["inferenceExtension"]),
    );
    const file = stringAt(epp, "pluginsConfigFile");
    const custom = entriesAt(epp, "pluginsCustomConfig").map(({ key }) => key);
    const keys = custom.map(({ text }) => text);
    const [first] = custom;
    if (file === undefined || first === undefined || keys.includes(file.value) || keys.some(isTemplated)) return;
    const isOwn = ownFiles.test(file.value);
    const meant = keys.length === 1 ? keys[0] : nearest(file.value, keys);
    const edit = meant === undefined ? undefined : nameAt(file.node)?.rewrite(meant);
    report({
      at: file.node,
      message: isOwn ? "unread" : "missing",
      slots: { file: file.value, keys: keys.slice(0, 4).join(", ") },
      severity: isOwn ? "warning" : "error",
      related: [{ at: first, message: "The configuration in these values" }],
      fixes: edit === undefined ? [] : [{ title: `Write ${meant}`, safe: false, edits: [edit] }],
    });
  },
});

/** What the charts bring along, over their versions. */
const ownFiles = /^(?:default-plugins|payload-agnostic|plugins-v\d+)\.yaml$/;
