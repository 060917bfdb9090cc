import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";

const hpa = (metrics: string, namespace = "") => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama${namespace}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 4
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180}
  metrics:${metrics}
`;

const variant = (name: string, namespace = "") => `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: ${name}${namespace}}
spec:
  scaleTargetRef: {kind: Deployment, name: llama}
  modelID: m
`;

const resource = (name: string) => `
    - type: Resource
      resource:
        name: ${name}
        target: {type: Utilization, averageUtilization: 70}`;

const wva = `
    - type: External
      external:
        metric: {name: wva_desired_replicas, selector: {matchLabels: {variant_name: v}}}
        target: {type: AverageValue, averageValue: "1"}`;

function findings(files: Files) {
  return lint(files).filter(({ rule }) => rule === "hpa/unsupported-resource");
}

describe("resource metrics that nobody serves", () => {
  const table: [title: string, metrics: string, expected: [place: string, message: RegExp][]][] = [
    ["cpu and memory are served", resource("cpu") + resource("memory"), []],
    [
      "a GPU as the only metric",
      resource("nvidia.com/gpu"),
      [
        [
          "nvidia.com/gpu",
          /scales on the Resource metric "nvidia.com\/gpu".* FailedGetResourceMetric .*never scales\./,
        ],
      ],
    ],
    [
      "a GPU beside a metric that works",
      resource("cpu") + resource("amd.com/gpu"),
      [["amd.com/gpu", /also scales on .* it never scales down\. Remove it/]],
    ],
    [
      "nothing but GPUs",
      resource("nvidia.com/gpu") + resource("amd.com/gpu"),
      [
        ["nvidia.com/gpu", /never scales\./],
        ["amd.com/gpu", /never scales\./],
      ],
    ],
    [
      "of one container",
      "\n    - {type: ContainerResource, containerResource: {name: nvidia.com/gpu, container: vllm, target: {type: Utilization, averageUtilization: 70}}}",
      [["nvidia.com/gpu", /the ContainerResource metric .* FailedGetContainerResourceMetric /]],
    ],
    ["a name that is filled in later", resource('"${VENDOR}/gpu"'), []],
    [
      "the name of an external metric may hold a slash",
      '\n    - {type: External, external: {metric: {name: a/b}, target: {type: AverageValue, averageValue: "1"}}}',
      [],
    ],
    ["a resource body under another type", `\n    - {type: Pods, resource: {name: nvidia.com/gpu}}`, []],
  ];
  for (const [title, metrics, expected] of table) {
    test(title, () => {
      const files = { "hpa.yaml": hpa(metrics) };
      const found = findings(files);
      assert.deepEqual(
        found.map((finding) => `${finding.severity} ${cut(files, finding)}`),
        expected.map(([place]) => `error ${place}`),
      );
      for (const [index, [, message]] of expected.entries()) assert.match(found[index]?.message ?? "", message);
    });
  }
});

describe("the metric of WVA takes the place of the one that nobody serves", () => {
  const replaced = (text: string, others: Files): string | undefined => {
    const files = { "hpa.yaml": text, ...others };
    const fix = findings(files)[0]?.fixes[0];
    if (fix === undefined) return undefined;
    assert.equal(fix.safe, false);
    const after = applyEdits(files, fix.edits);
    // That cpu or memory stand beside it, and that WVA ends, are other matters.
    const left = lint(after).filter(({ rule }) => !["autoscaler/wva-beside-load", "wva/last-version"].includes(rule));
    assert.deepEqual(left, [], after["hpa.yaml"]);
    return after["hpa.yaml"];
  };
  const block = (labels: string) => `
    - type: External
      external:
        metric:
          name: wva_desired_replicas
          selector:
            matchLabels:
${labels}        target:
          type: AverageValue
          averageValue: "1"`;

  test("in block style, in the indentation of its list", () => {
    assert.equal(
      replaced(hpa(resource("nvidia.com/gpu")), { "va.yaml": variant("llama-h100") }),
      hpa(block("              variant_name: llama-h100\n")),
    );
    const outdented = (metrics: string) => metrics.replace(/\n {4}/g, "\n  ");
    assert.equal(
      replaced(hpa(outdented(resource("nvidia.com/gpu"))), { "va.yaml": variant("llama-h100") }),
      hpa(outdented(block("              variant_name: llama-h100\n"))),
    );
  });

  test("a comment behind it, and the metrics around it, stay", () => {
    const before = `${resource("cpu")}${resource("nvidia.com/gpu")} # GPUs${resource("memory")}`;
    assert.equal(
      replaced(hpa(before), { "va.yaml": variant("llama-h100") }),
      hpa(`${resource("cpu")}${block("              variant_name: llama-h100\n")} # GPUs${resource("memory")}`),
    );
  });

  test("with the namespace, when it is known", () => {
    const labels = "              variant_name: llama-h100\n              exported_namespace: llm\n";
    assert.equal(
      replaced(hpa(resource("nvidia.com/gpu")), { "va.yaml": variant("llama-h100", ", namespace: llm") }),
      hpa(block(labels)),
    );
    assert.equal(
      replaced(hpa(resource("nvidia.com/gpu"), ", namespace: llm"), { "va.yaml": variant("llama-h100") }),
      hpa(block(labels), ", namespace: llm"),
    );
  });

  test("a name that reads as a number is written as a string", () => {
    assert.match(
      replaced(hpa(resource("nvidia.com/gpu")), { "va.yaml": variant('"70"') }) ?? "",
      /variant_name: "70"\n/,
    );
  });

  test("in flow style", () => {
    const flow =
      "{type: Resource, resource: {name: nvidia.com/gpu, target: {type: Utilization, averageUtilization: 70}}}";
    const external =
      '{ type: External, external: { metric: { name: wva_desired_replicas, selector: { matchLabels: { variant_name: llama-h100 } } }, target: { type: AverageValue, averageValue: "1" } } }';
    const others = { "va.yaml": variant("llama-h100") };
    assert.equal(replaced(hpa(` [${flow}]`), others), hpa(` [${external}]`));
    assert.equal(replaced(hpa(`\n    - ${flow}`), others), hpa(block("              variant_name: llama-h100\n")));
  });

  test("not where it is not clear which variant is meant", () => {
    const text = hpa(resource("nvidia.com/gpu"));
    assert.equal(replaced(text, {}), undefined);
    assert.equal(replaced(text, { "a.yaml": variant("a"), "b.yaml": variant("b") }), undefined);
    assert.equal(replaced(text, { "va.yaml": variant('"${NAME}"') }), undefined);
    assert.equal(
      replaced(hpa(resource("nvidia.com/gpu"), ", namespace: a"), { "va.yaml": variant("v", ", namespace: b") }),
      undefined,
    );
  });

  test("not where the metric is there already, or the item has an anchor", () => {
    assert.equal(replaced(hpa(wva + resource("nvidia.com/gpu")), { "va.yaml": variant("v") }), undefined);
    const anchored = resource("nvidia.com/gpu").replace("- type", "- &gpu\n      type");
    assert.equal(replaced(hpa(anchored), { "va.yaml": variant("v") }), undefined);
  });
});
