import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Desk } from "./support/cursor.ts";

const hpa = (spec: string) =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: llama}\n${spec}`;
const scaled = (spec: string) => `apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: llama}\n${spec}`;
const pod = (container: string) =>
  `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  template:
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.11.0
${container}`;

const unwrittenMoves =
  "Without behavior it scales up at once, to twice the pods or to 4, whichever is more, every 15 s; and down by the highest recommendation of the last 300 s, however many pods that takes away.";

/** What a hover says beyond the schema. */
const told = (hover: string | null, paragraphs = 1) => hover?.split("\n\n").slice(-paragraphs);

describe("hover tells what is in effect", { timeout: 120_000 }, () => {
  const desk = new Desk({
    "wva-0.4/headroom.config.yaml": "versions: {wva: 0.4.2}\n",
    "wva-0.5/headroom.config.yaml": "versions: {wva: 0.5.1}\n",
    "wva-0.7/headroom.config.yaml": "versions: {wva: '0.7'}\n",
    "wva-0.8/headroom.config.yaml": "versions: {wva: '0.8'}\n",
  });

  describe("of an HPA", () => {
    test("with nothing written", async () => {
      assert.deepEqual(told(await desk.hovered(hpa("sp‸ec:\n  maxReplicas: 8\n")), 3), [
        "In effect: minReplicas 1 (default), maxReplicas 8.",
        "Scales on 80 % of the requested CPU, by default.",
        unwrittenMoves,
      ]);
    });

    const table: [what: string, behavior: string, ...told: string[]][] = [
      [
        "both ways by default",
        "  beha‸vior:\n    scaleUp: {}\n",
        "Scales up at once, by default. It adds at most 4 pods in 15 s or 100 % of the pods in 15 s, whichever is more, by default.",
        "Scales down by the highest recommendation of the last 300 s, by default. It removes at most 100 % of the pods in 15 s, by default.",
      ],
      [
        "a window alone",
        "  behavior:\n    scale‸Up: {stabilizationWindowSeconds: 240}\n",
        "Scales up by the lowest recommendation of the last 240 s. It adds at most 4 pods in 15 s or 100 % of the pods in 15 s, whichever is more, by default.",
      ],
      [
        "policies",
        "  behavior:\n    scale‸Down:\n      selectPolicy: Min\n      policies:\n        - {type: Pods, value: 1, periodSeconds: 120}\n        - {type: Percent, value: 10, periodSeconds: 60}\n",
        "Scales down by the highest recommendation of the last 300 s, by default. It removes at most 1 pod in 120 s or 10 % of the pods in 60 s, whichever is less.",
      ],
      ["one way switched off", "  behavior:\n    scale‸Down: {selectPolicy: Disabled}\n", "Never scales down."],
    ];
    for (const [what, behavior, ...expected] of table) {
      test(what, async () => {
        const said = await desk.hovered(hpa(`spec:\n  maxReplicas: 8\n${behavior}`));
        assert.deepEqual(told(said, expected.length), expected);
      });
    }

    test("but not what is filled in later", async () => {
      const said = await desk.hovered(hpa('spec:\n  behavior:\n    scale‸Up: {stabilizationWindowSeconds: "${UP}"}\n'));
      assert.doesNotMatch(said ?? "", /Scales up/);
    });
  });

  describe("of a ScaledObject", () => {
    test("that goes to zero", async () => {
      assert.deepEqual(told(await desk.hovered(scaled("sp‸ec:\n  cooldownPeriod: 600\n  triggers: []\n")), 3), [
        "In effect: minReplicaCount 0 (default), maxReplicaCount 100 (default), pollingInterval 30 s (default), cooldownPeriod 600 s, initialCooldownPeriod 0 s (default).",
        "KEDA makes the HPA `keda-hpa-llama` for 1 to 100 replicas.",
        unwrittenMoves,
      ]);
    });

    test("that does not", async () => {
      const text = scaled(
        "sp‸ec:\n  minReplicaCount: 2\n  maxReplicaCount: 8\n  advanced:\n    horizontalPodAutoscalerConfig:\n      name: mine\n      behavior: {scaleUp: {stabilizationWindowSeconds: 300}}\n",
      );
      assert.deepEqual(told(await desk.hovered(text), 2), [
        "KEDA makes the HPA `mine` for 2 to 8 replicas.",
        "pollingInterval and cooldownPeriod do nothing here: they count only where it scales to zero or idle.",
      ]);
    });

    test("whose behavior stands deeper", async () => {
      const text = scaled(
        "spec:\n  advanced:\n    horizontalPodAutoscalerConfig:\n      behavior:\n        scale‸Up: {stabilizationWindowSeconds: 180, policies: [{type: Pods, value: 3, periodSeconds: 60}]}\n",
      );
      assert.deepEqual(told(await desk.hovered(text)), [
        "Scales up by the lowest recommendation of the last 180 s. It adds at most 3 pods in 60 s.",
      ]);
    });
  });

  describe("of a probe", () => {
    test("with its defaults", async () => {
      assert.deepEqual(
        told(await desk.hovered(pod("          readiness‸Probe: {httpGet: {port: 8000}, periodSeconds: 5}\n")), 2),
        [
          "In effect: initialDelaySeconds 0 s (default), periodSeconds 5 s, failureThreshold 3 (default).",
          "A pod that stops answering loses its traffic; its start counts as 15 s.",
        ],
      );
    });

    test("that kills", async () => {
      const text = pod(
        "          liveness‸Probe: {httpGet: {port: 8000}, initialDelaySeconds: 60, periodSeconds: 10}\n",
      );
      assert.deepEqual(told(await desk.hovered(text)), [
        "A container that never answers is restarted after 90 s (1 min 30 s).",
      ]);
    });
  });

  test("of the router's detector, in a ConfigMap and in JSON behind a flag", async () => {
    const block =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: epp}\ndata:\n  epp.yaml: |\n    saturation‸Detector:\n      queueDepthThreshold: 8\n";
    const expected = ["In effect: kvCacheUtilThreshold 0.8 (default), queueDepthThreshold 8."];
    assert.deepEqual(told(await desk.hovered(block)), expected);
    const json =
      '{"apiVersion": "llm-d.ai/v1alpha1", "kind": "EndpointPickerConfig", "plugins": [{"type": "utilization-detector", "para‸meters": {"queueDepthThreshold": 8}}]}';
    const argument = pod(`          command: [epp]\n          args: ["--config-text", '${json}']\n`);
    assert.deepEqual(told(await desk.hovered(argument)), expected);
  });

  describe("of an entry of WVA", () => {
    const entries = (name = "wva-saturation-scaling-config", key = "llama") =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata:\n  default: |\n    kvCacheThreshold: 0.7\n    queueLengthThreshold: 9\n  ${key}: |\n    model_id: llama\n    queueSpareTrigger: 0\n    kvSpare‸Trigger: 0.2\n`;
    const of = (key: string, ...values: number[]) =>
      `In effect for \`${key}\`: kvCacheThreshold ${values[0]}, queueLengthThreshold ${values[1]}, kvSpareTrigger ${values[2]}, queueSpareTrigger ${values[3]}.`;
    const never =
      "This is `default`: from 0.6 on WVA looks for an entry `<model>#<namespace>`, and never reads this one.";
    const filled =
      "Nothing comes from `default`: WVA fills an entry up with its own numbers first. Kubernetes refuses a key with `#`, though.";
    const table: [file: string, text: string, expected: string][] = [
      ["wva-0.4/a.yaml", entries(), `${of("llama", 0.7, 9, 0.2, 0)} WVA 0.4 takes what is left out from \`default\`.`],
      [
        "a.yaml",
        entries("capacity-scaling-config"),
        `${of("llama", 0.7, 9, 0.2, 0)} WVA 0.4 takes what is left out from \`default\`.`,
      ],
      [
        "wva-0.5/a.yaml",
        entries(),
        `${of("llama", 0.7, 9, 0, 0)} WVA 0.5 counts what is left out as 0. It reads the entry \`default\` alone.`,
      ],
      ["wva-0.7/a.yaml", entries(), `${of("llama", 0.7, 9, 0.1, 3)} ${never}`],
      ["wva-0.7/a.yaml", entries(undefined, "llama#ns"), `${of("llama#ns", 0.8, 5, 0.2, 0)} ${filled}`],
      ["wva-0.8/a.yaml", entries(undefined, "llama#ns"), `${of("llama#ns", 0.8, 5, 0.2, 3)} ${filled}`],
      ["a.yaml", entries(), `${of("llama", 0.7, 9, 0.1, 3)} ${never} No version is set: this is WVA 0.8.`],
    ];
    for (const [file, text, expected] of table) {
      test(`${file} ${/name: [\w-]+/.exec(text)?.[0]} ${/llama(?:#ns)?(?=: \|)/.exec(text)?.[0]}`, async () => {
        assert.deepEqual(told(await desk.hovered(text, file)), [expected]);
      });
    }
  });
});
