import type { Settings } from "../config/settings.ts";
import { type Capacity, type CapacityRequest, capacity, isRefusal } from "../engine/capacity/capacity.ts";
import { newestVllm, usualUtilization } from "../engine/capacity/vllm-laws.ts";
import { shapeFromConfig } from "../engine/catalogue/config-json.ts";
import { findGpu } from "../engine/catalogue/find-gpu.ts";
import { type FoundModel, findModel } from "../engine/catalogue/find-model.ts";
import type { Gpu } from "../engine/catalogue/gpu.ts";
import { share } from "../engine/units.ts";
import type { Graph } from "../graph/graph.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { has, isWhole, settingOf } from "../kinds/vllm/setting.ts";
import { isGpuResource } from "../kinds/workload/container.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import { entriesAt } from "../text/read.ts";
import { requestOf } from "./capacity-request.ts";
import type { ModelServer } from "./model-server.ts";
import { poolGpuNames } from "./node-pool-gpu.ts";
import { ownGpu } from "./own-gpu.ts";

/** The model that a server names, where its shape is known: Headroom's own, or fields in headroom.config.yaml. */
export function modelOfServer({ model, command }: ModelServer, settings: Settings): FoundModel | undefined {
  // What replaces fields of config.json makes another model of it.
  if (model === undefined || has(command, "--hf-overrides", "--hf-config-path", "--rope-scaling")) return undefined;
  const own = settings.models.find(({ id }) => id === model);
  if (own === undefined) return findModel(model);
  // The configuration names a file that is not among these.
  if (own.config !== undefined) return undefined;
  const read = shapeFromConfig(own.fields, own.id);
  if (!("shape" in read)) return undefined;
  const shape = own.parameters === undefined ? read.shape : { ...read.shape, parameters: own.parameters };
  return own.quantization === undefined ? { model: shape } : { model: shape, quantization: own.quantization };
}

/** The GPU of a server's node. Every name that the pod or the pools beside it give must be of this one. */
export function gpuOfServer(
  graph: Graph,
  workload: StackObject<Workload>,
  { gpuNames, container }: ModelServer,
  settings: Settings,
): Gpu | undefined {
  const resources = entriesAt(container.root, "resources", "limits").filter(({ key }) => isGpuResource(key.text));
  // A slice, or a share, of a GPU has less memory.
  if (resources.length === 0 || !resources.every(({ key }) => /^(?:nvidia|amd)\.com\/gpu$/.test(key.text)))
    return undefined;
  const own = settings.gpus.flatMap((gpu) => ownGpu(gpu) ?? []);
  const names = gpuNames.length > 0 ? gpuNames : poolGpuNames(graph, workload);
  const [first, ...others] = names.map((name) => findGpu(name, own));
  return others.every((gpu) => gpu?.id === first?.id) ? first : undefined;
}

/** Flags by which the arithmetic takes less or more than it does by itself. */
const unreckoned = [
  "--cpu-offload-gb",
  "--cpu-offload-params",
  "--num-gpu-blocks-override",
  "--kv-cache-memory-bytes",
  "--additional-config",
];

/** Flags whose values count. One that is filled in later leaves everything open. */
const counted = [
  "--tensor-parallel-size",
  "--pipeline-parallel-size",
  "--decode-context-parallel-size",
  "--gpu-memory-utilization",
  "--max-model-len",
  "--max-num-seqs",
  "--max-num-batched-tokens",
  "--kv-cache-dtype",
  "--quantization",
  "--block-size",
  "--speculative-config",
];

/** Whether everything that decides over memory stands on the command line as it will be. */
export function isReckonable({ command, flags }: ModelServer, { model }: FoundModel): boolean {
  const length = settingOf(command, "--max-model-len");
  // auto finds the length that fits.
  if (typeof length !== "string" && flags.maxModelLen === undefined) return false;
  const dtype = settingOf(command, "--dtype");
  if (dtype === "unknown" || (dtype !== "default" && !/^(?:auto|half|float16|bfloat16)$/.test(dtype.text)))
    return false;
  // Experts are spread over data parallel ranks as well.
  if (model.mixture === true && has(command, "--data-parallel-size", "--enable-expert-parallel")) return false;
  return (
    isWhole(command) && !has(command, ...unreckoned) && counted.every((name) => settingOf(command, name) !== "unknown")
  );
}

/** What is asked of a server's GPU. */
export interface AskedFit {
  readonly model: FoundModel;
  readonly gpu: Gpu;
  readonly request: CapacityRequest;
}

/** Absent where anything that counts is not known. */
export function askedFit(
  graph: Graph,
  workload: StackObject<Workload>,
  server: ModelServer,
  settings: Settings,
): AskedFit | undefined {
  const model = modelOfServer(server, settings);
  const gpu = model === undefined ? undefined : gpuOfServer(graph, workload, server, settings);
  if (model === undefined || gpu === undefined || !isReckonable(server, model)) return undefined;
  const request = requestOf(model, gpu, server.flags, server.version, {});
  return "mistake" in request ? undefined : { model, gpu, request };
}

/** How a server fits its GPU. */
export interface Fit extends AskedFit {
  readonly capacity: Capacity;
}

/** Absent where anything that counts is not known. */
export function fitOf(
  graph: Graph,
  workload: StackObject<Workload>,
  server: ModelServer,
  settings: Settings,
): Fit | undefined {
  const asked = askedFit(graph, workload, server, settings);
  const answer = asked === undefined ? undefined : capacity(asked.request);
  return asked === undefined || answer === undefined || isRefusal(answer) ? undefined : { ...asked, capacity: answer };
}

/** The laws of this release take the least memory beside the weights. */
const leanest = [0, 17];

/**
 * Whether it fits in no version of vLLM that may run: with a version that is not known, the newest one's share of the GPU
 * and the leanest one's needs count too.
 */
export function fitsNowhere({ request, capacity: now }: Fit): boolean {
  if (now.bestVerdict === "fits") return false;
  if (request.version !== undefined) return true;
  const utilization = request.utilization ?? share(usualUtilization(newestVllm).share);
  const lean = capacity({ ...request, version: leanest, utilization });
  return !isRefusal(lean) && lean.bestVerdict !== "fits";
}
