import { inferencePool, oldInferencePool } from "../../kinds/inference-pool/kind.ts";
import { defineRule } from "../rule.ts";
import { listed } from "../schema/words.ts";
import { formsIn, poolVersion, toV1 } from "./to-v1.ts";

const example = (form: string) => `apiVersion: ${poolVersion}
kind: InferencePool
metadata:
  name: qwen3-32b
spec:
${form}`;

export const mixedForm = defineRule({
  id: "pool/mixed-form",
  title: "InferencePool in the form of another version",
  since: "0.1.0",
  severity: "error",
  fixable: "safe",
  refs: ["GW-05"],
  docs: {
    summary:
      "An InferencePool of v1 has keys of v1alpha2 (a flat selector, targetPortNumber, extensionRef), or one of v1alpha2 has keys of v1.",
    why: "Each version has a form of its own. The API server drops the keys of the other one, and what has to stand in their place is missing, so it refuses the pool: no request gets to a pod.",
    mend: "Write selector.matchLabels, targetPorts with a number, and endpointPickerRef with port.number; failureMode keeps its name. The fix does that and keeps comments. A pool that gets the apiVersion of v1 is another object: HTTPRoutes name its group in their backendRefs, and the picker's Role has to grant it.",
    sources: [
      "https://gateway-api-inference-extension.sigs.k8s.io/guides/ga-migration/",
      "https://github.com/kubernetes-sigs/gateway-api-inference-extension/tree/main/config/crd/bases",
    ],
  },
  examples: {
    bad: example(`  selector: # <-
    app: qwen3-32b
  targetPortNumber: 8000
  extensionRef:
    name: qwen3-32b-epp
    failureMode: FailOpen
`),
    good: example(`  selector:
    matchLabels:
      app: qwen3-32b
  targetPorts:
    - number: 8000
  endpointPickerRef:
    name: qwen3-32b-epp
    port:
      number: 9002
    failureMode: FailOpen
`),
  },
  messages: {
    old: "{object} is of v1 and has the form of v1alpha2 ({keys}): the API server drops that and refuses the pool. Write selector.matchLabels, targetPorts and endpointPickerRef.",
    current: `{object} is of v1alpha2 and has the form of v1 ({keys}): the API server drops that and refuses the pool. Write apiVersion ${poolVersion}.`,
  },
  reads: [inferencePool, oldInferencePool],
  check({ object, graph, report }) {
    if (graph.layout.isPatch(object.path)) return;
    const isNew = object.kind.id === inferencePool.id;
    const forms = formsIn(object);
    const keys = isNew ? forms.old : forms.current;
    const [first] = keys;
    if (first === undefined) return;
    const names = keys.map(({ text }) => (text === "selector" ? "a flat selector" : text));
    const slots = { object: object.title, keys: listed(names, "and") };
    report({ at: first, message: isNew ? "old" : "current", slots, fixes: toV1(object, isNew) });
  },
});
