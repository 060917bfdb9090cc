/** An autoscaler of a model server with a scale-up window in seconds. */
export function hpa(window: number, annotations = ""): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama
${annotations}spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama
  maxReplicas: 8
  metrics:
    - type: External
      external:
        metric:
          name: wva_desired_replicas
          selector:
            matchLabels:
              variant_name: llama
        target:
          type: AverageValue
          averageValue: "1"
  behavior:
    scaleUp:
      stabilizationWindowSeconds: ${window}
    scaleDown:
      stabilizationWindowSeconds: 1200
`;
}

/** The line of `hpa` on which the scale-up window stands. */
export const windowLine = 23;

/** A model server whose start takes so many seconds. */
export function deployment(startup: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
  annotations:
    headroom.dev/pod-startup: ${startup}s
spec:
  selector:
    matchLabels:
      app: llama
  template:
    metadata:
      labels:
        app: llama
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.11.0
`;
}
