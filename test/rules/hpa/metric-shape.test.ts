import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../../support/lint.ts";
import { cpuMetric, hpaOf, mended, said } from "./support.ts";

const web = 'HorizontalPodAutoscaler "web"';
const hpa = (metrics: string, behavior?: string) => ({
  "hpa.yaml": hpaOf({ metrics: `[${metrics}]`, ...(behavior !== undefined && { behavior }) }),
});
const pods = (target: string) => `{type: Pods, pods: {metric: {name: rps}, target: ${target}}}`;
const external = (target: string, name = "jobs") =>
  `{type: External, external: {metric: {name: ${name}}, target: ${target}}}`;
const resource = (target: string) => `{type: Resource, resource: {name: cpu, target: ${target}}}`;
const objectMetric = (target: string) =>
  `{type: Object, object: {metric: {name: rps}, describedObject: {apiVersion: v1, kind: Service, name: web}, target: ${target}}}`;

/** Every error, of whatever rule. */
function errors(files: Record<string, string>): string[] {
  return lint(files).flatMap(({ rule, severity, message }) => (severity === "error" ? [`${rule}: ${message}`] : []));
}

describe("a metric without its type, or with another's body", () => {
  const table: [title: string, metric: string, expected: string[]][] = [
    [
      "no type, one body",
      "{pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: 1}}}",
      [`hpa/metric-type: ${web}: spec.metrics[0] has no type, so the API server refuses it. Write type: Pods.`],
    ],
    [
      "no type and no body",
      "{}",
      [
        `hpa/metric-type: ${web}: spec.metrics[0] has no type, so the API server refuses it. Write type: External, Object, Pods, Resource or ContainerResource.`,
      ],
    ],
    [
      "no body",
      "{type: External}",
      [
        `hpa/metric-type: ${web}: spec.metrics[0] has no external, the body of its type, so the API server refuses it. Write external.`,
      ],
    ],
    [
      "the body of another type",
      "{type: External, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: 1}}}",
      [
        `hpa/metric-type: ${web}: spec.metrics[0] is of type External and has the body pods, so the API server refuses it. Write type Pods, or the body external.`,
      ],
    ],
    [
      "two bodies",
      "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: 1}}}",
      [
        `hpa/metric-type: ${web}: spec.metrics[0] is of type Resource and also has the body pods, so the API server refuses it. Make two metrics of it.`,
      ],
    ],
    [
      "a target without type",
      external("{averageValue: 1}"),
      [
        `hpa/metric-type: ${web}: spec.metrics[0].external.target has no type, so the API server refuses it. Write type: AverageValue.`,
      ],
    ],
    [
      "a target with nothing",
      external("{}"),
      [
        `hpa/metric-type: ${web}: spec.metrics[0].external.target has no type, so the API server refuses it. Write type: Value, AverageValue or Utilization.`,
      ],
    ],
    ["a target without type, filled in later", external('{"${KEY}": 1}'), []],
  ];
  for (const [title, metric, expected] of table) test(title, () => assert.deepEqual(errors(hpa(metric)), expected));

  test("the fix writes the type that the body or the number leaves, and nothing is left to say", () => {
    for (const metric of [
      "{pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: 1}}}",
      "{type: External, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: 1}}}",
      "{type: External, external: {metric: {name: q}, target: {value: 1}}}",
      "{type: Resource, resource: {name: cpu, target: {averageUtilization: 1}}}",
    ])
      assert.deepEqual(errors(mended("hpa/metric-type", hpa(metric))), []);
  });
});

