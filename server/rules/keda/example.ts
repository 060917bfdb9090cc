/** A ScaledObject for the examples of rules. What is handed in ends in a line break; `spec` stands before the triggers. */
export function example(spec: string, triggers: string = queue): string {
  return `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: llama
spec:
  scaleTargetRef:
    name: llama
${spec}  triggers:
${triggers}`;
}

/** A trigger that says nothing of who serves. */
export const queue = `    - type: kafka
      name: prompts
      metadata:
        bootstrapServers: kafka:9092
        consumerGroup: llama
        topic: prompts
        lagThreshold: "5"
`;

/** The queue of model servers, as the router sees it. */
export const routerQueue = (more = "") => `    - type: prometheus
      metadata:
        serverAddress: http://prometheus.monitoring:9090
        query: sum(inference_pool_average_queue_size{name="llama"})
        threshold: "5"
        ignoreNullValues: "false"
${more}`;

/** Windows and policies that suit pods which load a model for 90 s. */
export const steady = `  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        scaleUp:
          stabilizationWindowSeconds: 180
        scaleDown:
          stabilizationWindowSeconds: 300
          policies:
            - {type: Pods, value: 1, periodSeconds: 90}
`;
