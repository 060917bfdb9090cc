import { defineRule } from "../rule.ts";
import { checkedKinds, titleFor, told } from "./told.ts";
import { listed, whereIs } from "./words.ts";

export const missingKey = defineRule({
  id: "schema/missing-key",
  title: "Key that has to be there",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["H-02", "H-06", "K-05", "LMC-036", "LMC-054", "GW-05", "VAL-09", "VLM-06"],
  docs: {
    summary: "A key without which its consumer does nothing is missing, or has no value.",
    why: "The object is refused as a whole, or the controller that reads it reports an error and leaves everything as it is.",
    mend: "Write the key. Parts of objects are left alone: what a kustomization applies as a patch, and what has no name.",
    sources: [
      "https://kubernetes.io/docs/reference/kubernetes-api/",
      "https://keda.sh/docs/latest/reference/scaledobject-spec/",
    ],
  },
  examples: {
    bad: `apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata:
  name: prometheus
spec:
  secretTargetRef:
    - parameter: bearerToken # <-
      name: prometheus-token
`,
    good: `apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata:
  name: prometheus
spec:
  secretTargetRef:
    - parameter: bearerToken
      name: prometheus-token
      key: token
`,
  },
  messages: {
    one: "{object}: {holder} lacks {keys}, which it must have.",
    several: "{object}: {holder} lacks {keys}, which it must have.",
    any: "{object}: {holder} must have {keys}.",
  },
  reads: checkedKinds,
  check(context) {
    const { report } = context;
    const title = titleFor(context);
    for (const { at, any, keys, pointer } of told(context, "missing-key")) {
      const message = any ? "any" : keys.length === 1 ? "one" : "several";
      const holder = pointer === "" ? "it" : whereIs(pointer);
      report({ at, message, slots: { object: title, holder, keys: listed(keys, any ? "or" : "and") } });
    }
  },
});
