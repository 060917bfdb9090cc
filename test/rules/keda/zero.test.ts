import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { kafka, prometheus, said, scaledObject } from "./support.ts";

type Row = [rule: string, title: string, yaml: string, expected: string[], config?: string];

const router = prometheus('sum(inference_pool_average_queue_size{name="llama"})');
const own = prometheus("sum(vllm:num_requests_waiting)");
const sleeping = (more: string, triggers = router, start = "150s") =>
  scaledObject(
    `  minReplicaCount: 0\n  maxReplicaCount: 8\n${more}`,
    triggers,
    `name: llama, annotations: {headroom.dev/pod-startup: ${start}}`,
  );
const lag = (activation: string, more = "") => `    - type: kafka
      metadata: {bootstrapServers: "k:9092", consumerGroup: a, topic: b, lagThreshold: "5", activationLagThreshold: "${activation}"}${more}`;

describe("going to 0 and coming back", () => {
  const table: Row[] = [
    ["keda/cooldown", "one second less than a start", sleeping("  cooldownPeriod: 149"), ["warning 149"]],
    ["keda/cooldown", "a start, less than two", sleeping("  cooldownPeriod: 150"), ["info 150"]],
    ["keda/cooldown", "two starts", sleeping("  cooldownPeriod: 300"), []],
    [
      "keda/cooldown",
      "KEDA's 300 s against a start of 301 s",
      sleeping("", router, "301s"),
      ["warning minReplicaCount"],
    ],
    ["keda/cooldown", "filled in later", sleeping(`  cooldownPeriod: \${COOLDOWN}`), []],
    ["keda/cooldown", "a web service", sleeping("  cooldownPeriod: 10", kafka), []],
    ["keda/cooldown", "never at 0", scaledObject("  minReplicaCount: 1\n  cooldownPeriod: 10", router), []],
    [
      "keda/cooldown",
      "in development",
      sleeping("  cooldownPeriod: 10"),
      ["info 10"],
      'environments: {"**": development}\n',
    ],
    ["keda/initial-cooldown", "unset", sleeping(""), ["info 0"]],
    ["keda/initial-cooldown", "set", sleeping("  initialCooldownPeriod: 300"), []],
    ["keda/initial-cooldown", "a KEDA that does not have it", sleeping(""), [], 'versions: {keda: "2.13"}\n'],
    ["keda/slow-wake-up", "a minute", sleeping("  pollingInterval: 60"), []],
    ["keda/slow-wake-up", "more than a minute", sleeping("  pollingInterval: 61"), ["warning 61"]],
    ["keda/slow-wake-up", "a queue that is no model's", sleeping("  pollingInterval: 61", kafka), []],
    ["keda/never-wakes", "its own metric", sleeping("", own), ["warning sum(vllm:num_requests_waiting)"]],
    ["keda/never-wakes", "beside the router's", sleeping("", `${own}\n${router}`), []],
    ["keda/never-wakes", "beside a queue", sleeping("", `${own}\n${kafka}`), []],
    ["keda/never-wakes", "with one replica left", scaledObject("  minReplicaCount: 1", own), []],
    ["keda/activation", "below the threshold", scaledObject("", lag("4")), []],
    ["keda/activation", "at the threshold", scaledObject("", lag("5")), ['warning "5"']],
    ["keda/activation", "never at 0", scaledObject("  minReplicaCount: 1", lag("5")), []],
    ["keda/activation", "another trigger may wake it", scaledObject("", `${lag("5")}\n${kafka}`), []],
    [
      "keda/without-effect",
      "a minimum of 1",
      scaledObject("  minReplicaCount: 1\n  cooldownPeriod: 60\n  pollingInterval: 5"),
      ["info cooldownPeriod", "info pollingInterval"],
    ],
    [
      "keda/without-effect",
      "polls that are cached",
      scaledObject("  minReplicaCount: 1\n  pollingInterval: 5", `${kafka}\n      useCachedMetrics: true`),
      [],
    ],
    [
      "keda/without-effect",
      "an idle count",
      scaledObject("  minReplicaCount: 1\n  idleReplicaCount: 0\n  cooldownPeriod: 60"),
      [],
    ],
    ["keda/without-effect", "a minimum of 0", scaledObject("  minReplicaCount: 0\n  cooldownPeriod: 60"), []],
    ["keda/idle-replicas", "one", scaledObject("  minReplicaCount: 2\n  idleReplicaCount: 1"), ["warning 1"]],
    ["keda/idle-replicas", "none", scaledObject("  minReplicaCount: 2\n  idleReplicaCount: 0"), []],
    [
      "keda/idle-replicas",
      "as many as the minimum, which KEDA refuses",
      scaledObject("  minReplicaCount: 2\n  idleReplicaCount: 2"),
      [],
    ],
  ];
  for (const [rule, title, yaml, expected, config] of table) {
    test(`${rule}: ${title}`, () => assert.deepEqual(said(rule, yaml, config).sort(), [...expected].sort()));
  }
});
