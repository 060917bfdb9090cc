import type { products } from "../../config/settings.ts";
import type { AnswerKey } from "./answers.ts";
import type { Slot } from "./values.ts";

export interface Stack {
  readonly name: string;
  readonly title: string;
  readonly says: string;
  /** Its files by path, each with the templates that it is made of. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** The same for what all stacks of a cluster share. */
  readonly cluster?: Readonly<Record<string, readonly string[]>>;
  /** Places of the templates that this stack fills itself, with a text or with another place. */
  readonly sets: Partial<Readonly<Record<Slot, string>>>;
  /** What the files are written for. */
  readonly versions: Partial<Readonly<Record<(typeof products)[number], string>>>;
  /** Answers that change nothing in it. */
  readonly skips: readonly AnswerKey[];
  /** What nobody but its owner can know. */
  readonly yours: readonly string[];
}

/** One name for everything that belongs to one model server: the variant's is right in every version of WVA. */
const oneName = { variant: "${name}", workload: "${name}", service: "${name}", pool: "${name}" };

const server = {
  "model-server.yaml": ["vllm-lmcache", "service"],
  "lmcache.yaml": ["lmcache-config"],
  "weights.yaml": ["weights"],
  "guards.yaml": ["pod-disruption-budget"],
};
const claim = "weights.yaml: the storage class and the size of the claim";
const keda = "autoscaling.yaml: the address of Prometheus, and the Secret with the certificate for it";
const gateway = "pool.yaml: the Gateway that the route belongs to";
const lmcache = { kubernetes: "1.35", vllm: "0.19", lmcache: "0.4" };

export const stacks: readonly Stack[] = [
  {
    name: "wva-hpa",
    title: "vLLM + LMCache + WVA + HPA",
    says: "WVA counts replicas by KV cache and queue, an HPA sets them through prometheus-adapter",
    files: {
      ...server,
      "autoscaling.yaml": ["variant-autoscaling", "hpa-wva"],
      "monitoring.yaml": ["service-monitor"],
    },
    cluster: {
      "wva.yaml": ["wva-saturation"],
      "prometheus-adapter.yaml": ["adapter-wva"],
    },
    sets: oneName,
    versions: { ...lmcache, wva: "0.5.1" },
    skips: [],
    yours: [claim, "cluster/prometheus-adapter.yaml: it replaces the adapter's present rules"],
  },
  {
    name: "wva-keda",
    title: "vLLM + LMCache + WVA + KEDA",
    says: "WVA counts replicas by KV cache and queue, KEDA sets them",
    files: {
      ...server,
      "autoscaling.yaml": ["variant-autoscaling", "scaled-object-wva", "trigger-authentication"],
      "monitoring.yaml": ["service-monitor"],
    },
    cluster: { "wva.yaml": ["wva-saturation"] },
    sets: { ...oneName, authMode: "tls" },
    versions: { ...lmcache, keda: "2.19", wva: "0.5.1" },
    skips: [],
    yours: [claim, keda],
  },
  {
    name: "epp",
    title: "EPP profile",
    says: "vLLM + LMCache behind llm-d's router, which scores pods by prefix and load; KEDA scales by its saturation",
    files: {
      ...server,
      "router.yaml": ["epp-scoring", "router"],
      "pool.yaml": ["inference-pool", "http-route"],
      "autoscaling.yaml": ["scaled-object-epp", "trigger-authentication"],
      "monitoring.yaml": ["service-monitor", "router-monitor"],
    },
    sets: { ...oneName, authMode: "tls" },
    versions: { ...lmcache, keda: "2.19", router: "0.10" },
    skips: [],
    yours: [claim, gateway, keda],
  },
  {
    name: "pd",
    title: "P/D",
    says: "prefill and decode on pods of their own behind llm-d's router, the KV cache moved by NIXL; fixed counts",
    files: {
      "model-server.yaml": ["vllm-prefill", "vllm-decode", "service"],
      "weights.yaml": ["weights"],
      "guards.yaml": ["pod-disruption-budget"],
      "router.yaml": ["epp-pd", "router"],
      "pool.yaml": ["inference-pool", "http-route"],
      "monitoring.yaml": ["service-monitor", "router-monitor"],
    },
    sets: { ...oneName, image: "vllm/vllm-openai:v0.23.0" },
    versions: { kubernetes: "1.35", vllm: "0.23", router: "0.10" },
    skips: ["maxReplicas"],
    yours: [
      claim,
      gateway,
      "model-server.yaml: your RDMA resource, and how many prefill pods for how many decode pods",
    ],
  },
];
