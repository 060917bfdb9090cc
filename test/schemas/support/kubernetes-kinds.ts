import { type KindCase, missing, never, type Slip, type, unknown as unknownKey, value as wrongValue } from "./slips.ts";

/** Their validators are those of the OpenAPI documents, which leave unknown fields to the API server. */
const open = "unknown fields are pruned by the API server, not by the OpenAPI schema";
/** What stands in pkg/apis/…/validation.go and not in the OpenAPI documents. */
const bound = "the bound stands in the API server's code";

const unknown = (from: string, to: string, at: string): Slip => ({ ...unknownKey(from, to, at), theirs: open });
const value = (from: string, to: string, at: string, theirs?: string): Slip => ({
  ...wrongValue(from, to, at),
  ...(theirs !== undefined && { theirs }),
});

const container = `containers:
        - name: vllm
          image: vllm/vllm-openai:v0.21.0
          imagePullPolicy: IfNotPresent
          ports: [{name: http, containerPort: 8000}]
          env:
            - {name: VLLM_LOGGING_LEVEL, value: INFO}
            - {name: HF_TOKEN, valueFrom: {secretKeyRef: {name: hf, key: token}}}
          resources:
            requests: {cpu: 8, memory: 64Gi}
            limits: {cpu: "16", memory: 64Gi, nvidia.com/gpu: 1, ephemeral-storage: 1.5e3}
          startupProbe: {httpGet: {path: /health, port: http}, failureThreshold: 60}
          readinessProbe: {httpGet: {path: /health, port: 8000}, periodSeconds: 5}
          volumeMounts: [{name: shm, mountPath: /dev/shm}]
      tolerations: [{key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}]
      volumes: [{name: shm, emptyDir: {medium: Memory, sizeLimit: 8Gi}}]`;

const podTemplate = `template:
    metadata: {labels: {app: llama}}
    spec:
      ${container}`;

export const kindCases: readonly KindCase[] = [
  {
    kind: "Deployment",
    clean: `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama, labels: {app: llama}, creationTimestamp: null}
spec:
  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 0}}
  selector: {matchLabels: {app: llama}}
  ${podTemplate}
status: {}
`,
    unknown: unknown("tolerations:", "toleration:", "toleration"),
    type: type("value: INFO", "value: 1", "1"),
    value: value("IfNotPresent", "IfNotPresnt", "IfNotPresnt"),
    missing: missing("name: vllm\n          image", "image", "image"),
  },
  {
    kind: "DaemonSet",
    clean: `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: cache}
spec:
  updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 1}}
  selector: {matchLabels: {app: llama}}
  ${podTemplate}
`,
    unknown: unknown("updateStrategy", "strategy", "strategy"),
    type: type("{app: llama}}\n  template", "[app]}\n  template", "[app]"),
    value: value("IfNotPresent", "IfNotPresnt", "IfNotPresnt"),
    missing: missing("  selector: {matchLabels: {app: llama}}\n", "", "spec"),
  },
  {
    kind: "StatefulSet",
    clean: `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: llama}
spec:
  serviceName: llama
  podManagementPolicy: Parallel
  selector: {matchLabels: {app: llama}}
  ${podTemplate}
  volumeClaimTemplates:
    - metadata: {name: cache}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 500Gi}}}
`,
    unknown: unknown("serviceName", "serviceNames", "serviceNames"),
    type: type("{app: llama}}\n  template", "[app]}\n  template", "[app]"),
    value: value("Parallel", "parallel", "parallel"),
    missing: missing("  selector: {matchLabels: {app: llama}}\n", "", "spec"),
  },
  {
    kind: "Pod",
    clean: `apiVersion: v1
kind: Pod
metadata: {name: probe}
spec:
      restartPolicy: Never
      ${container}
`,
    unknown: unknown("startupProbe:", "startUpProbe:", "startUpProbe"),
    type: type("containerPort: 8000", 'containerPort: "8000"', '"8000"'),
    value: value("containerPort: 8000", "containerPort: 80000", "80000", bound),
    missing: missing("key: token", "optional: true", "secretKeyRef"),
  },
  {
    kind: "LeaderWorkerSet",
    clean: `apiVersion: leaderworkerset.x-k8s.io/v1
kind: LeaderWorkerSet
metadata: {name: deepseek}
spec:
  replicas: 2
  startupPolicy: LeaderReady
  rolloutStrategy: {type: RollingUpdate, rollingUpdateConfiguration: {maxUnavailable: 1, maxSurge: 50%}}
  leaderWorkerTemplate:
    size: 2
    restartPolicy: RecreateGroupOnPodRestart
    workerTemplate:
      metadata: {labels: {app: deepseek}}
      spec:
        ${container.replaceAll("\n", "\n  ")}
`,
    unknown: unknown("workerTemplate:\n", "leaderTemplates: {}\n    workerTemplate:\n", "leaderTemplates"),
    type: type("size: 2", 'size: "2"', '"2"'),
    value: value("LeaderReady", "Ready", "Ready"),
    missing: missing("    workerTemplate:\n", "    leaderTemplate:\n", "leaderWorkerTemplate"),
  },
  {
    kind: "Service",
    clean: `apiVersion: v1
kind: Service
metadata: {name: llama}
spec:
  type: ClusterIP
  selector: {app: llama}
  ports: [{name: http, port: 8000, targetPort: http, protocol: TCP}, {name: metrics, port: 9090, targetPort: 9090}]
`,
    unknown: unknown("selector", "selectors", "selectors"),
    type: type("{app: llama}", "{app: 1}", "1"),
    value: value("ClusterIP", "ClusterIp", "ClusterIp"),
    missing: missing("port: 8000, ", "", "name"),
  },
  {
    kind: "ConfigMap",
    clean: `apiVersion: v1
kind: ConfigMap
metadata: {name: llama}
data:
  chunk: "256"
immutable: true
`,
    unknown: unknown("\ndata:", "\ndatas:", "datas"),
    type: type('"256"', "256", "256"),
    value: never("any text may stand under any key"),
    missing: never("a ConfigMap without data is one too"),
  },
  {
    kind: "PersistentVolumeClaim",
    clean: `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: models}
spec:
  accessModes: [ReadWriteMany]
  storageClassName: fast
  resources: {requests: {storage: 500Gi}}
`,
    unknown: unknown("storageClassName", "storageClass", "storageClass"),
    type: type("[ReadWriteMany]", "ReadWriteMany", "ReadWriteMany"),
    value: value("500Gi", "500GB", "500GB"),
    missing: missing("spec:\n  accessModes", "spec:\n  dataSource: {name: a}\n  accessModes", "dataSource"),
  },
  {
    kind: "PodDisruptionBudget",
    clean: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: llama}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: {matchExpressions: [{key: app, operator: In, values: [llama]}]}
`,
    unknown: unknown("maxUnavailable", "maxUnavailble", "maxUnavailble"),
    type: type("[llama]", "llama", "llama"),
    value: value("AlwaysAllow", "Always", "Always"),
    missing: missing("operator: In, ", "", "key"),
  },
  {
    kind: "PriorityClass",
    clean: `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: serving}
