import type { Node } from "../text/node.ts";
import { at, entriesAt, itemsAt, numberAt, plainValue, resolve, stringAt } from "../text/read.ts";

/** A GPU that `gpus` describes: one of Headroom's with another price, or one of somebody's own. */
export interface OwnGpu {
  readonly name: string;
  /** Other names, as node labels have them. */
  readonly names: readonly string[];
  /** What is sold, in 10^9 bytes. */
  readonly memoryGb: number | undefined;
  /** What the driver shows, in 2^30 bytes. */
  readonly memoryGib: number | undefined;
  readonly bandwidthTbPerSecond: number | undefined;
  readonly bf16Tflops: number | undefined;
  readonly fp8Tflops: number | undefined;
  readonly price: OwnPrice | undefined;
}

/** A price holds for a day: it has a date, or it is none. */
export interface OwnPrice {
  readonly dollarsPerGpuHour: number;
  readonly date: string;
  readonly seller: string | undefined;
}

export const gpuKeys = [
  "names",
  "memoryGb",
  "memoryGib",
  "bandwidthTbPerSecond",
  "bf16Tflops",
  "fp8Tflops",
  "price",
  "priceDate",
  "seller",
] as const;

/** A model that `models` describes: by its `config.json`, or by the fields of one, written here. */
export interface OwnModel {
  readonly id: string;
  /** Relative to the configuration's directory. */
  readonly config: string | undefined;
  /** Fields named as in a `config.json`; they outrank the file's. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** What a `config.json` does not say. */
  readonly parameters: number | undefined;
  readonly quantization: string | undefined;
}

/** Told with the node that it is about, and the word that was probably meant. */
export type Complain = (node: Node, message: string) => void;

export function readGpu(name: string, node: Node, complain: Complain): OwnGpu {
  const positive = (key: (typeof gpuKeys)[number]) => positiveAt(node, key, complain);
  return {
    name,
    names: itemsAt(node, "names").flatMap((item) => textOf(item) ?? []),
    memoryGb: positive("memoryGb"),
    memoryGib: positive("memoryGib"),
    bandwidthTbPerSecond: positive("bandwidthTbPerSecond"),
    bf16Tflops: positive("bf16Tflops"),
    fp8Tflops: positive("fp8Tflops"),
    price: priceAt(node, complain),
  };
}

function priceAt(node: Node, complain: Complain): OwnPrice | undefined {
  const said = at(node, "price");
  if (said === undefined) return undefined;
  const dollarsPerGpuHour = positiveAt(node, "price", complain);
  const date = stringAt(node, "priceDate")?.value;
  if (date === undefined || !/^\d{4}-\d{2}(?:-\d{2})?$/.test(date)) {
    complain(said, "a price needs the day it is from: priceDate, such as 2026-11-09");
    return undefined;
  }
  if (dollarsPerGpuHour === undefined) return undefined;
  return { dollarsPerGpuHour, date, seller: stringAt(node, "seller")?.value };
}

function positiveAt(node: Node, key: string, complain: Complain): number | undefined {
  const said = at(node, key);
  if (said === undefined) return undefined;
  const value = numberAt(node, key)?.value;
  if (value !== undefined && value > 0) return value;
  complain(said, `"${textOf(said) ?? ""}" is no number above 0`);
  return undefined;
}

export function readModel(id: string, node: Node, complain: Complain): OwnModel {
  const path = textOf(node);
  if (path !== undefined && path !== "") {
    return { id, config: path, fields: {}, parameters: undefined, quantization: undefined };
  }
  if (resolve(node)?.type !== "map") complain(node, "a model is the path of its config.json, or the fields of one");
  return {
    id,
    config: stringAt(node, "config")?.value,
    fields: fieldsOf(node, 0),
    parameters: positiveAt(node, "parameters", complain),
    quantization: stringAt(node, "quantization")?.value,
  };
}

/** Levels of a `config.json` that anybody reads. */
const deepest = 4;

/** Without a prototype: `__proto__` is a key like any other. */
function fieldsOf(node: Node, depth: number): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null);
  for (const { key, value } of entriesAt(node)) fields[key.text] = plainOf(value, depth + 1);
  return fields;
}

function plainOf(node: Node, depth: number): unknown {
  const found = resolve(node);
  if (found === undefined || depth > deepest) return undefined;
  if (found.type === "map") return fieldsOf(found, depth);
  if (found.type === "seq") return found.items.map((item) => plainOf(item, depth + 1));
  const value = plainValue(found);
  return typeof value === "bigint" ? Number(value) : value;
}

function textOf(node: Node): string | undefined {
  const found = resolve(node);
  return found?.type === "scalar" ? found.text : undefined;
}
