import type { ModelShape } from "./model-shape.ts";
import { models } from "./models.ts";

export interface FoundModel {
  readonly model: ModelShape;
  /** How the weights are stored, when the name says so: `…-AWQ`. Otherwise it is the model's own way. */
  readonly quantization?: string;
}

/** What a name's end says of its weights. */
const quantizations: readonly (readonly [ending: RegExp, quantization: string])[] = [
  [/[-_.](?:fp8|w8a8|int8)(?:[-_](?:dynamic|block|tensor|kv))*$/, "fp8"],
  [/[-_.](?:awq|gptq)[-_](?:int8|8bit)$/, "fp8"],
  [/[-_.](?:awq|gptq)(?:[-_](?:int4|4bit|marlin))?$/, "awq"],
  [/[-_.](?:w4a16|int4|(?:unsloth[-_])?bnb[-_]4bit)(?:[-_]g128)?$/, "awq"],
  [/[-_.](?:nvfp4|fp4)(?:a16)?$/, "nvfp4"],
  [/[-_.]mxfp4$/, "mxfp4"],
  [/[-_.]bf16$/, ""],
];

/** Who publishes other people's models under the same name: the shape stays, the weights are stored otherwise. */
const republishers = new Set(
  "redhatai neuralmagic nvidia unsloth thebloke hugging-quants nousresearch lmstudio-community amd intel".split(" "),
);

/** Other names of a maker: NVIDIA NIM says `meta/llama-3.1-70b-instruct`. */
const makers = new Map([
  ["meta", "meta-llama"],
  ["deepseek", "deepseek-ai"],
  ["mistral", "mistralai"],
  ["moonshot", "moonshotai"],
  ["zai", "zai-org"],
  ["thudm", "zai-org"],
]);

/**
 * The shape of a model by its name, as it stands behind `vllm serve`. Case, the maker and the way in which weights are
 * stored may be said or not; nothing else is guessed: `llama-70b` may be any of several. Own models come first.
 */
export function findModel(name: string, own: readonly ModelShape[] = []): FoundModel | undefined {
  const mine = own.find(({ id }) => id === name);
  if (mine !== undefined) return { model: mine };
  if (!answers.has(name)) {
    if (answers.size === mostAnswers) answers.clear();
    answers.set(name, inCatalogue(name));
  }
  return answers.get(name);
}

/** A stack asks for its model again and again. */
const answers = new Map<string, FoundModel | undefined>();
const mostAnswers = 100;

function inCatalogue(name: string): FoundModel | undefined {
  const { owner, rest } = parts(name);
  const direct = byName(owner, rest);
  if (direct !== undefined) return { model: direct };
  for (const [ending, quantization] of quantizations) {
    if (!ending.test(rest)) continue;
    const model = byName(owner, rest.replace(ending, ""));
    if (model !== undefined) return quantization === "" ? { model } : { model, quantization };
  }
  return undefined;
}

function byName(owner: string | undefined, rest: string): ModelShape | undefined {
  const found = index().get(rest.replace(/^meta-(?=llama-\d)/, ""));
  if (found === undefined || owner === undefined || republishers.has(owner)) return found;
  return parts(found.id).owner === owner ? found : undefined;
}

/** `meta-llama/Llama-3.1-8B`, `/models/Llama-3.1-8B/` and `hf://meta-llama/…` name the same model. */
function parts(name: string): { owner: string | undefined; rest: string } {
  const words = name.trim().toLowerCase().replace(/\/+$/, "").split("/");
  const rest = words.at(-1) ?? "";
  const isPath = name.startsWith("/") || name.startsWith(".") || /^[a-z0-9]+:\/\//i.test(name);
  const owner = words.length === 2 && !isPath ? words[0] : undefined;
  return { owner: owner === undefined ? undefined : (makers.get(owner) ?? owner), rest };
}

let known: ReadonlyMap<string, ModelShape> | undefined;

/** Made at the first question. */
function index(): ReadonlyMap<string, ModelShape> {
  known ??= new Map(models.map((model) => [parts(model.id).rest, model]));
  return known;
}
