import { type Answers, tensorParallelSizes, usualModel } from "./answers.ts";
import { gpuNames, gpus } from "./gpus.ts";

/** A start, from creating a pod to its first answer: the startup probe of the templates, 10 s x 30. */
const podStart = 300;
/** GiB of /dev/shm in the templates. */
const shm = 16;

/** What stands in the places of the templates. Numbers are written as they are, texts as YAML needs them. */
export function valuesOf({ model, name, namespace, gpu, tensorParallel, maxReplicas }: Answers) {
  const { product, memoryGb, dollars } = gpus[gpu];
  const cpuCache = roundUp(memoryGb * 1.25, 10);
  const decodeTensorParallel = Math.min(tensorParallel * 2, 8);
  return {
    name,
    variant: name,
    workload: name,
    service: name,
    pool: name,
    namespace,
    model,
    // Of any other model nobody here knows the window: vLLM takes what fits.
    maxModelLen: model === usualModel ? "32768" : "auto",
    gpu,
    gpuProduct: product,
    variantCost: (dollars * tensorParallel).toFixed(2),
    tensorParallel,
    decodeTensorParallel,
    prefillReplicas: 4,
    decodeReplicas: 2,
    // LMCache's pinned pool and 4 GiB for each rank, 8 GiB for the server, /dev/shm.
    memory: roundUp(tensorParallel * (cpuCache + 4) + 8 + shm, 16),
    prefillMemory: transferMemory(tensorParallel),
    decodeMemory: transferMemory(decodeTensorParallel),
    cpuCache,
    diskCache: 4 * cpuCache,
    cachePolicy: "LRU",
    engine: "lmcache",
    engineCache: 60,
    hashAlgorithm: "blake3",
    weights: claimFor(model),
    storageClass: "shared-files",
    image: "lmcache/vllm-openai:v0.4.3",
    minReplicas: Math.min(2, maxReplicas),
    maxReplicas,
    podStart,
    scaleUpWindow: 2 * podStart,
    scaleDownWindow: 3 * podStart,
    waitingRequests: 3,
    kvCacheThreshold: 0.8,
    queueLengthThreshold: 5,
    kvSpareTrigger: 0.1,
    queueSpareTrigger: 3,
    wvaNamespace: "workload-variant-autoscaler-system",
    scaleToZero: "true",
    retention: "30m",
    prefixWeight: 3,
    nonCachedTokens: 512,
    failureMode: "FailOpen",
    gateway: "inference",
    gatewayNamespace: "gateway-system",
    prometheus: "https://prometheus.monitoring.svc.cluster.local:9090",
    prometheusSecret: "prometheus-client",
    triggerAuthentication: "prometheus",
    authMode: "tls",
    adapterConfig: "prometheus-adapter",
    monitoringNamespace: "monitoring",
    release: "kube-prometheus-stack",
    kubernetes: "1.35",
    environment: "production",
  } as const;
}

export type Values = ReturnType<typeof valuesOf>;
export type Slot = keyof Values;

/** Where only some values are right. The usual one is put first. */
export const choices: Partial<Record<Slot, readonly string[]>> = {
  gpu: gpuNames,
  gpuProduct: Object.values(gpus).map(({ product }) => product),
  tensorParallel: tensorParallelSizes,
  decodeTensorParallel: tensorParallelSizes,
  cachePolicy: ["LRU", "LFU", "FIFO", "MRU"],
  hashAlgorithm: ["blake3", "sha256_cbor", "builtin"],
  authMode: ["tls", "bearer", "basic"],
  failureMode: ["FailOpen", "FailClose"],
  scaleToZero: ["true", "false"],
  kubernetes: ["1.35", "1.36", "1.37", "1.34", "1.33"],
  environment: ["production", "staging", "development", "e2e"],
};

/** vLLM with NIXL: as above, with room for transfers in place of LMCache. */
function transferMemory(ranks: number): number {
  return roundUp(ranks * 4 + 8 + shm + 16, 16);
}

/** GiB for two revisions at two bytes a parameter, by the billions in the model's name. */
function claimFor(model: string): number {
  const billions = /[-_](\d+(?:\.\d+)?)b(?=$|[-_.])/i.exec(model)?.[1];
  return billions === undefined ? 250 : roundUp(Number(billions) * 4, 50);
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