value: 1000
preemptionPolicy: Never
`,
    unknown: unknown("preemptionPolicy", "preemption", "preemption"),
    type: type("value: 1000", "value: high", "high"),
    value: value("Never", "never", "never"),
    missing: never("a class without a value has 0"),
  },
  {
    kind: "ResourceQuota",
    clean: `apiVersion: v1
kind: ResourceQuota
metadata: {name: gpus}
spec:
  hard: {requests.nvidia.com/gpu: 8, pods: "20", requests.memory: 1Ti}
  scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [serving]}]}
`,
    unknown: unknown("hard", "limits", "limits"),
    type: type("hard: {requests.nvidia.com/gpu: 8, pods", "hard: {requests.nvidia.com/gpu: [8], pods", "[8]"),
    value: value("1Ti", "1 TiB", "1 TiB"),
    missing: missing("scopeName: PriorityClass, ", "", "operator"),
  },
  {
    kind: "HorizontalPodAutoscaler",
    clean: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 1
  maxReplicas: 8
  metrics:
    - type: External
      external:
        metric: {name: queue, selector: {matchLabels: {app: web}}}
        target: {type: AverageValue, averageValue: 1}
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 150}}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180, policies: [{type: Pods, value: 2, periodSeconds: 120}], tolerance: 0}
    scaleDown: {stabilizationWindowSeconds: 600, selectPolicy: Max}
`,
    unknown: unknown(
      "stabilizationWindowSeconds: 180",
      "stabilisationWindowSeconds: 180",
      "stabilisationWindowSeconds",
    ),
    type: type("maxReplicas: 8", "maxReplicas: eight", "eight"),
    value: value("selectPolicy: Max", "selectPolicy: Most", "Most", bound),
    missing: missing("maxReplicas: 8", "maxReplicas:", "maxReplicas"),
  },
  {
    kind: "ScaledObject",
    clean: `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web}
spec:
  scaleTargetRef: {name: web}
  minReplicaCount: 1
  maxReplicaCount: 8
  fallback: {failureThreshold: 3, replicas: 2, behavior: currentReplicasIfHigher}
  advanced:
    horizontalPodAutoscalerConfig:
      behavior: {scaleUp: {stabilizationWindowSeconds: 180}, scaleDown: {stabilizationWindowSeconds: 600}}
  triggers:
    - type: prometheus
      metricType: AverageValue
      metadata:
        serverAddress: https://prometheus:9090
        query: sum(queue)
        threshold: "5"
        ignoreNullValues: "false"
        authModes: bearer
      authenticationRef: {name: prometheus, kind: ClusterTriggerAuthentication}
    - type: cron
      metadata: {timezone: Europe/Berlin, start: 0 7 * * *, end: 0 19 * * *, desiredReplicas: "2"}
    - type: external
      metadata: {scalerAddress: scaler:6000, anything: goes}
---
apiVersion: keda.sh/v1alpha1
kind: ClusterTriggerAuthentication
metadata: {name: prometheus}
spec: {secretTargetRef: [{parameter: bearerToken, name: token, key: token}]}
`,
    unknown: unknown("ignoreNullValues", "ignoreNullValue", "ignoreNullValue"),
    type: type('threshold: "5"', "threshold: 5", "5"),
    value: value('"false"', '"no"', '"no"', "metadata is a map of texts to them"),
    missing: {
      from: "        query: sum(queue)\n",
      to: "",
      found: ["schema/missing-key", "metadata"],
      theirs: "metadata is a map of texts to them",
    },
  },
  {
    kind: "TriggerAuthentication",
    clean: `apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata: {name: prometheus}
spec:
  podIdentity: {provider: aws, identityOwner: workload}
  secretTargetRef: [{parameter: bearerToken, name: prometheus, key: token}]
`,
    unknown: unknown("secretTargetRef", "secretTargetRefs", "secretTargetRefs"),
    type: type("[{parameter: bearerToken, name: prometheus, key: token}]", "{key: token}", "{key: token}"),
    value: value("workload", "pod", "pod"),
    missing: missing("name: prometheus, key", "key", "parameter"),
  },
  {
    kind: "ClusterTriggerAuthentication",
    clean: `apiVersion: keda.sh/v1alpha1
kind: ClusterTriggerAuthentication
metadata: {name: prometheus}
spec:
  configMapTargetRef: [{parameter: ca, name: prometheus, key: ca.crt}]
`,
    unknown: unknown("configMapTargetRef", "configMapRef", "configMapRef"),
    type: type("key: ca.crt", "key: 1", "1"),
    value: value("spec:\n", "spec:\n  podIdentity: {provider: azure}\n", "azure"),
    missing: missing("parameter: ca, ", "", "name"),
  },
  {
    kind: "Gateway",
    clean: `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: inference}
spec:
  gatewayClassName: istio
  listeners:
    - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
`,
    unknown: unknown("gatewayClassName: istio", "gatewayClassName: istio\n  gatewayClass: istio", "gatewayClass"),
    type: type("port: 80", "port: http", "http"),
    value: value("from: All", "from: Everywhere", "Everywhere"),
    missing: missing("protocol: HTTP, ", "", "name"),
  },
  {
    kind: "HTTPRoute",
    clean: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: llama}
