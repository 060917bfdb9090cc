import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { kafka, messagesOf, said, scaledObject } from "./support.ts";

const rule = "keda/refused";
const cpu = `    - type: cpu
      metricType: Utilization
      metadata: {value: "70"}`;
const named = (name: string) => `    - type: kafka
      name: ${name}
      metadata: {bootstrapServers: "kafka:9092", consumerGroup: llama, topic: prompts}`;

describe("what KEDA's webhook refuses", () => {
  const table: [title: string, yaml: string, expected: string[]][] = [
    ["a minimum above the maximum", scaledObject("  minReplicaCount: 9\n  maxReplicaCount: 8"), ["error 9"]],
    ["the same as the maximum", scaledObject("  minReplicaCount: 8\n  maxReplicaCount: 8"), []],
    ["a minimum above KEDA's default of 100", scaledObject("  minReplicaCount: 101"), ["error 101"]],
    ["a minimum at that default", scaledObject("  minReplicaCount: 100"), []],
    ["a maximum that is filled in later", scaledObject(`  minReplicaCount: 9\n  maxReplicaCount: \${MAX}`), []],
    ["an idle count at the minimum", scaledObject("  minReplicaCount: 2\n  idleReplicaCount: 2"), ["error 2"]],
    ["an idle count without a minimum", scaledObject("  idleReplicaCount: 0"), ["error 0"]],
    [
      "idle 0 with an explicit minimum of 0, which counts as 1",
      scaledObject("  minReplicaCount: 0\n  idleReplicaCount: 0"),
      [],
    ],
    [
      "cached metrics of cpu",
      scaledObject("  minReplicaCount: 1", `${cpu}\n      useCachedMetrics: true`),
      ["error true"],
    ],
    ["no cached metrics of cpu", scaledObject("  minReplicaCount: 1", `${cpu}\n      useCachedMetrics: false`), []],
    ["two triggers of one name", scaledObject("  minReplicaCount: 1", `${named("a")}\n${named("a")}`), ["error a"]],
    ["two triggers of two names", scaledObject("  minReplicaCount: 1", `${named("a")}\n${named("b")}`), []],
    ["cpu alone at 0", scaledObject("  minReplicaCount: 0", cpu), ["error 0"]],
    ["cpu alone with the default minimum", scaledObject("  maxReplicaCount: 4", cpu), ["error triggers"]],
    ["cpu beside a queue at 0", scaledObject("  minReplicaCount: 0", `${cpu}\n${kafka}`), []],
    [
      "a fallback of cpu alone",
      scaledObject("  minReplicaCount: 1\n  fallback: {failureThreshold: 3, replicas: 2}", cpu),
      ["error fallback"],
    ],
    ["a name of 54 characters", scaledObject("  minReplicaCount: 1", kafka, `name: ${"a".repeat(54)}`), []],
    [
      "a name of 55 characters, whose HPA has 64",
      scaledObject("  minReplicaCount: 1", kafka, `name: ${"a".repeat(55)}`),
      [`error ${"a".repeat(55)}`],
    ],
    [
      "a placeholder as the HPA's name",
      scaledObject('  minReplicaCount: 1\n  advanced: {horizontalPodAutoscalerConfig: {name: "keda-hpa-{llama}"}}'),
      ['error "keda-hpa-{llama}"'],
    ],
    [
      "a part of an object, without triggers",
      "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: a}\nspec: {minReplicaCount: 9, maxReplicaCount: 8}\n",
      [],
    ],
  ];
  for (const [title, yaml, expected] of table) {
    test(title, () => assert.deepEqual(said(rule, yaml), expected));
  }

  test("the message names both numbers, the consequence and the mend", () => {
    assert.deepEqual(messagesOf(rule, scaledObject("  minReplicaCount: 9\n  maxReplicaCount: 8")), [
      'ScaledObject "llama": minReplicaCount 9 is above maxReplicaCount 8. KEDA\'s webhook refuses that, and without the webhook no HPA can be made of it. Raise the maximum to 9 or lower the minimum.',
    ]);
  });
});
