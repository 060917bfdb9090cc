import { productionStackValues } from "../../kinds/helm-values/production-stack.ts";
import { modelsOf } from "../../kinds/helm-values/stack-model.ts";
import { removeEntry } from "../../text/edits.ts";
import { mapAt, scalarAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { stackModel } from "./example.ts";

export const pdKey = defineRule({
  id: "values/pd-key",
  title: "enablePD that is on although it says false",
  since: "0.1.0",
  severity: "error",
  fixable: "safe",
  refs: ["VAL-07", "LMC-058"],
  docs: {
    summary:
      "A model of the production stack has lmcacheConfig.enablePD: false. The chart asks only whether the key is there.",
    why: "Where the key is there, the chart writes the --kv-transfer-config of disaggregated prefill, with nixlRole in it. Without a nixlRole the text is no JSON, and vLLM ends with an error in every start; with one it waits for a peer that nobody set up.",
    mend: "Delete the key.",
    sources: ["https://github.com/vllm-project/production-stack/blob/main/helm/templates/deployment-vllm-multi.yaml"],
  },
  examples: {
    bad: stackModel(`lmcacheConfig:
        enabled: true
        cpuOffloadingBufferSize: "20"
        enablePD: false # <-`),
    good: stackModel(`lmcacheConfig:
        enabled: true
        cpuOffloadingBufferSize: "20"`),
  },
  messages: {
    json: "{object}: {model} has enablePD: false, but the chart asks only whether the key is there. It writes the kv-transfer-config of disaggregated prefill, without a nixlRole no valid JSON, and vLLM does not start. Delete the key.",
    role: "{object}: {model} has enablePD: false, but the chart asks only whether the key is there, and starts vLLM as {role} of disaggregated prefill. Delete the key.",
  },
  reads: [productionStackValues],
  check({ object, report }) {
    for (const { root, title: model } of modelsOf(object)) {
      const cache = mapAt(root, "lmcacheConfig");
      const key = scalarAt(cache, "enablePD");
      if (cache === undefined || key?.text !== "false" || scalarAt(cache, "enabled")?.text !== "true") continue;
      const role = stringAt(cache, "nixlRole")?.value;
      const edit = cache.anchor === undefined ? removeEntry(cache, "enablePD") : undefined;
      const fixes = edit === undefined ? [] : [{ title: "Delete enablePD", safe: true, edits: [edit] }];
      const slots = { object: object.title, model };
      if (role === undefined) report({ at: key, message: "json", slots, fixes });
      else report({ at: key, message: "role", slots: { ...slots, role }, fixes });
    }
  },
});
