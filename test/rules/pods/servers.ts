/** A model server, and what scales it, with places to put what a test is about. */
export const server = ({
  kind = "Deployment",
  metadata = "",
  spec = "",
  pod = "",
  container = "",
  image = "vllm/vllm-openai:v0.19.0",
  ports = "",
} = {}) => `apiVersion: apps/v1
kind: ${kind}
metadata: {name: llama${metadata}}
spec:
  selector: {matchLabels: {app: llama}}
${spec}
  template:
    metadata: {labels: {app: llama}}
    spec:
${pod}
      containers:
        - name: main
          image: ${image}
          resources: {limits: {nvidia.com/gpu: 1}}
${ports}
${container}
`;

export const hpa = ({ metadata = "", min = 1 } = {}) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama${metadata}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  minReplicas: ${min}
  maxReplicas: 8
  metrics: [{type: Pods, pods: {metric: {name: vllm_num_requests_waiting}, target: {type: AverageValue, averageValue: 5}}}]
`;

export const all = (...documents: string[]) => ({ "all.yaml": documents.join("---\n") });

export const start = (seconds: number) => `, annotations: {headroom.dev/pod-startup: ${seconds}s}`;
