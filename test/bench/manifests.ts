/** Generated manifests of any size, clean under every rule. */

export function deployment(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels: {app: ${name}}
  template:
    metadata:
      labels: {app: ${name}}
    spec:
      terminationGracePeriodSeconds: 180
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.21.0
          args:
            - --model=Qwen/Qwen3-8B
            - --tensor-parallel-size=1
            - --kv-transfer-config
            - '{"kv_connector":"LMCacheConnectorV1","kv_role":"kv_both"}'
          ports: [{containerPort: 8000}]
          readinessProbe: {httpGet: {path: /health, port: 8000}}
          env:
            - {name: LMCACHE_CONFIG_FILE, value: /etc/lmcache/lmcache.yaml}
          resources:
            limits: {nvidia.com/gpu: "1", memory: 64Gi}
          volumeMounts:
            - {name: config, mountPath: /etc/lmcache}
      volumes:
        - name: config
          configMap: {name: ${name}-lmcache}
`;
}

export function cacheConfig(name: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}-lmcache
data:
  lmcache.yaml: |
    chunk_size: 256
    local_cpu: true
    max_local_cpu_size: 20
`;
}

export function autoscaler(name: string, target = name): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${name}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${target}}
  minReplicas: 1
  maxReplicas: 8
  metrics:
    - type: Pods
      pods:
        metric: {name: vllm_num_requests_waiting}
        target: {type: AverageValue, averageValue: "5"}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180}
    scaleDown: {stabilizationWindowSeconds: 600, policies: [{type: Pods, value: 1, periodSeconds: 60}]}
`;
}

export function stack(name: string): string {
  return [deployment(name), cacheConfig(name), autoscaler(name)].join("---\n");
}
