import { isTemplated } from "../../text/template.ts";
import { argumentOf, type Container, gpusOf } from "./container.ts";

/**
 * Models with multi-head latent attention, by their names on Hugging Face (`kv_lora_rank` in config.json). Their KV cache
 * is the same on every rank.
 */
const latentAttention =
  /deepseek[-_]?(?:v[2-9]|r\d|coder[-_]v2)|kimi[-_]?(?:k\d|linear)|glm[-_]?(?:5|4\.7[-_]flash)|longcat|minicpm3|moonlight|mistral[-_]large[-_]3/i;
/** A distillation carries the name of its teacher and the attention of its own family. */
const distilled = /distill|(?:qwen|llama)[^/]*$/i;

export function usesLatentAttention(model: string): boolean {
  return latentAttention.test(model) && !distilled.test(model);
}

/** The model on the command line of an engine, when its name tells what it is: `/mnt/models` does not. */
export function modelOf(container: Container): string | undefined {
  const model = argumentOf(container, "model", "model-path")?.value ?? positionalModel(container);
  if (model === undefined || model.includes("$") || isTemplated(model)) return undefined;
  const isPath = /^(?:[./]|\w+:\/\/)/.test(model);
  return isPath && !usesLatentAttention(model) && !/\d[^/]*\/*$/.test(model) ? undefined : model;
}

/** `vllm serve <model>`, or the first argument of an image that starts `vllm serve` by itself. */
function positionalModel({ words, root }: Container): string | undefined {
  const serve = words.findIndex(({ text }) => text === "serve");
  const hasCommand = root.entries.some(({ key }) => key.type === "scalar" && key.text === "command");
  const word = serve >= 0 ? words[serve + 1] : hasCommand ? undefined : words[0];
  return word === undefined || word.text.startsWith("-") ? undefined : word.text;
}

/**
 * Worker processes that an engine starts in this container: tensor x pipeline parallel, but never more than it has GPUs,
 * since the other ranks of a group of pods run elsewhere. At least one; a degree that cannot be read counts as one.
 */
export function localRanks(container: Container, podsInGroup: number): number {
  const world =
    degree(container, "tensor-parallel-size", "tp", "tp-size") *
    degree(container, "pipeline-parallel-size", "pp", "pp-size");
  const gpus = gpusOf(container)?.value ?? (podsInGroup > 1 ? 1 : world);
  return Math.max(1, Math.min(world, gpus));
}

function degree(container: Container, ...names: string[]): number {
  const value = Number(argumentOf(container, ...names)?.value ?? 1);
  return Number.isInteger(value) && value > 0 ? value : 1;
}
