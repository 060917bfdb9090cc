import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { plainOf } from "../../../server/schemas/plain.ts";
import { problemsOf } from "../../../server/schemas/problems.ts";
import { lint, pipelineOf } from "../../support/lint.ts";
import { said, schemaFindings } from "./support.ts";

const pod = (container: string, spec = "") =>
  `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: vllm
          image: acme/vllm
${container}${spec}`;

/** What is said of the place in which a key would be known. */
const homes = (text: string) =>
  schemaFindings({ "a.yaml": text }).map(({ message }) => / It belongs in (.+): check/.exec(message)?.[1]);

describe("a key with the wrong indentation belongs", () => {
  const table: [where: string, text: string, home: string][] = [
    [
      "below the key beside it that has no value",
      pod("          resources:\n          limits: {memory: 1Gi}\n"),
      "spec.template.spec.containers[0].resources",
    ],
    [
      "into the last item of the list beside it",
      pod("", "      volumeMounts: [{name: m, mountPath: /m}]\n"),
      "spec.template.spec.containers[0]",
    ],
    ["a level further out", pod("          volumes: [{name: m, emptyDir: {}}]\n"), "spec.template.spec"],
    ["at the top", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  data: {x: y}\n", "the document itself"],
  ];
  for (const [where, text, home] of table) test(where, () => assert.deepEqual(homes(text), [home]));

  test("where it is missing, and that is not told again", () => {
    const hpa =
      "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}\n  maxReplicas: 2\n  metrics:\n    - type: External\n      external: {metric: {name: x}}\n      target: {type: Value, value: 1}\n";
    assert.deepEqual(said({ "a.yaml": hpa }), ["unknown-key target"]);
    assert.deepEqual(homes(hpa), ["spec.metrics[0].external"]);
  });

  test("nowhere, where anything would be taken or nothing knows it", () => {
    assert.deepEqual(homes(pod("", "      nodeSelectors: {a: b}\n      limit-of-mine: 3\n")), [undefined, undefined]);
  });

  test("and trying it out leaves the values as they were", () => {
    const text = pod("          resources:\n          limits: {memory: 1Gi}\n");
    const { workspace } = pipelineOf({ "a.yaml": text });
    const file = workspace.files.get("a.yaml");
    const [object] = file === undefined ? [] : workspace.objectsIn(file);
    assert.ok(object !== undefined);
    assert.deepEqual(
      problemsOf(object).map(({ type }) => type),
      ["unknown-key"],
    );
    assert.ok(
      "limits" in
        JSON.parse(JSON.stringify(plainOf(object.root, { keepNulls: true })?.value)).spec.template.spec.containers[0],
    );
  });

  test("in a hostile document nothing breaks", () => {
    const keys = Array.from({ length: 5_000 }, (_, index) => `  k${index}: {__proto__: 1}\n`).join("");
    assert.equal(
      said({ "a.yaml": `apiVersion: v1\nkind: Service\nmetadata: {name: a}\n__proto__: {a: 1}\nspec:\n${keys}` })
        .length,
      5_001,
    );
  });
});

describe("a slip in a key is told once", () => {
  const hpa = (behavior: string) =>
    `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}\n  maxReplicas: 2\n  metrics:\n    - {type: Pods, pods: {metric: {name: vllm_num_requests_waiting}, target: {type: AverageValue, averageValue: 1}}}\n${behavior}`;
  for (const [what, behavior] of [
    ["behaviour", "  behaviour:\n    scaleUp: {stabilizationWindowSeconds: 300}\n"],
    ["scaleup", "  behavior:\n    scaleup: {stabilizationWindowSeconds: 300}\n"],
    ["stabilisationWindowSeconds", "  behavior:\n    scaleUp: {stabilisationWindowSeconds: 300}\n"],
  ] as const) {
    test(`${what}: the window is not called missing besides`, () => {
      const found = lint({ "a.yaml": hpa(behavior) }).filter(({ rule }) => /^(?:schema|hpa)\/(?!.*metric)/.test(rule));
      assert.deepEqual(
        found.map(({ rule }) => rule),
        ["schema/unknown-key"],
      );
    });
  }
});
