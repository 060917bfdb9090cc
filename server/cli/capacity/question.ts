import { type Capacity, type CapacityRequest, capacity, isRefusal } from "../../engine/capacity/capacity.ts";
import type { LoggedCapacity } from "../../engine/capacity/log.ts";
import type { FoundModel } from "../../engine/catalogue/find-model.ts";
import type { Gpu } from "../../engine/catalogue/gpu.ts";
import { capacityRequest } from "../../scenario/capacity-request.ts";
import type { ModelServer } from "../../scenario/model-server.ts";
import { listed } from "../report/words.ts";
import type { Catalogue, Found } from "./catalogue.ts";
import type { Asked } from "./flags.ts";

/** One server that is asked about. */
export interface Question {
  /** Where it stands; absent when the options alone describe it. */
  readonly title?: string;
  readonly model: FoundModel;
  readonly gpu: Gpu;
  readonly request: CapacityRequest;
}

export interface Answer {
  readonly question: Question;
  readonly capacity: Capacity;
}

/** Puts together what the options, a manifest and a log say. Options outrank the manifest. */
export async function answerTo(
  asked: Asked,
  server: ModelServer | undefined,
  own: FoundModel | undefined,
  catalogue: Catalogue,
  logged: LoggedCapacity,
): Promise<Found<Answer>> {
  const modelName = asked.model ?? server?.model;
  const named = own ?? (modelName === undefined ? undefined : await catalogue.model(modelName));
  if (named !== undefined && "mistake" in named) return named;
  const gpu = gpuOf(asked, server, catalogue);
  if (gpu !== undefined && "mistake" in gpu) return gpu;
  if (named === undefined || gpu === undefined)
    return { mistake: missing(named === undefined, gpu === undefined, server) };
  const model =
    asked.parameters === undefined ? named : { ...named, model: { ...named.model, parameters: asked.parameters } };
  const request = capacityRequest({
    ...model,
    gpu,
    flags: { ...server?.flags, ...asked.flags },
    version: asked.version ?? server?.version,
    logged,
  });
  if ("unknownDtype" in request) return { mistake: unknownDtype(request.unknownDtype) };
  const answer = capacity(request);
  if (isRefusal(answer)) return { mistake: refused(model, answer) };
  const question = { model, gpu, request, ...(server === undefined ? {} : { title: server.title }) };
  return { question, capacity: answer };
}

/** Every label that a node must have speaks of the same GPU, or nobody can tell which one it is. */
function gpuOf(asked: Asked, server: ModelServer | undefined, catalogue: Catalogue): Found<Gpu> | undefined {
  if (asked.gpu !== undefined) return catalogue.gpu(asked.gpu);
  const names = server?.gpuNames ?? [];
  const found = names.map((name) => catalogue.gpu(name));
  const known = new Map(found.flatMap((gpu) => ("mistake" in gpu ? [] : [[gpu.id, gpu] as const])));
  const [first] = known.values();
  if (known.size > 1) return { mistake: `The node may have ${listed([...known.keys()], "or")}: say which with --gpu.` };
  return first ?? found[0];
}

function missing(noModel: boolean, noGpu: boolean, server: ModelServer | undefined): string {
  const facts = [...(noModel ? ["--model MODEL"] : []), ...(noGpu ? ["--gpu GPU"] : [])];
  if (server === undefined) return `Which? Add ${listed(facts)}.`;
  const reasons = [
    ...(noModel ? ["its command line does not name the model"] : []),
    ...(noGpu ? ["nothing says which GPU its node has"] : []),
  ];
  return `Not all is said: ${listed(reasons)}. Add ${listed(facts)}.`;
}

function unknownDtype(dtype: string): string {
  return `How large a KV cache in ${dtype} is, is not known. Name another with --kv-cache-dtype.`;
}

function refused(
  { model, quantization }: FoundModel,
  refusal: { readonly mistake: string } | { readonly missing: string },
): string {
  if ("mistake" in refusal) return `vLLM refuses ${model.id}: ${refusal.mistake}.`;
  if (refusal.missing === "maxModelLen")
    return `How long a request to ${model.id} may be is not known. Add --max-model-len N.`;
  const stored = quantization ?? model.quantization;
  return model.parameters === undefined
    ? `How many parameters ${model.id} has is not known. Add --parameters N.`
    : `How large weights in ${stored ?? "this format"} are is not known. Name another with --quantization.`;
}
