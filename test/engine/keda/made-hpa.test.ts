import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { hpaMadeFor } from "../../../server/engine/keda/made-hpa.ts";
import { metricName } from "../../../server/engine/keda/metric-name.ts";
import type { ScaledObjectSpec, Trigger } from "../../../server/engine/keda/spec.ts";
import { prometheus, scaledObject } from "./scaled-object.ts";

const cpu: Trigger = { type: "cpu", metricType: "Utilization", metadata: { value: "80" } };
const memory: Trigger = {
  type: "memory",
  metricType: "AverageValue",
  metadata: { value: "2Gi", containerName: "vllm" },
};
const external = (name: string, averageValue: number) => ({
  type: "External",
  external: { metric: { name }, target: { type: "AverageValue", averageValue } },
});

function made(spec: Partial<ScaledObjectSpec>, annotations: Record<string, string> = {}, kedaMinor = 20) {
  return hpaMadeFor(scaledObject(spec, annotations), kedaMinor);
}

describe("the HPA that KEDA makes", () => {
  test("keeps one replica at least, and up to 100", () => {
    assert.deepEqual(made({}), {
      name: "keda-hpa-chat",
      spec: { minReplicas: 1, maxReplicas: 100, metrics: [external("s0-prometheus", 5000)] },
      problems: [],
    });
  });

  test("takes minimum, maximum, name and behavior over", () => {
    const behavior = { scaleUp: { stabilizationWindowSeconds: 180 } };
    const advanced = { horizontalPodAutoscalerConfig: { name: "chat-hpa", behavior } };
    const { name, spec } = made({ minReplicaCount: 2, maxReplicaCount: 8, advanced });
    assert.deepEqual([name, spec?.minReplicas, spec?.maxReplicas, spec?.behavior], ["chat-hpa", 2, 8, behavior]);
  });

  test("lists metrics by their type, pods' resources as such", () => {
    const { spec } = made({
      triggers: [
        cpu,
        prometheus,
        memory,
        { ...prometheus, name: "value", type: "redis", metricType: "Value", metadata: { listLength: "2" } },
      ],
    });
    assert.deepEqual(spec?.metrics, [
      {
        type: "ContainerResource",
        containerResource: {
          name: "memory",
          container: "vllm",
          target: { type: "AverageValue", averageValue: 2 ** 31 * 1000 },
        },
      },
      external("s1-prometheus", 5000),
      { type: "External", external: { metric: { name: "s3-redis" }, target: { type: "Value", value: 2000 } } },
      { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } },
    ]);
  });

  test("has one composite metric with scaling modifiers; resources of one container are lost", () => {
    const advanced = { scalingModifiers: { formula: "queue", target: "1.5" } };
    const { spec } = made({ triggers: [prometheus, cpu, memory], advanced });
    assert.deepEqual(spec?.metrics, [
      { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } },
      external("composite-metric", 1500),
    ]);
  });

  test("cannot aim below a thousandth; before KEDA 2.20 what is cut off is lost", () => {
    const aim = (threshold: string, kedaMinor: number) =>
      made({ triggers: [{ ...prometheus, metadata: { threshold } }] }, {}, kedaMinor).spec?.metrics;
    assert.deepEqual(aim("0.0009", 19), [external("s0-prometheus", 0)]);
    assert.deepEqual(aim("0.0009", 20), [external("s0-prometheus", 1)]);
    assert.deepEqual(aim("0.0004", 20), [external("s0-prometheus", 0)]);
  });

  test("does not scale in the paused direction, and is gone while all is paused", () => {
    const advanced = {
      horizontalPodAutoscalerConfig: { behavior: { scaleDown: { stabilizationWindowSeconds: 600 } } },
    };
    assert.deepEqual(made({ advanced }, { "paused-scale-in": "true" }).spec?.behavior, {
      scaleDown: { stabilizationWindowSeconds: 600, selectPolicy: "Disabled" },
    });
    assert.deepEqual(made({}, { "paused-scale-out": "true" }).spec?.behavior, {
      scaleUp: { selectPolicy: "Disabled" },
    });
    assert.deepEqual(made({}, { "paused-replicas": "4" }), { name: "keda-hpa-chat", problems: [] });
  });

  const refused: readonly (readonly [trigger: Trigger, problem: string])[] = [
    [{ ...prometheus, metadata: {} }, "triggers[0]: the target is no number, or KEDA's key for it is not known here"],
    [
      { ...prometheus, metadata: { threshold: "1;drop" } },
      "triggers[0]: the target is no number, or KEDA's key for it is not known here",
    ],
    [{ ...prometheus, metricType: "Utilization" }, "triggers[0]: metricType Utilization is for cpu and memory only"],
    [
      { type: "cpu", metadata: { value: "80" } },
      "triggers[0]: allowed metric types are 'Utilization' and 'AverageValue'",
    ],
    [{ ...cpu, metadata: { value: "80%" } }, "triggers[0]: value is no whole percentage"],
    [{ ...memory, metadata: { value: "2 GB" } }, "triggers[0]: value is no quantity"],
    [
      { type: "__proto__", metadata: {} },
      "triggers[0]: the target is no number, or KEDA's key for it is not known here",
    ],
  ];
  for (const [trigger, message] of refused) {
    test(`is not made of ${trigger.type}: ${message}`, () => {
      assert.deepEqual(made({ triggers: [trigger] }), { name: "keda-hpa-chat", problems: [message] });
    });
  }

  test("always holds its minimum below its maximum and one replica", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.integer({ min: 1, max: 50 }), (minReplicaCount, more) => {
        const { spec } = made({ minReplicaCount, maxReplicaCount: minReplicaCount + more });
        const { minReplicas = 1, maxReplicas = 0 } = spec ?? {};
        assert.ok(minReplicas >= 1 && minReplicas <= maxReplicas);
      }),
    );
  });
});

test("metrics are named by place, type and what tells two of a type apart", () => {
  const cron = {
    type: "cron",
    metadata: { timezone: "Europe/Berlin", start: "0 8 * * *", end: "*/5 20 * * ?", desiredReplicas: "2" },
  };
  const api = { type: "metrics-api", metadata: { valueLocation: "data.queue", targetValue: "1" } };
  assert.deepEqual([prometheus, cron, api].map(metricName), [
    "s0-prometheus",
    "s1-cron-Europe-Berlin-08xxx-xSl520xxQm",
    "s2-metric-api-data-queue",
  ]);
});
