/** A Deployment with one vLLM server, and what makes it different. */
export function server(given: {
  readonly name?: string;
  readonly labels?: string;
  readonly args?: string;
  readonly ports?: string;
  readonly more?: string;
  readonly env?: string;
}): string {
  const { name = "llama", labels = "{app: llama}", args = "[org/model]", ports = "8000", more = "", env = "" } = given;
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: ${labels}}
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          args: ${args}
          env: [${env}]
          ports: [{containerPort: ${ports}}]
          resources: {limits: {nvidia.com/gpu: 1}}
${more}---
`;
}

export function pool(
  given: { readonly name?: string; readonly selector?: string; readonly port?: string } = {},
): string {
  const { name = "llama", selector = "{app: llama}", port = "8000" } = given;
  return `apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: ${name}}
spec:
  selector: {matchLabels: ${selector}}
  targetPorts: [{number: ${port}}]
  endpointPickerRef: {name: llama-epp, port: {number: 9002}}
---
`;
}
