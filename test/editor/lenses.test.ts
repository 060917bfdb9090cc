import { appendFileSync } from "node:fs";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CodeLens } from "vscode-languageserver-protocol/node";
import { Showcase } from "./support/shown.ts";

const server = (args: string, rest = "") => `apiVersion: apps/v1
kind: Deployment
metadata: {name: chat}
spec:
  template:
    spec:
      nodeSelector: {nvidia.com/gpu.product: NVIDIA-H100-80GB-HBM3}
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          command: [vllm, serve]
          args: [${args}]
          resources: {limits: {nvidia.com/gpu: "2"}}
${rest}`;
const qwen = server("Qwen/Qwen3-32B, --tensor-parallel-size=2, --max-model-len=8192");
const hpa = (spec: string, name = "chat") => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}
  maxReplicas: 8
${spec}`;
const waiting = "  metrics: [{type: External, external: {metric: {name: \"vllm:num_requests_waiting\"}, target: {type: AverageValue, averageValue: \"5\"}}}]\n";
const follows = "  metrics: [{type: External, external: {metric: {name: wva_desired_replicas, selector: {matchLabels: {variant_name: chat}}}, target: {type: AverageValue, averageValue: \"1\"}}}]\n";
const behavior = "  behavior: {scaleUp: {stabilizationWindowSeconds: 180}}\n";
const quota = `apiVersion: v1
kind: ResourceQuota
metadata: {name: gpus}
spec: {hard: {requests.nvidia.com/gpu: "16"}}
`;

describe("lenses", { timeout: 120_000 }, () => {
  const show = new Showcase({ "a/server.yaml": qwen, "a/hpa.yaml": hpa(waiting), "a/quota.yaml": quota });
  test("say", async () => {
    appendFileSync("/tmp/p4out.txt", JSON.stringify([await show.lenses("a/server.yaml"), await show.lenses("a/hpa.yaml")],null,1));
  });
  void follows; void behavior; void assert; type X = CodeLens; void (0 as unknown as X);
});
