import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { kafka, messagesOf, prometheus, said, scaledObject } from "./support.ts";

type Row = [rule: string, title: string, yaml: string, expected: string[], config?: string];

const bounds = "  minReplicaCount: 1\n  maxReplicaCount: 8";
const cpu = (more: string, metadata = '{value: "70"}') => `    - type: cpu\n      metadata: ${metadata}${more}`;
const cron = (metadata: string) => `    - type: cron\n      metadata: {${metadata}}`;
const window = (start: string, end: string, zone = "Europe/Berlin", replicas = "4") =>
  cron(`timezone: ${zone}, start: "${start}", end: "${end}", desiredReplicas: "${replicas}"`);
const lag = (value: string) => kafka.replace('"5"', `"${value}"`);
const fallback = (more: string, spec = bounds) => `${spec}\n  fallback: {failureThreshold: 3, ${more}}`;
const modifiers = (text: string) => `${bounds}\n  advanced: {scalingModifiers: {${text}}}`;
const named = kafka.replace("kafka\n", "kafka\n      name: a\n");
const valued = prometheus("sum(a)").replace("prometheus\n", "prometheus\n      metricType: Value\n");
const serving = prometheus("max(inference_pool_average_queue_size)", 'ignoreNullValues: "false"');
const annotated = (text: string) => scaledObject(bounds, kafka, `name: llama, annotations: {${text}}`);
const at = (address: string) => scaledObject(bounds, prometheus("sum(a)").replace("http://prometheus:9090", address));