describe("what the API server refuses though each field is right by itself", () => {
  const table: [title: string, files: Record<string, string>, expected: string[]][] = [
    [
      "an External metric without a number",
      hpa(external("{type: Value}")),
      [`${web}: the target of the External metric "jobs" has no value or averageValue, so the API server refuses it.`],
    ],
    [
      "an External metric with two",
      hpa(external('{type: Value, value: "1", averageValue: "2"}')),
      [
        `${web}: the target of the External metric "jobs" has value and averageValue, which exclude one another: the API server refuses it. Keep one.`,
      ],
    ],
    [
      "a resource with two",
      hpa(resource('{type: Utilization, averageUtilization: 70, averageValue: "1"}')),
      [
        `${web}: the target of the Resource metric "cpu" has averageUtilization and averageValue, which exclude one another: the API server refuses it. Keep one.`,
      ],
    ],
    [
      "a resource with a value",
      hpa(resource('{type: Value, value: "1"}')),
      [
        `${web}: the target of the Resource metric "cpu" has no averageUtilization or averageValue, so the API server refuses it.`,
      ],
    ],
    [
      "a Pods metric with a value",
      hpa(pods('{type: Value, value: "1"}')),
      [
        `${web}: the target of the Pods metric "rps" has value and no averageValue, so the API server refuses it: a Pods metric is an average over pods. Write averageValue.`,
      ],
    ],
    ["an Object metric with two", hpa(objectMetric('{type: Value, value: "1", averageValue: "2"}')), []],
    [
      "a target of 0",
      hpa(`${cpuMetric}, ${pods("{type: AverageValue, averageValue: 0}")}`),
      [
        `${web}: spec.metrics[1].pods.target.averageValue is 0; the API server refuses what is not above 0. Write a number above 0.`,
      ],
    ],
    ["no quantity, which the schema says", hpa(pods('{type: AverageValue, averageValue: "5 rps"}')), []],
    [
      "a name with a slash",
      hpa(external('{type: Value, value: "1"}', '"queue/jobs"')),
      [
        `${web}: spec.metrics[0].external.metric.name is "queue/jobs", which the API server refuses: may not contain '/'.`,
      ],
    ],
    [
      "a container with capitals",
      hpa(
        "{type: ContainerResource, containerResource: {name: cpu, container: Web, target: {type: Utilization, averageUtilization: 7}}}",
      ),
      [
        `${web}: spec.metrics[0].containerResource.container is "Web", which the API server refuses: a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character.`,
      ],
    ],
    [
      "a negative tolerance",
      hpa(cpuMetric, '{scaleDown: {tolerance: "-0.1"}}'),
      [
        `${web}: spec.behavior.scaleDown.tolerance is "-0.1", which the API server refuses: must be greater than or equal to 0.`,
      ],
    ],
    ["a colon in a name", hpa(external('{type: Value, value: "1"}', '"a:b"')), []],
    ["a number that is filled in later", hpa(pods('{type: AverageValue, averageValue: "${RPS}"}')), []],
    ["a key that is filled in later", hpa(pods('{type: AverageValue, "${KIND}": "5"}')), []],
    ["what the schema says already", hpa(resource("{type: Utilization, averageUtilization: 0}")), []],
  ];
  for (const [title, files, expected] of table)
    test(title, () =>
      assert.deepEqual(
        said("hpa/refused", files).map((text) => text.slice(text.indexOf(": ") + 2)),
        expected,
      ),
    );

  test("of two numbers the one that the type names stays", () => {
    const both = hpa(external('{type: AverageValue, value: "1", averageValue: "2"}'));
    assert.match(mended("hpa/refused", both)["hpa.yaml"] ?? "", /target: \{type: AverageValue, averageValue: "2"\}/);
    const neither = hpa(external('{type: Utilization, value: "1", averageValue: "2"}'));
    assert.throws(() => mended("hpa/refused", neither), /no fix/);
  });

  test("an excerpt and another version of the API are left alone", () => {
    const text = hpaOf({ metrics: `[${pods('{type: Value, value: "1"}')}]` });
    assert.equal(said("hpa/refused", { "hpa.yaml": text }).length, 1);
    assert.deepEqual(said("hpa/refused", { "hpa-patch.yaml": text }), []);
    assert.deepEqual(said("hpa/refused", { "hpa.yaml": text.replace("autoscaling/v2", "autoscaling/v2beta1") }), []);
  });
});

describe("a target type beside another number", () => {
  const rule = "hpa/target-type";
  const field = (kind: string, name: string, type: string, key: string, wanted: string) =>
    `warning at ${type}: ${web}: the target of the ${kind} metric "${name}" says ${type}, but its number is ${key}, and Kubernetes goes by the number. Write type ${wanted}.`;
  const table: [title: string, metric: string, expected: string[]][] = [
    ["Pods", pods("{type: Value, averageValue: 1}"), [field("Pods", "rps", "Value", "averageValue", "AverageValue")]],
    [
      "External",
      external("{type: AverageValue, value: 1}"),
      [field("External", "jobs", "AverageValue", "value", "Value")],
    ],
    [
      "Resource",
      resource("{type: AverageValue, averageUtilization: 1}"),
      [field("Resource", "cpu", "AverageValue", "averageUtilization", "Utilization")],
    ],
    [
      "Object",
      objectMetric("{type: Value, averageValue: 1}"),
      [
        `error at Value: ${web}: the target of the Object metric "rps" says Value and has only averageValue: Kubernetes looks for the number of the type, finds none and never scales on it. Write type AverageValue.`,
      ],
    ],
    ["Object with both numbers", objectMetric("{type: Value, value: 1, averageValue: 1}"), []],
    ["agreement", pods("{type: AverageValue, averageValue: 1}"), []],
    ["no number that the metric reads", pods("{type: AverageValue, value: 1}"), []],
    ["a type that is none", pods("{type: Average, averageValue: 1}"), []],
    ["a type that is filled in later", pods('{type: "${TYPE}", averageValue: 1}'), []],
    [
      "a replica count with a Value is told by another rule",
      external("{type: AverageValue, value: 1}", "wva_desired_replicas"),
      [],
    ],
  ];
  for (const [title, metric, expected] of table) test(title, () => assert.deepEqual(said(rule, hpa(metric)), expected));

  test("the fix keeps the quotes; a type that stands for others is left alone", () => {
    const fixed = mended(rule, hpa(pods("{type: 'Value', averageValue: 1}")))["hpa.yaml"] ?? "";
    assert.match(fixed, /type: 'AverageValue'/);
    assert.throws(() => mended(rule, hpa(pods("{type: &type Value, averageValue: 1}"))), /no fix/);
  });
});
