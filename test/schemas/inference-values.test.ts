import { checks } from "./support/schema.ts";

checks("modelservice-values", [
  [
    "clean values",
    `modelArtifacts:
  uri: hf://Qwen/Qwen3-32B
  name: Qwen/Qwen3-32B
  size: 80Gi
  labels: {llm-d.ai/model: qwen3-32b}
routing: {servicePort: 8000, proxy: {targetPort: 8200, connector: nixlv2, zapLogLevel: 4}}
decode:
  replicas: 2
  parallelism: {tensor: 4, data: null}
  containers:
  - {name: vllm, image: "vllm/vllm-openai:v0.11.0", modelCommand: vllmServe, args: ["--enable-prefix-caching"], mountModelVolume: true}
  monitoring: {podmonitor: {enabled: true}}
prefill: {create: false}
tracing: {enabled: true, sampling: {samplerArg: "0.1"}}
`,
  ],
  ["an address that is filled in later", 'modelArtifacts: {uri: "{{ .Values.model }}"}'],
  ["a further key where the chart takes any", "decode: {dnsPolicy: None}\nanything: 1"],
  [
    "what older charts made, which is known",
    "routing: {inferencePool: {create: true}, httpRoute: {create: true}, epp: {create: true}, parentRefs: [{name: gateway}]}",
  ],
  ["a key that the chart refuses", "modelArtifacts: {url: hf://a/b}", "/modelArtifacts additionalProperties url"],
  ["one more of them", "decode: {parallelism: {pipeline: 2}}", "/decode/parallelism additionalProperties pipeline"],
  ["a wrong type", 'decode: {replicas: "2"}', "/decode/replicas type"],
  ["a number among arguments", "decode: {containers: [{image: i, args: [8000]}]}", "/decode/containers/0/args/0 type"],
  [
    "a command that there is not",
    "prefill: {containers: [{image: i, modelCommand: vllm}]}",
    "/prefill/containers/0/modelCommand enum",
  ],
  ["a container without an image", "decode: {containers: [{name: vllm}]}", "/decode/containers/0 required image"],
  ["a model from nowhere", "modelArtifacts: {uri: Qwen/Qwen3-32B}", "/modelArtifacts/uri pattern"],
]);

checks("router-values", [
  [
    "clean values",
    `router:
  modelServers: {matchLabels: {llm-d.ai/model: qwen3-32b}, targetPorts: [{number: 8000}], type: vllm}
  inferencePool: {create: true, failureMode: FailClose}
  inferenceObjectives: [{name: high, priority: 5}]
  epp:
    replicas: 2
    flags: {v: 2, allow-experimental-plugins: true}
    pluginsConfigFile: custom.yaml
    pluginsCustomConfig:
      custom.yaml: |
        kind: EndpointPickerConfig
  monitoring: {prometheus: {enabled: true}}
provider: {name: istio}
httpRoute: {create: true}
`,
  ],
  [
    "the keys that fail the install, which are known",
    "router: {epp: {}}\ninferenceExtension: {}\nexperimentalHttpRoute: {}",
  ],
  ["an unknown key", "router: {modelServers: {labels: {}}}", "/router/modelServers additionalProperties labels"],
  [
    "a configuration that is no text",
    "router: {epp: {pluginsCustomConfig: {a.yaml: {kind: x}}}}",
    "/router/epp/pluginsCustomConfig/a.yaml type",
  ],
  [
    "a mode that upstream's own page names",
    "router: {inferencePool: {failureMode: FailClosed}}",
    "/router/inferencePool/failureMode enum",
  ],
  [
    "a port without a number",
    "router: {modelServers: {targetPorts: [{}]}}",
    "/router/modelServers/targetPorts/0 required number",
  ],
  [
    "a port that is no number",
    "router: {modelServers: {targetPorts: [{number: http}]}}",
    "/router/modelServers/targetPorts/0/number type",
  ],
  ["no label", "router: {modelServers: {matchLabels: {}}}", "/router/modelServers/matchLabels minProperties"],
]);

checks("gie-values", [
  [
    "clean values",
    `inferenceExtension:
  replicas: 1
  image: {name: llm-d-inference-scheduler, hub: ghcr.io/llm-d, tag: v0.5.0}
  pluginsConfigFile: custom.yaml
  pluginsCustomConfig: {custom.yaml: "kind: EndpointPickerConfig"}
  flags: {v: 1}
inferencePool: {targetPorts: [{number: 8000}], modelServers: {matchLabels: {app: vllm}}}
provider: {name: none}
`,
  ],
  ["flags as a list, as GIE 1.0 wants them", "inferenceExtension: {flags: [{name: v, value: 3}]}"],
  ["flags as one text", "inferenceExtension: {flags: --v=3}", "/inferenceExtension/flags type"],
  [
    "an unknown key",
    "inferenceExtension: {image: {registry: r}}",
    "/inferenceExtension/image additionalProperties registry",
  ],
  ["a gateway that there is not", "provider: {name: kgateway}", "/provider/name enum"],
  ["an objective without a name", "inferenceObjectives: [{priority: 1}]", "/inferenceObjectives/0 required name"],
]);

const stack = (text: string) =>
  `servingEngineSpec: {modelSpec: [{name: a, repository: r, tag: t, modelURL: m, ${text}}]}`;
const spec = "/servingEngineSpec/modelSpec/0";
checks("production-stack-values", [
  [
    "clean values",
    `servingEngineSpec:
  runtimeClassName: nvidia
  modelSpec:
  - name: qwen3
    repository: lmcache/vllm-openai
    tag: v0.3.9
    modelURL: Qwen/Qwen3-8B
    replicaCount: 1
    requestCPU: 6
    requestMemory: 32Gi
    requestGPU: 1
    vllmConfig: {enablePrefixCaching: true, maxModelLen: 16384, gpuMemoryUtilization: "0.9", extraArgs: ["--seed", 1]}
    lmcacheConfig: {enabled: true, cpuOffloadingBufferSize: "20"}
    hf_token: {secretName: hf, secretKey: token}
routerSpec: {routingLogic: session, sessionKey: x-user-id}
`,
  ],
  ["resources in place of requests", stack("replicaCount: 1, resources: {requests: {cpu: 1}}")],
  ["no number of pods where KEDA decides", stack("requestCPU: 1, requestMemory: 1Gi, keda: {enabled: true}")],
  [
    "triggers as a list and as a mapping",
    stack("requestCPU: 1, requestMemory: 1Gi, keda: {enabled: true, triggers: []}"),
  ],
  ["no requests", stack("replicaCount: 1"), `${spec} required requestCPU`, `${spec} required requestMemory`],
  ["no number of pods", stack("requestCPU: 1, requestMemory: 1Gi"), `${spec} required replicaCount`],
  [
    "an image without a tag",
    "servingEngineSpec: {modelSpec: [{name: a, repository: r, modelURL: m, replicaCount: 1, resources: {}}]}",
    `${spec} required tag`,
  ],
  ["a wrong type", stack("replicaCount: two, resources: {}"), `${spec}/replicaCount type`],
  [
    "a percentage for a fraction",
    stack("replicaCount: 1, resources: {}, vllmConfig: {gpuMemoryUtilization: 90}"),
    `${spec}/vllmConfig/gpuMemoryUtilization maximum`,
  ],
  ["a routing that there is not", "routerSpec: {routingLogic: random}", "/routerSpec/routingLogic enum"],
  [
    "an unknown key of a secret",
    stack("replicaCount: 1, resources: {}, hf_token: {name: hf}"),
    `${spec}/hf_token additionalProperties name`,
  ],
]);
