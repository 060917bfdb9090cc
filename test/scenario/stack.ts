import { findGpu } from "../../server/engine/catalogue/find-gpu.ts";
import { findModel } from "../../server/engine/catalogue/find-model.ts";
import { given } from "../../server/engine/sourced.ts";
import { Workspace } from "../../server/graph/workspace.ts";
import { kinds } from "../../server/kinds/registry.ts";
import type { Fills } from "../../server/scenario/fills.ts";
import { type ReadScenario, scenarioFrom } from "../../server/scenario/scenario.ts";

export const server = `apiVersion: apps/v1
kind: Deployment
metadata: {name: chat}
spec:
  replicas: 2
  template:
    metadata:
      annotations: {headroom.dev/pod-startup: 90s}
    spec:
      terminationGracePeriodSeconds: 45
      nodeSelector: {nvidia.com/gpu.product: NVIDIA-H100-80GB-HBM3}
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          command: [vllm, serve]
          args: [Qwen/Qwen3-32B, --tensor-parallel-size=2, --max-model-len=32768, --max-num-seqs=128]
          resources: {limits: {nvidia.com/gpu: "2"}}
`;

export const hpa = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: chat}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}
  minReplicas: 1
  maxReplicas: 4
  metrics:
    - type: External
      external:
        metric: {name: "vllm:num_requests_waiting"}
        target: {type: AverageValue, averageValue: "5"}
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 60
      policies: [{type: Pods, value: 2, periodSeconds: 60}]
`;

export const fills: Fills = {
  known: {
    gpu: (name) => findGpu(name) ?? { mistake: `The GPU "${name}" is not known.` },
    model: (name) => findModel(name) ?? { mistake: `The model "${name}" is not known.` },
  },
  traffic: { rate: () => 1, promptTokens: 1000, outputTokens: 100 },
  slo: { ttft: given(2), target: 0.95 },
  duration: 600,
  seed: 7,
};

export function read(files: Readonly<Record<string, string>>, rest: Partial<Fills> = {}) {
  const workspace = new Workspace(kinds);
  for (const [path, text] of Object.entries(files)) workspace.update(path, text);
  return scenarioFrom(workspace, { ...fills, ...rest });
}

export function scenarioIn(files: Readonly<Record<string, string>>, rest: Partial<Fills> = {}): ReadScenario {
  const found = read(files, rest);
  if ("mistake" in found) throw new Error(found.mistake);
  return found;
}

export function refusal(files: Readonly<Record<string, string>>, rest: Partial<Fills> = {}): string | undefined {
  const found = read(files, rest);
  return "mistake" in found ? found.mistake : undefined;
}
