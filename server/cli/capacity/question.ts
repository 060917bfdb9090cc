import { type Capacity, type CapacityRequest, capacity, isRefusal } from "../../engine/capacity/capacity.ts";
import type { LoggedCapacity } from "../../engine/capacity/log.ts";
import type { FoundModel } from "../../engine/catalogue/find-model.ts";
import type { Gpu } from "../../engine/catalogue/gpu.ts";
import { gpuOf, refused, requestOf } from "../../scenario/capacity-request.ts";
import type { Catalogue } from "../../scenario/catalogue.ts";
import type { Found } from "../../scenario/found.ts";
import type { ModelServer } from "../../scenario/model-server.ts";
import { listed } from "../report/words.ts";
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
export function answerTo(
  asked: Asked,
  server: ModelServer | undefined,
  own: FoundModel | undefined,
  catalogue: Catalogue,
  logged: LoggedCapacity,
): Found<Answer> {
  const modelName = asked.model ?? server?.model;
  const named = own ?? (modelName === undefined ? undefined : catalogue.model(modelName));
  if (named !== undefined && "mistake" in named) return named;
  const gpu = gpuOf(asked.gpu, server, catalogue);
  if (gpu !== undefined && "mistake" in gpu) return gpu;
  if (named === undefined || gpu === undefined)
    return { mistake: missing(named === undefined, gpu === undefined, server) };
  const model =
    asked.parameters === undefined ? named : { ...named, model: { ...named.model, parameters: asked.parameters } };
  const request = requestOf(model, gpu, { ...server?.flags, ...asked.flags }, asked.version ?? server?.version, logged);
  if ("mistake" in request) return request;
  const answer = capacity(request);
  if (isRefusal(answer)) return { mistake: refused(model, answer) };
  const question = { model, gpu, request, ...(server === undefined ? {} : { title: server.title }) };
  return { question, capacity: answer };
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
