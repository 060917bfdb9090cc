import { type KindCase, missing, type, unknown, value } from "./slips.ts";

const resource = (apiVersion: string, kind: string, spec: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: llama}\nspec:\n${spec.replace(/^(?=.)/gm, "  ")}`;

const stackModel =
  "name: a, repository: r, tag: t, modelURL: m, replicaCount: 1, requestCPU: 6, requestMemory: 32Gi, hf_token: {secretName: hf, secretKey: token}";

/** llm-d: its router, its resources, its charts, and the production stack beside them. */
export const routerKinds: readonly KindCase[] = [
  {
    kind: "endpoint-picker-config",
    clean: `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
- {type: utilization-detector, parameters: {queueDepthThreshold: 5, kvCacheUtilThreshold: 0.8}}
- {type: file-discovery, parameters: {path: /pods.yaml}}
- type: max-score-picker
schedulingProfiles: [{name: default, plugins: [{pluginRef: max-score-picker, weight: 1}]}]
`,
    unknown: unknown("queueDepthThreshold", "queueDepth", "queueDepth"),
    type: type("weight: 1", "weight: heavy", "heavy"),
    value: value("type: max-score-picker\n", "type: max-scores-picker\n", "max-scores-picker"),
    missing: missing("{path: /pods.yaml}", "{watchFile: true}", "parameters"),
  },
  {
    kind: "inference-pool",
    clean: resource(
      "inference.networking.k8s.io/v1",
      "InferencePool",
      "selector: {matchLabels: {app: vllm}}\ntargetPorts: [{number: 8000}]\nendpointPickerRef: {name: epp, port: {number: 9002}, failureMode: FailOpen}\n",
    ),
    unknown: unknown("targetPorts:", "targetPort: 8000\n  targetPorts:", "targetPort"),
    type: type("{app: vllm}", "{app: 1}", "1"),
    value: value("FailOpen", "FailOpened", "FailOpened"),
    missing: missing("port: {number: 9002}, ", "", "endpointPickerRef"),
  },
  {
    kind: "inference-pool-v1alpha2",
    always: "schema/deprecated-key apiVersion",
    clean: resource(
      "inference.networking.x-k8s.io/v1alpha2",
      "InferencePool",
      "selector: {app: vllm}\ntargetPortNumber: 8000\nextensionRef: {name: epp, failureMode: FailOpen}\n",
    ),
    unknown: unknown("extensionRef:", "replicas: 1\n  extensionRef:", "replicas"),
    type: type("targetPortNumber: 8000", 'targetPortNumber: "8000"', '"8000"'),
    value: value("FailOpen", "Fail", "Fail"),
    missing: missing("name: epp, ", "", "extensionRef"),
  },
  {
    kind: "inference-objective",
    clean: resource("llm-d.ai/v1alpha2", "InferenceObjective", "poolRef: {name: llama}\npriority: -1\n"),
    unknown: unknown("priority: -1", "criticality: Critical", "criticality"),
    type: type("priority: -1", "priority: high", "high"),
    value: value("{name: llama}\n  pr", '{name: ""}\n  pr', '""'),
    missing: missing("{name: llama}\n  pr", "{group: llm-d.ai}\n  pr", "poolRef"),
  },
  {
    kind: "inference-model",
    always: "schema/deprecated-key apiVersion",
    clean: resource(
      "inference.networking.x-k8s.io/v1alpha2",
      "InferenceModel",
      "modelName: chat\ncriticality: Critical\npoolRef: {name: llama}\ntargetModels: [{name: a, weight: 9}, {name: b, weight: 1}]\n",
    ),
    unknown: unknown("poolRef:", "priority: 1\n  poolRef:", "priority"),
    type: type("modelName: chat", "modelName: [chat]", "[chat]"),
    value: value("Critical", "High", "High"),
    missing: missing("{name: b, weight: 1}", "{name: b}", "name"),
  },
  {
    kind: "inference-model-rewrite",
    clean: resource(
      "llm-d.ai/v1alpha2",
      "InferenceModelRewrite",
      "poolRef: {name: llama}\nrules: [{matches: [{model: {type: Exact, value: chat}}], targets: [{modelRewrite: a, weight: 9}]}]\n",
    ),
    unknown: unknown("modelRewrite: a", "modelRewrite: a, name: b", "name"),
    type: type("weight: 9", 'weight: "9"', '"9"'),
    value: value("type: Exact", "type: Prefix", "Prefix"),
    missing: missing("modelRewrite: a, ", "", "weight"),
  },
  {
    kind: "modelservice-values",
    clean:
      "modelArtifacts: {uri: hf://Qwen/Qwen3-32B, size: 80Gi}\ndecode:\n  replicas: 2\n  containers: [{name: vllm, image: i, modelCommand: vllmServe, args: [--enable-prefix-caching]}]\n",
    unknown: unknown("size: 80Gi", "sizes: 80Gi", "sizes"),
    type: type("replicas: 2", 'replicas: "2"', '"2"'),
    value: value("vllmServe", "vllm", "vllm"),
    missing: missing("image: i, ", "", "name"),
  },
  {
    kind: "router-values",
    clean:
      "router:\n  modelServers: {matchLabels: {app: vllm}, targetPorts: [{number: 8000}], type: vllm}\n  inferencePool: {failureMode: FailClose}\n",
    unknown: unknown("type: vllm", "labels: {}", "labels"),
    type: type("number: 8000", "number: http", "http"),
    value: value("FailClose", "FailClosed", "FailClosed"),
    missing: missing("[{number: 8000}]", "[{}]", "{}"),
  },
  {
    kind: "gie-values",
    clean:
      "inferenceExtension:\n  image: {hub: ghcr.io/llm-d, tag: v0.5.0}\n  flags: {v: 1}\ninferenceObjectives: [{name: high, priority: 1}]\nprovider: {name: none}\n",
    unknown: unknown("hub: ghcr.io/llm-d", "registry: r", "registry"),
    type: type("{v: 1}", "--v=3", "--v=3"),
    value: value("{name: none}", "{name: kgateway}", "kgateway"),
    missing: missing("name: high, ", "", "priority"),
  },
  {
    kind: "production-stack-values",
    clean: `servingEngineSpec: {modelSpec: [{${stackModel}}]}\nrouterSpec: {routingLogic: session, sessionKey: x-user-id}\n`,
    unknown: unknown("secretName: hf", "name: hf", "name"),
    type: type("replicaCount: 1", "replicaCount: two", "two"),
    value: value("routingLogic: session", "routingLogic: random", "random"),
    missing: missing("tag: t, ", "", "name"),
  },
];
