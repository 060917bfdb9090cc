import { type Capacity, type CapacityRequest, capacity, isRefusal } from "../engine/capacity/capacity.ts";
import { gpuLabels } from "../engine/catalogue/find-gpu.ts";
import type { FoundModel } from "../engine/catalogue/find-model.ts";
import type { Gpu } from "../engine/catalogue/gpu.ts";
import { denseBand, type StepBand } from "../engine/serving/band.ts";
import { isUnknownStep, type StepLaw, stepLaw } from "../engine/serving/step-time.ts";
import type { ModelServer } from "../engine/simulation/scenario.ts";
import { given } from "../engine/sourced.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { argumentOf } from "../kinds/workload/container.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import { at, stringAt } from "../text/read.ts";
import { within } from "./bounds.ts";
import { gpuOf, refused, requestOf } from "./capacity-request.ts";
import type { Fills } from "./fills.ts";
import type { Found } from "./found.ts";
import type { ModelServer as WrittenServer } from "./model-server.ts";
import type { Sources } from "./origin.ts";

/** A workload whose pods serve a model, as its manifest has it. */
export interface ServingWorkload {
  readonly object: StackObject<Workload>;
  readonly name: string;
  readonly server: WrittenServer;
}

/** How a replica serves, and on what. */
export interface Served {
  readonly server: ModelServer & { readonly law: StepLaw };
  readonly gpu: Gpu;
  readonly gpus: number;
  readonly model: FoundModel;
  readonly band: StepBand;
  /** What its GPUs were asked to hold, and what that came to. */
  readonly request: CapacityRequest;
  readonly room: Capacity;
}

/** The speed and the room of a replica, or which flag would say what is missing. */
export function servedBy({ object, name, server }: ServingWorkload, fills: Fills, sources: Sources): Found<Served> {
  const { known } = fills;
  const modelName = fills.model ?? server.model;
  if (modelName === undefined)
    return { mistake: `${server.title}: its command line does not name the model. Add --model MODEL.` };
  const model = known.model(modelName);
  if ("mistake" in model) return { mistake: `${server.title}: ${model.mistake} Name a known one with --model.` };
  const gpu = gpuOf(fills.gpu, server, known);
  if (gpu === undefined)
    return { mistake: `${server.title}: nothing says which GPU its node has. Add --gpu GPU, or a nodeSelector.` };
  if ("mistake" in gpu) return { mistake: `${server.title}: ${gpu.mistake} Name a known one with --gpu.` };
  const request = requestOf(model, gpu, server.flags, server.version, {});
  if ("mistake" in request) return { mistake: `${server.title}: ${request.mistake}` };
  const room = capacity(request);
  if (isRefusal(room)) return { mistake: `${server.title}: ${refused(model, room)}` };
  if (room.verdict !== "fits")
    return { mistake: `${server.title}: vLLM does not start on ${gpu.id}. headroom capacity tells why.` };
  const { tensor = 1, pipeline = 1 } = server.flags;
  const { quantization, cacheDtype } = request;
  const law = stepLaw(model.model, gpu, {
    tensor,
    ...(quantization === undefined ? {} : { quantization }),
    ...(cacheDtype === undefined ? {} : { cacheDtype }),
  });
  if (isUnknownStep(law))
    return { mistake: `${server.title}: the ${law.missing} of ${model.model.id} on ${gpu.id} are not known.` };
  if (pipeline > 1)
    sources.lacks(
      `${name}: pipeline stages`,
      "steps are worked out as if all stages ran at once",
      "compare with a benchmark",
    );
  if (law.uncounted.length > 0)
    sources.lacks(
      `${name}: ${law.uncounted.join(", ")}`,
      "it costs time and is not counted",
      "compare with a benchmark",
    );
  tellHardware({ object, name, server }, { model, gpu }, fills, sources);
  const { maxNumSeqs, pool } = room.settled;
  const flag = (option: string) => flagPlace(object, option, sources);
  const maxRunning = sources.said(
    `${name}: max-num-seqs`,
    maxNumSeqs,
    flag("max-num-seqs") ?? "default: vLLM, by the GPU",
  );
  const maxBatchedTokens = sources.said(
    `${name}: max-num-batched-tokens`,
    pool.maxBatchedTokens,
    flag("max-num-batched-tokens") ?? "default: vLLM, by the GPU",
  );
  const { value, least, most } = room.tokens;
  const origin = `estimate: ${least} to ${most}`;
  sources.note(`${name}: KV cache tokens`, String(value), origin);
  return {
    gpu,
    gpus: within(Math.ceil(server.gpus ?? tensor * pipeline), 1, 4096),
    model,
    band: law.band ?? denseBand,
    request,
    room,
    server: {
      law,
      capacity: given(Number(value), origin),
      maxRunning,
      maxBatchedTokens,
      blockSize: pool.blockSize,
      prefixCaching: server.flags.noPrefixCaching !== true,
    },
  };
}

function tellHardware(
  { object, name, server }: ServingWorkload,
  { model, gpu }: { readonly model: FoundModel; readonly gpu: Gpu },
  fills: Fills,
  sources: Sources,
): void {
  const here = sources.place(object.name?.node ?? object);
  const modelPlace = fills.model === undefined ? (flagPlace(object, "model", sources) ?? here) : "flag: --model";
  sources.note(`${name}: model`, model.model.id, modelPlace);
  sources.note(`${name}: GPU`, gpu.id, fills.gpu === undefined ? (gpuPlace(object, sources) ?? here) : "flag: --gpu");
  if (usesLmcache(object))
    sources.lacks(
      `${name}: LMCache`,
      "what it keeps beside the GPU is not simulated; prefixes are found in the GPU's cache alone",
      "serving.cachedPrompt of the engine",
    );
  const { tensor } = server.flags;
  sources.note(
    `${name}: tensor-parallel-size`,
    String(tensor ?? 1),
    flagPlace(object, "tensor-parallel-size", sources) ?? flagPlace(object, "tp", sources) ?? "default: vLLM",
  );
  if (server.version === undefined)
    sources.lacks(
      `${name}: version of vLLM`,
      "the image's tag does not say it; the newest known is taken",
      "versions.vllm in headroom.config.yaml",
    );
}

/** Where its nodes are chosen. */
function gpuPlace({ view }: StackObject<Workload>, sources: Sources): string | undefined {
  const selector = at(view.template?.root, "spec", "nodeSelector");
  for (const label of gpuLabels) {
    const written = stringAt(selector, label);
    if (written !== undefined) return sources.place(written.node);
  }
  const affinity = at(view.template?.root, "spec", "affinity", "nodeAffinity");
  return affinity === undefined ? undefined : sources.place(affinity);
}

function usesLmcache({ view }: StackObject<Workload>): boolean {
  return (view.template?.containers ?? []).some(
    ({ env, words }) =>
      env.some(({ name }) => name.startsWith("LMCACHE_")) ||
      words.some(({ text }) => text.includes("LMCacheConnector")),
  );
}

/** Where an argument of the command line stands. */
function flagPlace({ view }: StackObject<Workload>, option: string, sources: Sources): string | undefined {
  for (const container of view.template?.containers ?? []) {
    const argument = argumentOf(container, option);
    if (argument !== undefined) return sources.place(argument.at);
  }
  return undefined;
}
