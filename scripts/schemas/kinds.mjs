// The kinds whose schemas are generated from the types of packages.

/**
 * @typedef {object} GeneratedKind
 * @property {string} name of the schema
 * @property {string} kind
 * @property {string[]} apiVersions those that look alike; the first is the one to write
 * @property {string} type the TypeScript type of `spec`, or of the whole object where `whole` is set
 * @property {boolean} [whole]
 * @property {string} [group] kinds that have much in common share a module of validators
 * @property {string[]} [overlays] overlays that it shares with other kinds, under its own
 * @property {string} [data] name of the schema of `data`, for a ConfigMap that one program reads
 * @property {string} description
 */

/** @type {GeneratedKind[]} */
export const kinds = [
  {
    name: "config-map",
    kind: "ConfigMap",
    apiVersions: ["v1"],
    type: "IConfigMap",
    whole: true,
    description: "Configuration as text, mounted as files or read as environment variables.",
  },
  {
    name: "cluster-trigger-authentication",
    group: "trigger-authentications",
    kind: "ClusterTriggerAuthentication",
    apiVersions: ["keda.sh/v1alpha1"],
    type: "ITriggerAuthenticationSpec",
    description: "Credentials for KEDA triggers of every namespace. Its secrets live in KEDA's own namespace.",
  },
  {
    name: "daemon-set",
    group: "workloads",
    kind: "DaemonSet",
    apiVersions: ["apps/v1"],
    type: "IDaemonSetSpec",
    description: "One pod on every node that fits: a cache server beside the GPUs, a device plugin.",
  },
  {
    name: "deployment",
    group: "workloads",
    kind: "Deployment",
    apiVersions: ["apps/v1"],
    type: "IDeploymentSpec",
    description: "Pods that are all alike and may be replaced at any time: the usual home of a model server.",
  },
  {
    name: "gateway",
    group: "gateways",
    kind: "Gateway",
    apiVersions: ["gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1beta1"],
    type: "IGatewaySpec",
    description: "Where traffic enters the cluster: the listeners that routes attach to.",
  },
  {
    name: "horizontal-pod-autoscaler",
    kind: "HorizontalPodAutoscaler",
    apiVersions: ["autoscaling/v2"],
    type: "IHorizontalPodAutoscalerSpec",
    overlays: ["wva-annotations"],
    description: "Sets the replicas of one workload from metrics, every 15 s.",
  },
  {
    name: "http-route",
    group: "gateways",
    kind: "HTTPRoute",
    apiVersions: ["gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1beta1"],
    type: "IHTTPRouteSpec",
    description: "Which requests of a Gateway go to which Service or InferencePool.",
  },
  {
    name: "leader-worker-set",
    group: "workloads",
    kind: "LeaderWorkerSet",
    apiVersions: ["leaderworkerset.x-k8s.io/v1"],
    type: "ILeaderWorkerSetSpec",
    description: "Groups of a leader and its workers, for models that need more than one node.",
  },
  {
    name: "node-pool",
    kind: "NodePool",
    apiVersions: ["karpenter.sh/v1"],
    type: "INodePoolSpec",
    description: "Which nodes Karpenter may add, and how many GPUs they may have in all.",
  },
  {
    name: "persistent-volume-claim",
    kind: "PersistentVolumeClaim",
    apiVersions: ["v1"],
    type: "IPersistentVolumeClaimSpec",
    description: "A volume that outlives the pods: model weights, a cache on disk.",
  },
  {
    name: "pod",
    group: "workloads",
    kind: "Pod",
    apiVersions: ["v1"],
    type: "IPodSpec",
    description: "One pod by itself. Nothing replaces it when its node goes away.",
  },
  {
    name: "pod-disruption-budget",
    kind: "PodDisruptionBudget",
    apiVersions: ["policy/v1"],
    type: "IPodDisruptionBudgetSpec",
    description: "How many pods may be away at once while nodes are drained. Scaling down does not ask it.",
  },
  {
    name: "pod-monitor",
    group: "monitors",
    kind: "PodMonitor",
    apiVersions: ["monitoring.coreos.com/v1"],
    type: "IPodMonitorSpec",
    description: "Pods that Prometheus scrapes directly.",
  },
  {
    name: "priority-class",
    kind: "PriorityClass",
    apiVersions: ["scheduling.k8s.io/v1"],
    type: "IPriorityClass",
    whole: true,
    description: "How important pods are: higher ones push lower ones off full nodes.",
  },
  {
    name: "prometheus-rule",
    kind: "PrometheusRule",
    apiVersions: ["monitoring.coreos.com/v1"],
    type: "IPrometheusRuleSpec",
    description: "Alerts and recorded series.",
  },
  {
    name: "resource-quota",
    kind: "ResourceQuota",
    apiVersions: ["v1"],
    type: "IResourceQuotaSpec",
    description: "What a namespace may use in all. GPUs are counted as requests.nvidia.com/gpu.",
  },
  {
    name: "scaled-object",
    kind: "ScaledObject",
    apiVersions: ["keda.sh/v1alpha1"],
    type: "IScaledObjectSpec",
    overlays: ["wva-annotations"],
    description:
      "Scales one workload by KEDA: KEDA makes an HPA for 1 and more replicas, and itself goes to and from 0.",
  },
  {
    name: "service",
    kind: "Service",
    apiVersions: ["v1"],
    type: "IServiceSpec",
    description: "A stable address for the pods that a selector finds.",
  },
  {
    name: "service-monitor",
    group: "monitors",
    kind: "ServiceMonitor",
    apiVersions: ["monitoring.coreos.com/v1"],
    type: "IServiceMonitorSpec",
    description: "Services whose pods Prometheus scrapes.",
  },
  {
    name: "stateful-set",
    group: "workloads",
    kind: "StatefulSet",
    apiVersions: ["apps/v1"],
    type: "IStatefulSetSpec",
    description: "Pods with a fixed name and a volume of their own.",
  },
  {
    name: "trigger-authentication",
    group: "trigger-authentications",
    kind: "TriggerAuthentication",
    apiVersions: ["keda.sh/v1alpha1"],
    type: "ITriggerAuthenticationSpec",
    description: "Credentials for the KEDA triggers of one namespace.",
  },
  {
    name: "wva-manager-config",
    kind: "ConfigMap",
    apiVersions: ["v1"],
    type: "IConfigMap",
    whole: true,
    data: "wva-manager-data",
    description: "Settings of the WVA manager. Flags win over the environment, the environment over this.",
  },
];
