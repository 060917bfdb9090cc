import type { MetricFact } from "./catalogue.ts";

/** A label of the series that inference stacks are scaled by. */
export interface LabelFact {
  readonly name: string;
  readonly meaning: string;
  /** What has names like this: a kind of the API, or something that other files say. */
  readonly names?: string;
  /** All values there are. */
  readonly values?: readonly string[];
}

/** What Prometheus adds to everything that it scrapes through a ServiceMonitor or PodMonitor. */
const added: readonly LabelFact[] = [
  { name: "namespace", meaning: "Namespace of the pod that was scraped.", names: "namespace" },
  { name: "pod", meaning: "Pod that was scraped.", names: "pod" },
  { name: "container", meaning: "Container that was scraped.", names: "container" },
  { name: "service", meaning: "Service that led to the pod; none with a PodMonitor.", names: "Service" },
  { name: "job", meaning: "Name of the Service, or namespace/name of the PodMonitor.", names: "Service" },
  { name: "endpoint", meaning: "Name of the port that was scraped." },
  { name: "instance", meaning: "Address that was scraped." },
];

/** vLLM docs, "Metrics"; WVA internal/metrics; llm-d-inference-scheduler docs/metrics.md. */
const own: Readonly<Record<MetricFact["source"], readonly LabelFact[]>> = {
  vLLM: [
    {
      name: "model_name",
      meaning: "The name that vLLM serves the model by, --served-model-name or --model.",
      names: "model",
    },
    { name: "engine", meaning: "Number of the engine, with data parallelism." },
    { name: "finished_reason", meaning: "Of requests that were finished.", values: ["stop", "length", "abort"] },
  ],
  WVA: [
    {
      name: "variant_name",
      meaning: "The variant: the VariantAutoscaling, with WVA 0.5.0 the workload.",
      names: "variant",
    },
    {
      name: "exported_namespace",
      meaning: "Namespace of the variant. `namespace` is that of WVA itself, unless the ServiceMonitor honours labels.",
      names: "namespace",
    },
    { name: "accelerator_type", meaning: "Accelerator of the variant, as WVA calls it." },
    { name: "controller_instance", meaning: "Which of several WVA controllers, where it has been given a name." },
    { name: "direction", meaning: "Of a scaling decision.", values: ["up", "down"] },
    { name: "reason", meaning: "Of a scaling decision." },
  ],
  "llm-d router": [
    { name: "inference_pool", meaning: "The pool that the router serves, its --pool-name.", names: "InferencePool" },
    { name: "target_model_name", meaning: "The model that a request goes to.", names: "model" },
    { name: "model_name", meaning: "The model that was asked for.", names: "model" },
    { name: "fairness_id", meaning: "The tenant that a request counts for." },
    { name: "priority", meaning: "Priority of the requests, from their InferenceObjective." },
  ],
  DCGM: [
    { name: "gpu", meaning: "Number of the GPU on its node." },
    { name: "UUID", meaning: "Identity of the GPU." },
    { name: "device", meaning: "Device of the GPU." },
    { name: "modelName", meaning: "What NVIDIA calls the GPU." },
    { name: "Hostname", meaning: "Node of the GPU." },
    { name: "exported_namespace", meaning: "Namespace of the pod that has the GPU.", names: "namespace" },
    { name: "exported_pod", meaning: "Pod that has the GPU.", names: "pod" },
    { name: "exported_container", meaning: "Container that has the GPU." },
  ],
  KEDA: [
    { name: "scaledObject", meaning: "The ScaledObject.", names: "ScaledObject" },
    { name: "scaler", meaning: "What reads the trigger." },
    { name: "triggerIndex", meaning: "Which trigger of the ScaledObject, from 0." },
    { name: "metric", meaning: "Name of the metric for the HPA." },
    { name: "exported_namespace", meaning: "Namespace of the ScaledObject.", names: "namespace" },
  ],
  LMCache: [{ name: "model_name", meaning: "The model whose cache it is.", names: "model" }],
};

const bound: LabelFact = { name: "le", meaning: "Upper bound of a histogram's bucket." };

/** The labels of a metric; of one that is not known, all that are. */
export function labelsOf(metric: MetricFact | undefined): readonly LabelFact[] {
  const buckets = metric === undefined || metric.type === "histogram" ? [bound] : [];
  const some = metric === undefined ? Object.values(own).flat() : own[metric.source];
  return [...new Map([...some, ...added, ...buckets].map((label) => [label.name, label])).values()];
}

/** Labels that WVA alone writes: what people take for labels of the series that it reads. */
export const labelsOfVariants: ReadonlySet<string> = new Set([
  "variant_name",
  "accelerator_type",
  "controller_instance",
]);

/** A label as a metric means it; of a metric that is not known, as any does. */
export function labelNamed(name: string, metric?: MetricFact): LabelFact | undefined {
  return labelsOf(metric).find((label) => label.name === name);
}
