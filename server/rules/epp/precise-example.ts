import { serverExample } from "../vllm/example.ts";

/** A pool of vLLM servers and the router that reads their KV events, for examples. */
export const preciseExample = (given: {
  readonly router: string;
  readonly plugins: string;
  readonly args: readonly string[];
}) => `# file: headroom.config.yaml
versions: {router: "${given.router}"}
# file: stack.yaml
apiVersion: inference.networking.x-k8s.io/v1alpha1
kind: EndpointPickerConfig
plugins:
${given.plugins}---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: qwen}
spec:
  selector: {matchLabels: {app: qwen}}
  targetPorts: [{number: 8000}]
  endpointPickerRef: {name: qwen-epp, port: {number: 9002}}
---
${serverExample({
  args: ["Qwen/Qwen3-8B", ...given.args],
  container: ['env: [{name: PYTHONHASHSEED, value: "0"}]', "ports: [{containerPort: 8000}]"],
})}`;

export const eventsArgument = (topic: string) =>
  `'--kv-events-config={"enable_kv_cache_events": true, "topic": "${topic}"}'`;

export const blocksExample = (blockSize: string) =>
  preciseExample({
    router: "0.8",
    plugins: `  - type: precise-prefix-cache-scorer
    parameters:
      tokenProcessorConfig:
        blockSizeTokens: ${blockSize}
        hashSeed: "0"
`,
    args: ["--block-size=64", eventsArgument("kv@qwen@Qwen/Qwen3-8B")],
  });
