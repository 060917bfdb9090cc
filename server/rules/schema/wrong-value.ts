import type { RawFix } from "../../findings/raw-finding.ts";
import type { WrongValue } from "../../schemas/problem.ts";
import { setScalar } from "../../text/edits.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { betterValue } from "./better-value.ts";
import { checkedKinds, titleFor, told } from "./told.ts";
import { kindOfValue, listed, whereIs } from "./words.ts";

export const wrongValue = defineRule({
  id: "schema/wrong-value",
  title: "Value that is not allowed",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: [
    "H-02",
    "H-03",
    "H-05",
    "H-06",
    "H-08",
    "K-05",
    "K-31",
    "K-34",
    "W-03",
    "W-19",
    "LMC-004",
    "LMC-006",
    "LMC-024",
    "LMC-028",
    "LMC-029",
    "LMC-032",
    "LMC-050",
    "LMC-054",
    "LMC-055",
    "EPP-01",
    "EPP-04",
    "EPP-15",
    "GW-06",
    "VAL-05",
    "VLM-06",
  ],
  docs: {
    summary:
      "A word is none of those that are known in its place, a number lies outside its bounds, or a text does not have the form that is read.",
    why: "The consumer refuses the object, or takes its default instead. In the behavior of a ScaledObject it is worse: KEDA accepts it and then cannot create its HPA, so that nothing scales and nobody says so.",
    mend: "Use one of the values that the message names.",
    sources: [
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/autoscaling/validation/validation.go",
      "https://keda.sh/docs/latest/reference/scaledobject-spec/",
      "https://kubernetes.io/docs/reference/kubernetes-api/",
    ],
  },
  examples: {
    bad: `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: model-cache
spec:
  accessModes: [ReadWriteMani] # <-
  resources:
    requests: {storage: 500Gi}
`,
    good: `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: model-cache
spec:
  accessModes: [ReadWriteMany]
  resources:
    requests: {storage: 500Gi}
`,
  },
  messages: {
    word: "{object}: {place} cannot be {found}; it may be {allowed}.{meant}{mend}",
    only: "{object}: {place} must be {allowed}{but}.{mend}",
    limit: "{object}: {place} must {allowed}{but}.{mend}",
    form: "{object}: {place} must be {allowed}{but}.{mend}",
  },
  reads: checkedKinds,
  check(context) {
    const { report } = context;
    const title = titleFor(context);
    for (const problem of told(context, "wrong-value")) {
      const { value, allowed, pointer } = problem;
      const words = "values" in allowed ? allowed.values.map(String) : [];
      const near = value.type === "scalar" ? nearest(value.text, words) : undefined;
      const better = value.type === "scalar" ? betterValue(context.object.kind.schema, allowed, value.text) : undefined;
      const found = value.type === "scalar" ? kindOfValue(value).replace(/^the (?:text|number) /, "") : "";
      report({
        at: value,
        message: "values" in allowed ? (words.length === 1 ? "only" : "word") : "limit" in allowed ? "limit" : "form",
        slots: {
          object: title,
          place: whereIs(pointer),
          found,
          but: found === "" || found === '""' ? "" : `, not ${found}`,
          allowed: "values" in allowed ? listed(words) : "limit" in allowed ? allowed.limit : allowed.form,
          meant: near === undefined ? "" : ` Did you mean "${near}"?`,
          mend: near !== undefined || better === undefined ? "" : ` Write ${better}.`,
        },
        fixes: replaced(problem, near ?? better),
      });
    }
  },
});

function replaced({ value }: WrongValue, meant: string | undefined): RawFix[] {
  if (value.type !== "scalar" || meant === undefined) return [];
  return [{ title: `Change to ${meant}`, safe: false, edits: [setScalar(value, meant)] }];
}