spec:
  parentRefs: [{name: inference}]
  rules:
    - matches: [{path: {type: PathPrefix, value: /}}]
      backendRefs: [{group: inference.networking.k8s.io, kind: InferencePool, name: llama, weight: 100}]
      timeouts: {request: 300s}
`,
    unknown: unknown("backendRefs", "backends", "backends"),
    type: type("weight: 100", 'weight: "100"', '"100"'),
    value: value("PathPrefix", "Prefix", "Prefix"),
    missing: missing("name: llama, ", "", "group"),
  },
  {
    kind: "NodePool",
    clean: `apiVersion: karpenter.sh/v1
kind: NodePool
metadata: {name: h100}
spec:
  limits: {nvidia.com/gpu: 16, memory: 4Ti}
  disruption: {consolidationPolicy: WhenEmpty, consolidateAfter: 10m, budgets: [{nodes: "1"}]}
  template:
    spec:
      nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: default}
      requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}]
`,
    unknown: unknown("limits:", "limit:", "limit"),
    type: type('nodes: "1"', "nodes: 1", "1"),
    value: value("WhenEmpty", "WhenUnderutilized", "WhenUnderutilized"),
    missing: missing("operator: In, ", "", "key"),
  },
  {
    kind: "ServiceMonitor",
    clean: `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  endpoints: [{port: http, path: /metrics, interval: 15s, scheme: http}]
`,
    unknown: unknown("path: /metrics", "paths: [/metrics]", "paths"),
    type: type("port: http", "port: 8000", "8000"),
    value: value("interval: 15s", "interval: 15 s", "15 s"),
    missing: missing("  selector: {matchLabels: {app: llama}}\n", "", "spec"),
  },
  {
    kind: "PodMonitor",
    clean: `apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  podMetricsEndpoints: [{port: http, interval: 15s, relabelings: [{action: keep, sourceLabels: [app]}]}]
`,
    unknown: unknown("podMetricsEndpoints", "podMetricEndpoints", "podMetricEndpoints"),
    type: type("sourceLabels: [app]", "sourceLabels: app", "app"),
    value: value("action: keep", "action: retain", "retain"),
    missing: missing("  selector: {matchLabels: {app: llama}}\n", "", "spec"),
  },
  {
    kind: "PrometheusRule",
    clean: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: llama}
spec:
  groups:
    - name: llama
      interval: 30s
      rules:
        - {alert: QueueLong, expr: "sum(queue) > 100", for: 5m, labels: {severity: warning}}
        - {record: one, expr: 1}
`,
    unknown: unknown("for: 5m", "fore: 5m", "fore"),
    type: type("severity: warning", "severity: 1", "1"),
    value: value("for: 5m", "for: five", "five"),
    missing: missing('expr: "sum(queue) > 100", ', "", "alert"),
  },
];
