/** Small manifests around one namespace, as flow style lets a table show them. */
export interface Shape {
  readonly name?: string;
  readonly namespace?: string;
}

const metadata = ({ name = "llama", namespace }: Shape) =>
  `metadata: {name: ${name}${namespace === undefined ? "" : `, namespace: ${namespace}`}}`;

export const deployment = ({
  gpus = 'limits: {nvidia.com/gpu: "2"}',
  spec = "",
  pod = "",
  ...shape
}: Shape & { readonly gpus?: string; readonly spec?: string; readonly pod?: string } = {}) => `apiVersion: apps/v1
kind: Deployment
${metadata(shape)}
spec:
  selector: {matchLabels: {app: ${shape.name ?? "llama"}}}
${spec}
  template:
    metadata: {labels: {app: ${shape.name ?? "llama"}}}
    spec:
${pod}
      containers:
        - {name: server, image: "registry.example.com/llama-server:1", resources: {${gpus}}}
`;

export const group = ({ size = 2, replicas = 1, leader = "" } = {}) => `apiVersion: leaderworkerset.x-k8s.io/v1
kind: LeaderWorkerSet
metadata: {name: deepseek}
spec:
  replicas: ${replicas}
  leaderWorkerTemplate:
    size: ${size}
${leader}
    workerTemplate:
      spec:
        containers:
          - {name: server, image: "registry.example.com/deepseek:1", resources: {limits: {nvidia.com/gpu: 8}}}
`;

export const hpa = (
  max: number | string,
  {
    kind = "Deployment",
    apiVersion = "apps/v1",
    min = "1",
    target,
    ...shape
  }: Shape & {
    readonly kind?: string;
    readonly apiVersion?: string;
    readonly min?: number | string;
    readonly target?: string;
  } = {},
) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
${metadata(shape)}
spec:
  scaleTargetRef: {apiVersion: ${apiVersion}, kind: ${kind}, name: ${target ?? shape.name ?? "llama"}}
  minReplicas: ${min}
  maxReplicas: ${max}
  metrics: [{type: Pods, pods: {metric: {name: vllm_num_requests_waiting}, target: {type: AverageValue, averageValue: 5}}}]
`;

export const scaledObject = (bounds: string, shape: Shape = {}) => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
${metadata(shape)}
spec:
  scaleTargetRef: {name: ${shape.name ?? "llama"}}
${bounds}
  triggers: [{type: kafka, metadata: {topic: t}}]
`;

export const quota = (hard: string, shape: Shape & { readonly spec?: string } = {}) => `apiVersion: v1
kind: ResourceQuota
${metadata({ name: "gpus", ...shape })}
spec:
  hard: {${hard}}
${shape.spec ?? ""}
`;

export const pool = (limits: string, { name = "gpu", spec = "", taints = "[]" } = {}) => `apiVersion: karpenter.sh/v1
kind: NodePool
metadata: {name: ${name}}
spec:
  template:
    spec:
      nodeClassRef: {group: eks.amazonaws.com, kind: NodeClass, name: default}
      requirements:
        - ${spec === "" ? '{key: eks.amazonaws.com/instance-family, operator: In, values: ["p5"]}' : spec}
      taints: ${taints}
  limits: {${limits}}
`;

export const all = (...documents: string[]) => ({ "all.yaml": documents.join("---\n") });
