import { type Capacity, type CapacityRequest, capacity, isRefusal } from "../engine/capacity/capacity.ts";
import { gpuLabels } from "../engine/catalogue/find-gpu.ts";
import type { FoundModel } from "../engine/catalogue/find-model.ts";
import type { Gpu } from "../engine/catalogue/gpu.ts";
import { denseBand, type StepBand } from "../engine/serving/band.ts";
import { isUnknownStep, type StepLaw, stepLaw } from "../engine/serving/step-time.ts";
import type { ModelServer } from "../engine/simulation/scenario.ts";
import type { Sourced } from "../engine/sourced.ts";
import type { Graph } from "../graph/graph.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { has } from "../kinds/vllm/setting.ts";
import { argumentOf } from "../kinds/workload/container.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import { at, stringAt } from "../text/read.ts";
import { annotations, positiveOf, textOf } from "./annotations.ts";
import { within } from "./bounds.ts";
import { cacheTiersOf, latent } from "./cache-tiers.ts";
import { gpuOf, refused, requestOf } from "./capacity-request.ts";
import type { Fills } from "./fills.ts";
import type { Found } from "./found.ts";
import type { ModelServer as WrittenServer } from "./model-server.ts";
import type { Sources } from "./origin.ts";
import { roleOf } from "./split-pools.ts";

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
  /** Of all ranks together. */
  readonly bytesPerToken: number;
}

/** The speed and the room of a replica, or which flag would say what is missing. */
export function servedBy(graph: Graph, workload: ServingWorkload, fills: Fills, sources: Sources): Found<Served> {
  const { object, name, server } = workload;
  const { known } = fills;
  const modelName = fills.model ?? server.model;
  if (modelName === undefined)
    return { mistake: `${server.title}: its command line does not name the model. Add --model MODEL.` };
  const model = known.model(modelName);
  if ("mistake" in model) return { mistake: `${server.title}: ${model.mistake} Name a known one with --model.` };
  const annotated = textOf(object, annotations.gpu);
  const gpu = gpuOf(fills.gpu ?? annotated?.value, server, known);
  if (gpu === undefined)
    return { mistake: `${server.title}: nothing says which GPU its node has. Add --gpu GPU, or a nodeSelector.` };
  if ("mistake" in gpu) return { mistake: `${server.title}: ${gpu.mistake} Name a known one with --gpu.` };
  const request = requestOf(model, gpu, server.flags, server.version, {});
  if ("mistake" in request) return { mistake: `${server.title}: ${request.mistake}` };
  const room = capacity(request);
  if (isRefusal(room)) return { mistake: `${server.title}: ${refused(model, room)}` };
  const isSpread =
    model.model.mixture === true && has(server.command, "--data-parallel-size", "--enable-expert-parallel");
  if (room.verdict !== "fits" && isSpread)
    return {
      mistake: `${server.title}: its experts are spread over data parallel ranks, and what that leaves for the cache is not worked out here.`,
    };
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
  if (isSpread)
    sources.lacks(
      `${name}: experts over data parallel ranks`,
      "each replica is taken to hold and to read all of them",
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
  const cache = cacheTokens(workload, room.tokens, sources);
  const { maxModelLen } = room.settled;
  const role = roleOf(workload);
  const cached = { name, model: model.model, ranks: tensor, bytesPerToken: room.bytesPerToken };
  const tiers = server.flags.noPrefixCaching === true ? [] : cacheTiersOf(graph, object, cached, sources);
  return {
    gpu,
    gpus: within(Math.ceil(server.gpus ?? tensor * pipeline), 1, 4096),
    model,
    band: law.band ?? denseBand,
    request,
    room,
    server: {
      law,
      capacity: cache,
      maxRunning,
      maxBatchedTokens,
      blockSize: pool.blockSize,
      prefixCaching: server.flags.noPrefixCaching !== true,
      maxLength: sources.said(
        `${name}: max-model-len`,
        Number(maxModelLen),
        flag("max-model-len") ?? "default: the model's own",
      ),
      ...(tiers.length === 0 ? {} : { tiers }),
      ...(role === undefined ? {} : { role }),
    },
    bytesPerToken: room.bytesPerToken * (latent(model.model) ? 1 : tensor),
  };
}

/** What vLLM has logged outranks what is worked out. */
function cacheTokens(
  { object, name }: ServingWorkload,
  { value, least, most }: Capacity["tokens"],
  sources: Sources,
): Sourced<number> {
  const what = `${name}: KV cache tokens`;
  const logged = positiveOf(object, annotations.cacheTokens);
  if (logged !== undefined) return sources.said(what, Math.floor(logged.value), sources.place(logged.node));
  return sources.said(what, Number(value), `estimate: ${least} to ${most}`);
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
  const gpuAt = textOf(object, annotations.gpu);
  const gpuWritten = gpuAt === undefined ? gpuPlace(object, sources) : sources.place(gpuAt.node);
  sources.note(`${name}: GPU`, gpu.id, fills.gpu === undefined ? (gpuWritten ?? here) : "flag: --gpu");
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

/** Where an argument of the command line stands. */
function flagPlace({ view }: StackObject<Workload>, option: string, sources: Sources): string | undefined {
  for (const container of view.template?.containers ?? []) {
    const argument = argumentOf(container, option);
    if (argument !== undefined) return sources.place(argument.at);
  }
  return undefined;
}
