import { whatToTry } from "../engine/capacity/advice.ts";
import { concurrencyAt } from "../engine/capacity/block-pool.ts";
import type { Budget } from "../engine/capacity/budget.ts";
import { bytesPerRank } from "../engine/units.ts";
import type { ReadScenario } from "../scenario/scenario.ts";
import type { Served } from "../scenario/variants.ts";
import type { PictureCapacity, PictureVariant } from "./picture.ts";

/** What each variant runs on, how long it starts and what it costs. */
export function variantsOf({ scenario, served }: ReadScenario): PictureVariant[] {
  const { variants, pools, traffic } = scenario;
  return variants.flatMap(({ name, pod }, index): PictureVariant[] => {
    const one = served[index];
    if (one === undefined) return [];
    const { image, fetch, load, compile } = pod.startUp;
    const price = pools.find((pool) => pool.name === pod.pool)?.perHour;
    const isPriced = price !== undefined && price.origin !== unpriced;
    return [
      {
        name,
        gpu: one.gpu.id,
        gpus: one.gpus,
        startTime: image.value + fetch.value + load.value + compile.value,
        gpuHour: isPriced && one.gpus > 0 ? price.value / one.gpus : null,
        capacity: capacityOf(one, traffic.promptTokens + traffic.outputTokens),
      },
    ];
  });
}

/** As the scenario says it of a price that nobody knows. */
const unpriced = "default: no price is known";

const parts = [
  ["weights", "weights"],
  ["activation", "activations"],
  ["nonTorch", "outside torch"],
  ["graphs", "CUDA graphs"],
  ["kvCache", "KV cache"],
] as const;

function capacityOf({ room, request }: Served, lengthOfTraffic: number): PictureCapacity {
  const { budget, pool, blocks, settled } = room;
  const figures = parts.map(([key, name]) => ({ name, ...figureOf(budget[key]) }));
  const left = bytesPerRank(budget.physical.bytes - budget.requested.bytes);
  return {
    parts: [
      ...figures,
      { name: "left alone", bytes: left, exact: budget.requested.exact, because: "beyond gpu-memory-utilization" },
    ],
    physical: budget.physical.bytes,
    tokens: room.tokens.value,
    concurrency: room.concurrency,
    concurrencyOfTraffic: concurrencyAt(pool, blocks, Math.max(1, Math.round(lengthOfTraffic)), settled.pool),
    verdict: room.verdict,
    advice: whatToTry(request).map(({ flag, gain, costs }) => ({ flag, gain, costs })),
  };
}

function figureOf({ bytes, exact, because }: Budget["kvCache"]) {
  return { bytes, exact, because };
}
