/** A stack of one model: a gateway, its route, a pool with its picker, servers with a cache, and what scales them. */
export const stack: Readonly<Record<string, string>> = {
  "gateway.yaml": `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: chat}
spec:
  parentRefs: [{name: public}]
  rules:
    - backendRefs: [{group: inference.networking.k8s.io, kind: InferencePool, name: chat}]
`,
  "pool.yaml": `apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: chat}
spec:
  selector: {matchLabels: {app: chat}}
  targetPorts: [{number: 8000}]
  endpointPickerRef: {name: chat-router, port: {number: 9002}}
---
apiVersion: v1
kind: Service
metadata: {name: chat-router}
spec:
  selector: {app: chat-router}
  ports: [{port: 9002}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: chat-router}
spec:
  template:
    metadata: {labels: {app: chat-router}}
    spec:
      containers:
        - name: epp
          image: ghcr.io/llm-d/llm-d-inference-scheduler:v0.5.0
          args: [--pool-name=chat, --config-file=/config/epp.yaml]
          volumeMounts: [{name: config, mountPath: /config}]
      volumes: [{name: config, configMap: {name: chat-router}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: chat-router}
data:
  epp.yaml: |
    apiVersion: inference.networking.x-k8s.io/v1alpha1
    kind: EndpointPickerConfig
    plugins: [{type: queue-scorer}]
    schedulingProfiles: [{name: default, plugins: [{pluginRef: queue-scorer}]}]
`,
  "server.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: chat}
spec:
  template:
    metadata: {labels: {app: chat}}
    spec:
      containers:
        - name: vllm
          image: lmcache/vllm-openai:v0.4.3
          command: [vllm, serve]
          args: [Qwen/Qwen3-32B, --max-model-len=8192]
          env: [{name: LMCACHE_CONFIG_FILE, value: /etc/lmcache/lmcache.yaml}]
          resources: {limits: {nvidia.com/gpu: "2"}}
          volumeMounts: [{name: cache, mountPath: /etc/lmcache}]
      volumes:
        - {name: cache, configMap: {name: chat-cache}}
        - {name: models, persistentVolumeClaim: {claimName: models}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: chat-cache}
data:
  lmcache.yaml: |
    local_cpu: true
    max_local_cpu_size: 20
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: models}
spec: {accessModes: [ReadOnlyMany], resources: {requests: {storage: 100Gi}}}
`,
  "scaling.yaml": `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: chat-h100}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}
  modelID: Qwen/Qwen3-32B
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: chat}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}
  maxReplicas: 8
  metrics:
    - type: External
      external:
        metric: {name: wva_desired_replicas, selector: {matchLabels: {variant_name: chat-h100}}}
        target: {type: AverageValue, averageValue: "1"}
  behavior: {scaleUp: {stabilizationWindowSeconds: 180}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: wva-saturation-scaling-config}
data:
  default: |
    kvCacheThreshold: 0.8
    queueLengthThreshold: 5
    kvSpareTrigger: 0.1
    queueSpareTrigger: 3
`,
};

/** The same with an HPA that the API server refuses. */
export const wrong: Readonly<Record<string, string>> = {
  ...stack,
  "scaling.yaml": (stack["scaling.yaml"] ?? "").replace("maxReplicas: 8", "minReplicas: 9\n  maxReplicas: 8"),
};
