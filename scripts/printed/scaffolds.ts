/** A snippet that stands for one subject: documents made from templates, one after another. */
export interface Scaffold {
  readonly prefix: string;
  readonly title: string;
  readonly says: string;
  readonly templates: readonly string[];
}

const one = (prefix: string, template: string, title: string, says: string): Scaffold => ({
  prefix: `headroom-${prefix}`,
  title,
  says,
  templates: [template],
});

/** By the file that they are printed into; the stacks have one of their own. */
export const scaffolds: Readonly<Record<string, readonly Scaffold[]>> = {
  hpa: [
    one("hpa-wva", "hpa-wva", "HPA on WVA", "HPA that follows WVA's count of replicas"),
    one(
      "hpa-vllm-queue",
      "hpa-vllm-queue",
      "HPA on vLLM's queue",
      "HPA on waiting requests, through prometheus-adapter",
    ),
    one(
      "adapter-wva",
      "adapter-wva",
      "prometheus-adapter rule for WVA",
      "Makes wva_desired_replicas an external metric",
    ),
    one(
      "adapter-vllm-queue",
      "adapter-vllm-queue",
      "prometheus-adapter rule for vLLM's queue",
      "Makes vllm:num_requests_waiting an external metric",
    ),
  ],
  keda: [
    one("scaledobject-wva", "scaled-object-wva", "ScaledObject on WVA", "KEDA follows WVA's count of replicas"),
    one(
      "scaledobject-epp",
      "scaled-object-epp",
      "ScaledObject on the router's saturation",
      "KEDA follows llm-d's endpoint picker: a ratio, with metricType Value",
    ),
    one(
      "triggerauthentication",
      "trigger-authentication",
      "TriggerAuthentication with a certificate",
      "Client certificate for Prometheus (authModes: tls)",
    ),
    one(
      "triggerauthentication-bearer",
      "trigger-authentication-bearer",
      "TriggerAuthentication with a token",
      "Token for Prometheus (authModes: bearer)",
    ),
  ],
  wva: [
    one(
      "variantautoscaling",
      "variant-autoscaling",
      "VariantAutoscaling",
      "A model on one kind of GPU, counted by WVA",
    ),
    one(
      "wva-saturation",
      "wva-saturation",
      "WVA saturation ConfigMap",
      "When a replica is full, when another is ordered",
    ),
    one(
      "wva-scale-to-zero",
      "wva-scale-to-zero",
      "WVA scale-to-zero ConfigMap",
      "Which models may go to zero, and when",
    ),
  ],
  lmcache: [
    one("lmcache-config", "lmcache-config", "LMCache ConfigMap", "LMCache inside vLLM: cache in host memory"),
    one(
      "lmcache-config-disk",
      "lmcache-config-disk",
      "LMCache ConfigMap with disk",
      "Cache in host memory and on disk",
    ),
    one("lmcacheengine", "lmcache-engine", "LMCacheEngine", "An LMCache server on every GPU node, by the operator"),
  ],
  "llm-d": [
    one("epp-scoring", "epp-scoring", "EndpointPickerConfig: scoring", "Prefix cache and load, with flow control"),
    one("epp-pd", "epp-pd", "EndpointPickerConfig: P/D", "Profiles for prefill and decode"),
    one("inferencepool", "inference-pool", "InferencePool", "InferencePool v1 over the model servers"),
    one("httproute", "http-route", "HTTPRoute to an InferencePool", "From a Gateway to the pool"),
    one("router", "router", "llm-d router", "Endpoint picker with its rights and Service"),
    one("router-servicemonitor", "router-monitor", "ServiceMonitor of the llm-d router", "Scrapes the endpoint picker"),
  ],
  vllm: [
    one("vllm-lmcache", "vllm-lmcache", "vLLM with LMCache", "Deployment of vLLM with LMCache inside"),
    {
      prefix: "headroom-vllm-pd",
      title: "vLLM prefill and decode",
      says: "Two Deployments that hand the KV cache over by NIXL",
      templates: ["vllm-prefill", "vllm-decode"],
    },
    one("weights", "weights", "Model weights", "Claim for the weights and the Job that fills it"),
    one("service", "service", "Service of a model server", "Service over vLLM's port"),
    one("servicemonitor", "service-monitor", "ServiceMonitor of a model server", "Scrapes vLLM and LMCache"),
    one("pdb", "pod-disruption-budget", "PodDisruptionBudget of a model server", "One loaded model away at a time"),
  ],
};

/** It belongs to no subject, and goes with the stacks. */
export const headroomConfig = one(
  "config",
  "headroom-config",
  "headroom.config.yaml",
  "What runs, and which files are which environment",
);
