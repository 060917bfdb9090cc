import { cacheBlendEngine, lmcacheEngine } from "../../kinds/lmcache/operator.ts";
import { removeEntry } from "../../text/edits.ts";
import { mapAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const example = (serde: string) => `apiVersion: lmcache.lmcache.ai/v1alpha1
kind: LMCacheEngine
metadata:
  name: node-cache
spec:
  l1:
    sizeGB: 60
  l2Backend:
    raw:
      type: fs
      config:
        base_path: /data
${serde}    serde:
      aesgcm:
        masterKeySecretRef:
          name: master-key
`;

export const twoSerdes = defineRule({
  id: "lmcache/two-serdes",
  title: "Encoding of the second tier said twice",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-054"],
  docs: {
    summary: "l2Backend has `serde` and `raw.config.serde`.",
    why: "Both choose how chunks are written to the second tier. The operator refuses an engine that has both, and starts no server.",
    mend: "Keep serde, which the operator checks.",
    sources: ["https://github.com/LMCache/LMCache/tree/dev/operator/api/v1alpha1"],
  },
  examples: { bad: example("        serde: {type: aesgcm} # <-\n"), good: example("") },
  messages: {
    both: "{object}: l2Backend.serde and l2Backend.raw.config.serde both choose the encoding, and the operator refuses the engine. Keep serde.",
  },
  reads: [lmcacheEngine, cacheBlendEngine],
  check({ object, report }) {
    const backend = mapAt(object.root, "spec", "l2Backend");
    const config = mapAt(backend, "raw", "config");
    const own = config?.entries.find(({ key }) => key.type === "scalar" && key.text === "serde");
    if (config === undefined || own === undefined || mapAt(backend, "serde") === undefined) return;
    const edit = removeEntry(config, "serde");
    const fixes = edit === undefined ? [] : [{ title: "Take out raw.config.serde", safe: false, edits: [edit] }];
    report({ at: own.key, message: "both", slots: { object: object.title }, fixes });
  },
});
