// Printed by `npm run generate` from the schemas of the kinds.

/** What an object of a kind writes at its head. */
export interface ApiHead {
  readonly kind: string;
  /** The one to write first. */
  readonly versions: readonly string[];
  /** Whether it wants a `spec`. */
  readonly spec: boolean;
  /** The list that it is mostly about, for what has no name of its own. */
  readonly lists?: string;
  readonly about: string;
}

export const apiHeads: readonly ApiHead[] = [
  { kind: "CacheBlendEngine", versions: ["lmcache.lmcache.ai/v1alpha1"], spec: true, about: "An LMCache server with CacheBlend on every GPU node, run by the LMCache operator. Its webhook puts the CacheBlend plugin into vLLM pods that ask for it."},
  { kind: "ClusterConfig", versions: ["eksctl.io/v1alpha5"], spec: false, about: "An EKS cluster as eksctl makes it: its nodes bound what an autoscaler can have. An unknown key is refused."},
  { kind: "ClusterTriggerAuthentication", versions: ["keda.sh/v1alpha1"], spec: true, about: "Credentials for KEDA triggers of every namespace. Its secrets live in KEDA's own namespace."},
  { kind: "Component", versions: ["kustomize.config.k8s.io/v1alpha1"], spec: false, about: "Changes that several kustomizations take in by `components`. The file is called kustomization.yaml.", lists: "patches"},
  { kind: "ConfigMap", versions: ["v1"], spec: false, about: "Configuration as text, mounted as files or read as environment variables."},
  { kind: "DaemonSet", versions: ["apps/v1"], spec: true, about: "One pod on every node that fits: a cache server beside the GPUs, a device plugin."},
  { kind: "Deployment", versions: ["apps/v1"], spec: true, about: "Pods that are all alike and may be replaced at any time: the usual home of a model server."},
  { kind: "EndpointPickerConfig", versions: ["llm-d.ai/v1alpha1","llm-d.ai/v1","inference.networking.x-k8s.io/v1alpha1"], spec: false, about: "What the endpoint picker (EPP) of llm-d and of the Gateway API Inference Extension chooses pods by. Read once, at start: a change needs a restart, and a mistake keeps the picker from starting."},
  { kind: "Gateway", versions: ["gateway.networking.k8s.io/v1","gateway.networking.k8s.io/v1beta1"], spec: true, about: "Where traffic enters the cluster: the listeners that routes attach to."},
  { kind: "HTTPRoute", versions: ["gateway.networking.k8s.io/v1","gateway.networking.k8s.io/v1beta1"], spec: true, about: "Which requests of a Gateway go to which Service or InferencePool."},
  { kind: "HorizontalPodAutoscaler", versions: ["autoscaling/v2"], spec: true, about: "Sets the replicas of one workload from metrics, every 15 s."},
  { kind: "InferenceModel", versions: ["inference.networking.x-k8s.io/v1alpha2"], spec: true, about: "Criticality and traffic split of a model name, in GIE 0.3 to 0.5. Removed in 1.0: an InferenceObjective has the priority, an InferenceModelRewrite the names."},
  { kind: "InferenceModelRewrite", versions: ["llm-d.ai/v1alpha2","inference.networking.x-k8s.io/v1alpha2"], spec: true, about: "Sends requests for one model name to other names, by weight: for a rollout, or for an alias."},
  { kind: "InferenceObjective", versions: ["llm-d.ai/v1alpha2","llm-d.ai/v1","inference.networking.x-k8s.io/v1alpha2"], spec: true, about: "A priority that requests can ask for, by the header x-llm-d-inference-objective with the name of this object."},
  { kind: "InferencePool", versions: ["inference.networking.k8s.io/v1","inference.networking.x-k8s.io/v1alpha2"], spec: true, about: "Pods that serve one base model, and the endpoint picker that chooses among them. An HTTPRoute sends requests here in place of a Service."},
  { kind: "Kustomization", versions: ["kustomize.config.k8s.io/v1beta1"], spec: false, about: "Manifests that kustomize puts together, and how it changes them. The file is called kustomization.yaml.", lists: "resources"},
  { kind: "LMCacheCoordinator", versions: ["lmcache.lmcache.ai/v1alpha1"], spec: true, about: "A coordinator for LMCache servers, run by the LMCache operator: it knows which servers live and evicts from the storage that they share."},
  { kind: "LMCacheEngine", versions: ["lmcache.lmcache.ai/v1alpha1"], spec: true, about: "An LMCache server on every GPU node, run by the LMCache operator as a DaemonSet. It writes the ConfigMap <name>-connection, from which vLLM pods take their --kv-transfer-config."},
  { kind: "LeaderWorkerSet", versions: ["leaderworkerset.x-k8s.io/v1"], spec: true, about: "Groups of a leader and its workers, for models that need more than one node."},
  { kind: "NodePool", versions: ["karpenter.sh/v1"], spec: true, about: "Which nodes Karpenter may add, and how many GPUs they may have in all."},
  { kind: "PersistentVolumeClaim", versions: ["v1"], spec: true, about: "A volume that outlives the pods: model weights, a cache on disk."},
  { kind: "Pod", versions: ["v1"], spec: true, about: "One pod by itself. Nothing replaces it when its node goes away."},
  { kind: "PodDisruptionBudget", versions: ["policy/v1"], spec: true, about: "How many pods may be away at once while nodes are drained. Scaling down does not ask it."},
  { kind: "PodMonitor", versions: ["monitoring.coreos.com/v1"], spec: true, about: "Pods that Prometheus scrapes directly."},
  { kind: "PriorityClass", versions: ["scheduling.k8s.io/v1"], spec: false, about: "How important pods are: higher ones push lower ones off full nodes."},
  { kind: "PrometheusRule", versions: ["monitoring.coreos.com/v1"], spec: true, about: "Alerts and recorded series."},
  { kind: "ResourceQuota", versions: ["v1"], spec: true, about: "What a namespace may use in all. GPUs are counted as requests.nvidia.com/gpu."},
  { kind: "ScaledObject", versions: ["keda.sh/v1alpha1"], spec: true, about: "Scales one workload by KEDA: KEDA makes an HPA for 1 and more replicas, and itself goes to and from 0."},
  { kind: "Service", versions: ["v1"], spec: true, about: "A stable address for the pods that a selector finds."},
  { kind: "ServiceMonitor", versions: ["monitoring.coreos.com/v1"], spec: true, about: "Services whose pods Prometheus scrapes."},
  { kind: "StatefulSet", versions: ["apps/v1"], spec: true, about: "Pods with a fixed name and a volume of their own."},
  { kind: "Traffic", versions: ["headroom/v1"], spec: false, about: "Requests that `headroom simulate --traffic` sends: how many over the day, how evenly, how long, and what they have in common. No cluster reads it."},
  { kind: "TriggerAuthentication", versions: ["keda.sh/v1alpha1"], spec: true, about: "Credentials for the KEDA triggers of one namespace."},
  { kind: "VariantAutoscaling", versions: ["llmd.ai/v1alpha1"], spec: true, about: "One way to serve a model (a Deployment on one kind of accelerator) whose replicas WVA counts. WVA writes status and metrics; an HPA or KEDA does the scaling. Deprecated in 0.8, and gone after it: there HPA and ScaledObject carry annotations llm-d.ai/managed and llm-d.ai/model-id."},
];
