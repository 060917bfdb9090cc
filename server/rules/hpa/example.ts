/** An HPA of model servers that start in 150 s, for the examples of rules; `behavior` is indented by four. */
export function servingHpa(behavior: string, bounds = "  minReplicas: 1\n  maxReplicas: 8\n"): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama
  annotations:
    headroom.dev/pod-startup: 150s
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
${bounds}  metrics:
    - type: External
      external:
        metric: {name: inference_pool_average_queue_size}
        target: {type: AverageValue, averageValue: "5"}
  behavior:
${behavior}`;
}

/** Windows and policies that suit those 150 s, one direction each. */
export const calmUp = `    scaleUp:
      stabilizationWindowSeconds: 300
      policies:
        - {type: Pods, value: 2, periodSeconds: 150}
`;
export const calmDown = `    scaleDown:
      stabilizationWindowSeconds: 600
      policies:
        - {type: Pods, value: 1, periodSeconds: 150}
`;
