import type { Gpu } from "../catalogue/gpu.ts";
import type { ModelShape } from "../catalogue/model-shape.ts";
import { type BytesPerRank, bytesInGb, bytesInGib, bytesPerRank, type Share, share } from "../units.ts";
import type { Parallel } from "./parallel.ts";
import { activation, cudaGraphs, type Estimate, nonTorch, usualUtilization, type VllmVersion } from "./vllm-laws.ts";
import { weightsOf } from "./weights.ts";

/** A part of a GPU's memory. */
export interface Figure {
  readonly bytes: BytesPerRank;
  /** The truth is within this of it; 0 for what is known. */
  readonly error: BytesPerRank;
  readonly exact: boolean;
  /** Where it is from, as a clause. */
  readonly because: string;
}

/** One GPU's memory as vLLM divides it: utilization x physical - weights - activation - non-torch - graphs. */
export interface Budget {
  readonly physical: Figure;
  readonly utilization: { readonly share: Share; readonly exact: boolean; readonly because: string };
  readonly requested: Figure;
  readonly weights: Figure;
  readonly activation: Figure;
  readonly nonTorch: Figure;
  readonly graphs: Figure;
  /** What is left for the KV cache; below zero where the rest alone does not fit. */
  readonly kvCache: Figure;
}

/** Parts that vLLM logged when it started; each outranks its estimate. */
export interface MeasuredMemory {
  /** `Model loading took X GiB`. */
  readonly weights?: BytesPerRank;
  /** `PyTorch activation peak memory takes X GiB`. */
  readonly activation?: BytesPerRank;
  /** `non_torch_memory takes X GiB`. */
  readonly nonTorch?: BytesPerRank;
  /** `Available KV cache memory: X GiB`. */
  readonly kvCache?: BytesPerRank;
}

export interface BudgetRequest {
  readonly model: ModelShape;
  readonly quantization?: string;
  readonly gpu: Gpu;
  readonly parallel: Parallel;
  readonly version: VllmVersion;
  readonly versionIsKnown: boolean;
  readonly utilization?: Share;
  readonly maxNumSeqs: number;
  readonly enforceEager: boolean;
  /** False: `VLLM_MEMORY_PROFILER_ESTIMATE_CUDAGRAPHS=0`. */
  readonly graphsAreEstimated: boolean;
  readonly measured?: MeasuredMemory;
}

/** Absent when the weights cannot be told: the number of parameters or the way they are stored is not known. */
export function memoryBudget(request: BudgetRequest): Budget | undefined {
  const { version, enforceEager, graphsAreEstimated } = request;
  const weights = weightsFigure(request);
  if (weights === undefined) return undefined;
  const physical = physicalOf(request.gpu);
  const utilization = utilizationOf(request);
  const parts = {
    weights,
    activation: activationFigure(request),
    nonTorch: nonTorchFigure(request),
    graphs: graphsFigure(version, enforceEager, graphsAreEstimated),
  };
  const requested = {
    bytes: bytesPerRank(physical.bytes * utilization.share),
    error: bytesPerRank(physical.error * utilization.share),
    exact: physical.exact && utilization.exact,
    because: `${utilization.share} of the GPU`,
  };
  return { physical, utilization, requested, ...parts, kvCache: kvCacheOf(request, requested, Object.values(parts)) };
}

function weightsFigure({ model, quantization, parallel, measured }: BudgetRequest): Figure | undefined {
  if (measured?.weights !== undefined) return known(measured.weights, "as logged");
  const stored = quantization ?? model.quantization;
  const weights = weightsOf(model, stored, parallel);
  if (weights === undefined || model.parameters === undefined) return undefined;
  const billions = Number((model.parameters / 1e9).toPrecision(4));
  return {
    bytes: weights.perRank,
    error: bytesPerRank(weights.perRank * weights.error),
    exact: false,
    because: `${billions} billion parameters in ${stored ?? `${model.elementBytes} bytes`}`,
  };
}

/** Sold sizes are nearly GiB; of what is sold, drivers leave 97 to 100 %, with error correction in the memory 92 %. */
export function physicalOf({ physical, sold }: Gpu): Figure {
  if (physical !== undefined) return known(bytesPerRank(physical), "as PyTorch sees it");
  const nominal = (sold / bytesInGb) * bytesInGib;
  return {
    bytes: bytesPerRank(nominal * 0.96),
    error: bytesPerRank(nominal * 0.04),
    exact: false,
    because: "from the size it is sold with",
  };
}

function utilizationOf({ utilization, version, versionIsKnown }: BudgetRequest): Budget["utilization"] {
  if (utilization !== undefined) return { share: utilization, exact: true, because: "as given" };
  const usual = usualUtilization(version);
  const release = version.slice(0, 2).join(".");
  return { share: share(usual.share), exact: usual.sure && versionIsKnown, because: `usual in vLLM ${release}` };
}

function activationFigure({ model, version, maxNumSeqs, parallel: { pipeline }, measured }: BudgetRequest): Figure {
  if (measured?.activation !== undefined) return known(measured.activation, "as logged");
  const { vocabulary, multimodal = false, mixture = false } = model;
  const facts = { version, maxNumSeqs, pipeline, multimodal, mixture };
  return vocabulary === undefined
    ? estimated(activation(facts), "sampling, of a vocabulary that is not known")
    : estimated(activation({ ...facts, vocabulary }), `sampling: ${maxNumSeqs} requests x ${vocabulary} words`);
}

function nonTorchFigure({ version, parallel: { tensor, pipeline }, measured }: BudgetRequest): Figure {
  if (measured?.nonTorch !== undefined) return known(measured.nonTorch, "as logged");
  return estimated(nonTorch(version, tensor, pipeline), tensor > 1 ? "CUDA context and NCCL" : "CUDA context");
}

function graphsFigure(version: VllmVersion, enforceEager: boolean, graphsAreEstimated: boolean): Figure {
  const estimate = cudaGraphs(version);
  if (enforceEager) return known(bytesPerRank(0), "none: --enforce-eager");
  if (!graphsAreEstimated) return known(bytesPerRank(0), "not taken off: VLLM_MEMORY_PROFILER_ESTIMATE_CUDAGRAPHS=0");
  if (estimate.gib === 0) return known(bytesPerRank(0), "not taken off before vLLM 0.21");
  return estimated(estimate, "taken off since vLLM 0.21");
}

/**
 * Errors of independent parts add up as squares; and what was held against logs was within 3 % on one GPU with a dense
 * model and a known version, within 10 % otherwise.
 */
function kvCacheOf(request: BudgetRequest, requested: Figure, parts: readonly Figure[]): Figure {
  if (request.measured?.kvCache !== undefined) return known(request.measured.kvCache, "as logged");
  const left = parts.reduce((sum, { bytes }) => sum - bytes, requested.bytes as number);
  const simple =
    request.parallel.tensor * request.parallel.pipeline === 1 && !request.model.mixture && request.versionIsKnown;
  const together = Math.hypot(requested.error, ...parts.map(({ error }) => error));
  const error = Math.max(together, Math.max(0, left) * (simple ? 0.03 : 0.1));
  return { bytes: bytesPerRank(left), error: bytesPerRank(error), exact: false, because: "what is left" };
}

function known(bytes: BytesPerRank, because: string): Figure {
  return { bytes, error: bytesPerRank(0), exact: true, because };
}

function estimated({ gib, error }: Estimate, because: string): Figure {
  return { bytes: bytesPerRank(gib * bytesInGib), error: bytesPerRank(error * bytesInGib), exact: false, because };
}