describe("triggers of KEDA", () => {
  const table: Row[] = [
    ["keda/metric-type", "cpu without one", scaledObject(bounds, cpu("")), ["error cpu"]],
    ["keda/metric-type", "cpu with Value", scaledObject(bounds, cpu("\n      metricType: Value")), ["error Value"]],
    ["keda/metric-type", "cpu with AverageValue", scaledObject(bounds, cpu("\n      metricType: AverageValue")), []],
    [
      "keda/metric-type",
      "cpu with the old key, of which the schema speaks",
      scaledObject(bounds, cpu("", '{type: Utilization, value: "70"}')),
      [],
    ],
    [
      "keda/metric-type",
      "kafka with Utilization",
      scaledObject(bounds, `${kafka}\n      metricType: Utilization`),
      ["error Utilization"],
    ],
    ["keda/target-of-zero", "zero", scaledObject(bounds, lag("0")), ['error "0"']],
    ["keda/target-of-zero", "below half a thousandth", scaledObject(bounds, lag("0.0004")), ['error "0.0004"']],
    ["keda/target-of-zero", "a thousandth", scaledObject(bounds, lag("0.001")), []],
    ["keda/target-of-zero", "KEDA 2.20 rounds up", scaledObject(bounds, lag("0.0006")), []],
    [
      "keda/target-of-zero",
      "KEDA 2.18 cuts off",
      scaledObject(bounds, lag("0.0006")),
      ['error "0.0006"'],
      'versions: {keda: "2.18"}\n',
    ],
    ["keda/target-of-zero", "no number", scaledObject(bounds, lag("many")), []],
    ["keda/cron-window", "in order", scaledObject(bounds, window("0 8 * * *", "0 20 * * *")), []],
    [
      "keda/cron-window",
      "the same twice",
      scaledObject(bounds, window("0 8 * * *", "0 8 * * *")),
      ['error "0 8 * * *"'],
    ],
    [
      "keda/cron-window",
      "six fields",
      scaledObject(bounds, window("0 0 8 * * *", "0 20 * * *")),
      ['error "0 0 8 * * *"'],
    ],
    [
      "keda/cron-window",
      "an hour of 25",
      scaledObject(bounds, window("0 8 * * *", "0 25 * * *")),
      ['error "0 25 * * *"'],
    ],
    [
      "keda/cron-window",
      "an unknown zone",
      scaledObject(bounds, window("0 8 * * *", "0 20 * * *", "Europe/Berln")),
      ["error Europe/Berln"],
    ],
    ["keda/cron-window", "UTC", scaledObject(bounds, window("0 8 * * *", "0 20 * * *", "UTC")), []],
    [
      "keda/cron-window",
      "more than the maximum",
      scaledObject(bounds, window("0 8 * * *", "0 20 * * *", "UTC", "9")),
      ['warning "9"'],
    ],
    ["keda/cron-window", "the maximum", scaledObject(bounds, window("0 8 * * *", "0 20 * * *", "UTC", "8")), []],
    ["keda/formula", "that compiles", scaledObject(modifiers('formula: "a / 2", target: "5"'), named), []],
    [
      "keda/formula",
      "over a name that is none",
      scaledObject(modifiers('formula: "b / 2", target: "5"'), named),
      ['error "b / 2"'],
    ],
    ["keda/formula", "that ends early", scaledObject(modifiers('formula: "a /", target: "5"'), named), ['error "a /"']],
    [
      "keda/formula",
      "without a target",
      scaledObject(modifiers('formula: "a / 2"'), named),
      ["error scalingModifiers"],
    ],
    [
      "keda/formula",
      "with a target of 0",
      scaledObject(modifiers('formula: "a / 2", target: "0"'), named),
      ['error "0"'],
    ],
    [
      "keda/formula",
      "a target without a formula",
      scaledObject(modifiers('target: "5"'), named),
      ["error scalingModifiers"],
    ],
    ["keda/formula", "filled in later", scaledObject(modifiers(`formula: \${FORMULA}, target: "5"`), named), []],
    [
      "keda/formula",
      "over cpu",
      scaledObject(modifiers('formula: "a", target: "5"'), cpu("\n      name: a\n      metricType: Utilization")),
      ['error "a"'],
    ],
    [
      "keda/formula",
      "beside a container's cpu",
      scaledObject(
        modifiers('formula: "a", target: "5"'),
        `${named}\n${cpu("\n      metricType: Utilization", '{value: "70", containerName: vllm}')}`,
      ),
      ["warning vllm"],
    ],
    [
      "keda/fallback-without-effect",
      "a target with a fraction",
      scaledObject(`${fallback("replicas: 2")}\n  advanced: {scalingModifiers: {formula: a, target: "2.5"}}`, named),
      ['warning "2.5"'],
    ],
    [
      "keda/fallback-without-effect",
      "a whole target",
      scaledObject(`${fallback("replicas: 2")}\n  advanced: {scalingModifiers: {formula: a, target: "2"}}`, named),
      [],
    ],
    [
      "keda/fallback-without-effect",
      "Value before 2.18",
      scaledObject(fallback("replicas: 2"), valued),
      ["error Value"],
      'versions: {keda: "2.17.2"}\n',
    ],
    [
      "keda/fallback-without-effect",
      "Value from 2.18 on",
      scaledObject(fallback("replicas: 2"), valued),
      ["info Value"],
      'versions: {keda: "2.18"}\n',
    ],
    ["keda/fallback-without-effect", "Value of an unknown version", scaledObject(fallback("replicas: 2"), valued), []],
    ["keda/fallback-replicas", "above the maximum", scaledObject(fallback("replicas: 9")), ["warning 9"]],
    ["keda/fallback-replicas", "the maximum", scaledObject(fallback("replicas: 8")), []],
    ["keda/fallback-replicas", "below the minimum", scaledObject(fallback("replicas: 0")), ["warning 0"]],
    [
      "keda/fallback-replicas",
      "nothing of nothing",
      scaledObject(fallback("replicas: 0", "  minReplicaCount: 0")),
      ["warning 0"],
    ],
    [
      "keda/fallback-replicas",
      "at least so many",
      scaledObject(fallback("replicas: 0, behavior: currentReplicasIfHigher")),
      [],
    ],
    [
      "keda/fallback-replicas",
      "as many as there are",
      scaledObject(fallback("replicas: 9, behavior: currentReplicas")),
      [],
    ],
    ["keda/no-fallback", "of model servers", scaledObject(bounds, serving), ["info prometheus"]],
    ["keda/no-fallback", "there is one", scaledObject(fallback("replicas: 2"), serving), []],
    ["keda/no-fallback", "of a web service", scaledObject(bounds, prometheus("sum(a)")), []],
    ["keda/no-maximum", "of model servers", scaledObject("  minReplicaCount: 1", serving), ["warning scaleTargetRef"]],
    ["keda/no-maximum", "of a web service", scaledObject("  minReplicaCount: 1"), []],
    ["keda/no-maximum", "filled in later", scaledObject(`  maxReplicaCount: \${MAX}`, serving), []],
    [
      "keda/paused",
      "for good",
      annotated('autoscaling.keda.sh/paused: "true"'),
      ["warning autoscaling.keda.sh/paused"],
    ],
    [
      "keda/paused",
      "by any word",
      annotated("autoscaling.keda.sh/paused: maybe"),
      ["warning autoscaling.keda.sh/paused"],
    ],
    ["keda/paused", "no more", annotated('autoscaling.keda.sh/paused: "false"'), []],
    [
      "keda/paused",
      "at a count",
      annotated('autoscaling.keda.sh/paused-replicas: "0"'),
      ["warning autoscaling.keda.sh/paused-replicas"],
    ],
    [
      "keda/paused",
      "one direction",
      annotated('autoscaling.keda.sh/paused-scale-in: "true"'),
      ["warning autoscaling.keda.sh/paused-scale-in"],
    ],
    [
      "keda/paused",
      "kept awake",
      annotated('autoscaling.keda.sh/force-activation: "true"'),
      ["info autoscaling.keda.sh/force-activation"],
    ],
    ["keda/server-address", "as it should be", at("http://prometheus:9090/prefix"), []],
    ["keda/server-address", "with a slash", at("http://prometheus:9090/"), ["info http://prometheus:9090/"]],
    ["keda/server-address", "a page", at("http://prometheus:9090/graph"), ["error http://prometheus:9090/graph"]],
    [
      "keda/server-address",
      "the API",
      at("http://prometheus:9090/api/v1/query"),
      ["error http://prometheus:9090/api/v1/query"],
    ],
    ["keda/server-address", "this machine", at("http://localhost:9090"), ["info http://localhost:9090"]],
  ];
  for (const [rule, title, yaml, expected, config] of table) {
    test(`${rule}: ${title}`, () => assert.deepEqual(said(rule, yaml, config), expected));
  }

  test("a name that was meant is offered", () => {
    assert.deepEqual(
      messagesOf("keda/cron-window", scaledObject(bounds, window("0 8 * * *", "0 20 * * *", "Europe/Berln"))),
      [
        'ScaledObject "llama": "Europe/Berln" is no time zone that KEDA knows; it refuses the trigger and with it the whole object. Did you mean "Europe/Berlin"?',
      ],
    );
  });
});
