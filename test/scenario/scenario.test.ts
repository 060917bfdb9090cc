import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hpa, refusal, scenarioIn, server } from "./stack.ts";

describe("a scenario from manifests", () => {
  test("has the values of the server with the lines that say them", () => {
    const { scenario, model } = scenarioIn({ "chat.yaml": server, "hpa.yaml": hpa });
    assert.equal(model, "Qwen/Qwen3-32B");
    const [chat] = scenario.variants;
    assert.deepEqual(chat?.replicas, { value: 2, origin: "chat.yaml:5" });
    assert.deepEqual(chat?.server.maxRunning, { value: 128, origin: "chat.yaml:16" });
    assert.equal(chat?.server.maxBatchedTokens.origin, "default: vLLM, by the GPU");
    assert.match(chat?.server.capacity.origin ?? "", /^estimate: \d+ to \d+$/);
    assert.deepEqual(chat?.pod.startUp.load, { value: 90, origin: "chat.yaml:8" });
    assert.deepEqual(chat?.pod.terminationGracePeriod, { value: 45, origin: "chat.yaml:10" });
    assert.equal(chat?.pod.gpus, 2);
  });

  test("has the HPA as it is written, each setting with its line", () => {
    const { scenario } = scenarioIn({ "chat.yaml": server, "hpa.yaml": hpa });
    const [scaler] = scenario.autoscalers;
    assert.ok(scaler?.kind === "hpa");
    assert.deepEqual(scaler.spec, {
      minReplicas: 1,
      maxReplicas: 4,
      metrics: [
        {
          type: "External",
          external: {
            metric: { name: "vllm:num_requests_waiting" },
            target: { type: "AverageValue", averageValue: 5000 },
          },
        },
      ],
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 60, policies: [{ type: "Pods", value: 2, periodSeconds: 60 }] },
      },
    });
    assert.equal(scaler.origins?.get("maxReplicas"), "hpa.yaml:7");
    assert.equal(scaler.origins?.get("scaleUp.stabilizationWindowSeconds"), "hpa.yaml:15");
    assert.deepEqual(
      scenario.signals.map(({ measure }) => measure),
      [{ of: "waiting", over: "each", variant: "chat" }],
    );
  });

  test("lists what no file says and how to say it", () => {
    const { gaps } = scenarioIn({ "chat.yaml": server });
    assert.deepEqual(
      gaps.map(({ what }) => what),
      ["how long a new node takes", "scrape interval", "chat: autoscaler", "routing"],
    );
    assert.equal(gaps[0]?.howToFill, "--node-time 2m, or the annotation headroom.dev/node-time");
  });

  test("takes a start from the probe and says that nobody measured it", () => {
    const probed = server
      .replace("      annotations: {headroom.dev/pod-startup: 90s}\n", "      labels: {app: chat}\n")
      .replace(
        "          resources:",
        "          startupProbe: {periodSeconds: 10, failureThreshold: 12, httpGet: {path: /health, port: 8000}}\n          resources:",
      );
    const { scenario, gaps } = scenarioIn({ "chat.yaml": probed });
    const startUp = scenario.variants[0]?.pod.startUp;
    assert.equal(startUp?.load.value, 120);
    assert.equal(startUp?.probe.failureThreshold, undefined);
    assert.ok(gaps.some(({ what }) => what === "chat: how long a pod starts"));
  });

  test("takes flags before files, and says so", () => {
    const { scenario, told, gaps } = scenarioIn({ "chat.yaml": server }, { replicas: 3, nodeTime: 120, gpu: "H200" });
    assert.deepEqual(scenario.variants[0]?.replicas, { value: 3, origin: "flag: --replicas" });
    assert.deepEqual(scenario.pools[0]?.provisioning, { value: 120, origin: "flag: --node-time" });
    assert.deepEqual(
      told.find(({ what }) => what === "chat: GPU"),
      {
        what: "chat: GPU",
        value: "H200-SXM",
        origin: "flag: --gpu",
      },
    );
    assert.ok(!gaps.some(({ what }) => what === "how long a new node takes"));
  });

  test("refuses what it does not know with the flag that says it", () => {
    const noGpu = server.replace("      nodeSelector: {nvidia.com/gpu.product: NVIDIA-H100-80GB-HBM3}\n", "");
    assert.equal(
      refusal({ "chat.yaml": noGpu }),
      'Deployment "chat", container "vllm": nothing says which GPU its node has. Add --gpu GPU, or a nodeSelector.',
    );
    assert.equal(
      refusal({ "chat.yaml": server.replace("Qwen/Qwen3-32B", "acme/own") }),
      'Deployment "chat", container "vllm": The model "acme/own" is not known. Name a known one with --model.',
    );
    assert.equal(refusal({ "hpa.yaml": hpa }), "No vLLM server stands in these files.");
  });

  test("asks for a target where several models are served", () => {
    const other = server.replace("name: chat}", "name: code}").replace("Qwen/Qwen3-32B", "Qwen/Qwen3-14B");
    const files = { "chat.yaml": server, "code.yaml": other };
    assert.equal(refusal(files), "2 models are served here. Say which with --target NAME: chat, code.");
    assert.equal(scenarioIn(files, { target: "code" }).model, "Qwen/Qwen3-14B");
    assert.equal(refusal(files, { target: "x" }), 'Nothing called "x" serves a model here. There are chat, code.');
  });

  test("refuses counts that nobody runs", () => {
    const huge = hpa.replace("maxReplicas: 4", "maxReplicas: 2147483647");
    assert.equal(
      refusal({ "chat.yaml": server, "hpa.yaml": huge }),
      'HorizontalPodAutoscaler "chat": maxReplicas is 2147483647; whole numbers up to 1000 are simulated.',
    );
  });
});
