import { readFileSync } from "node:fs";

/** Something that somebody measured and published. Times in milliseconds, as they were printed. */
export interface MeasuredPoint {
  readonly group: Group;
  readonly model: string;
  readonly gpu: string;
  readonly ranks: number;
  /** How the weights are stored. */
  readonly weights: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Requests in flight, each followed by another one; or requests a second, as they come. */
  readonly load: { readonly requests: number } | { readonly rate: number };
  /** Absent: what vLLM takes when nobody says. */
  readonly maxBatchedTokens?: number;
  readonly firstToken: number;
  readonly outputToken: number;
  readonly engine: string;
  readonly source: keyof typeof sources;
  /** The row of the source. */
  readonly row: string;
}

/** What the points of a group have in common. */
export const groups = {
  "held out": "vLLM, dense models, the same laboratory as the rows that the constants were fitted to",
  NIM: "NVIDIA NIM, a dense model in fp8, another laboratory",
  "open loop": "vLLM 0.15.1, dense models, Poisson arrivals, a third laboratory",
  "open loop mixtures": "the same, mixtures of experts",
  mixtures: "vLLM, mixtures of experts",
  "other engines": "SGLang and TensorRT-LLM, dense models",
  saturated: "vLLM, more requests than its KV cache holds",
} as const;
export type Group = keyof typeof groups;

export const sources = {
  aiconfigurator:
    "https://github.com/ai-dynamo/aiconfigurator/blob/095f58a/aic-core/src/aiconfigurator_core/systems/silicon_sample.csv (Apache-2.0)",
  "sim-to-real": "https://github.com/inference-sim/sim-to-real-accuracy-validation/tree/dcec3fd (column `actual`)",
  nim: "https://docs.nvidia.com/nim/benchmarking/llm/1.0.0/performance.html",
} as const;

/** The project's own table. None of its rows played a part in a fit. */
export function measuredPoints(): MeasuredPoint[] {
  const [, ...lines] = readFileSync("test/engine/serving/measured/points.csv", "utf8").trimEnd().split("\n");
  return lines.map(pointIn);
}

function pointIn(line: string): MeasuredPoint {
  const [group, model, gpu, ranks, weights, input, output, requests, rate, batched, first, next, engine, source, row] =
    line.split(",");
  return {
    group: known(groups, group),
    model: text(model),
    gpu: text(gpu),
    ranks: Number(text(ranks)),
    weights: text(weights),
    inputTokens: Number(text(input)),
    outputTokens: Number(text(output)),
    load: rate ? { rate: Number(rate) } : { requests: Number(text(requests)) },
    ...(batched ? { maxBatchedTokens: Number(batched) } : {}),
    firstToken: Number(text(first)),
    outputToken: Number(text(next)),
    engine: text(engine),
    source: known(sources, source),
    row: text(row),
  };
}

function text(cell: string | undefined): string {
  if (!cell) throw new Error("a cell is empty");
  return cell;
}

function known<Key extends string>(names: Record<Key, string>, cell: string | undefined): Key {
  if (cell === undefined || !Object.hasOwn(names, cell)) throw new Error(`${cell} is unknown`);
  return cell as Key;
}
