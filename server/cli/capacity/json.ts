import { whatToTry } from "../../engine/capacity/advice.ts";
import { concurrencyAt } from "../../engine/capacity/block-pool.ts";
import type { Figure } from "../../engine/capacity/budget.ts";
import { printed } from "../report/json.ts";
import { parts } from "./bar.ts";
import type { Asked } from "./flags.ts";
import type { Answer } from "./question.ts";

/** What was found out, for programs: bytes and tokens, and nothing rounded. */
export function answersInJson(answers: readonly Answer[], workload: Asked["workload"]): string {
  return printed({ version: 1, servers: answers.map((answer) => serverOf(answer, workload)) });
}

function serverOf({ question, capacity }: Answer, workload: Asked["workload"]) {
  const { settled, budget, pool, startup } = capacity;
  return {
    ...(question.title === undefined ? {} : { title: question.title }),
    model: question.model.model.id,
    gpu: question.gpu.id,
    vllm: settled.version.join("."),
    tensorParallel: settled.parallel.tensor,
    pipelineParallel: settled.parallel.pipeline,
    maxModelLen: settled.maxModelLen,
    maxNumSeqs: settled.maxNumSeqs,
    kvCacheDtype: settled.cacheDtype,
    utilization: budget.utilization.share,
    memory: {
      physical: figureOf(budget.physical),
      requested: figureOf(budget.requested),
      ...Object.fromEntries(parts.map(({ key }) => [key, figureOf(budget[key])])),
    },
    bytesPerToken: capacity.bytesPerToken,
    bytesPerBlock: pool.bytesPerBlock,
    blocks: capacity.blocks,
    tokens: capacity.tokens,
    tokensAreLogged: capacity.tokensAreLogged,
    isUpperBound: capacity.isUpperBound,
    concurrency: capacity.concurrency,
    ...(workload === undefined
      ? {}
      : {
          workload: {
            ...workload,
            concurrency: concurrencyAt(pool, capacity.blocks, workload.input + workload.output, settled.pool),
          },
        }),
    verdict: capacity.verdict,
    verdictIsSure: capacity.verdictIsSure,
    startup: { neededBytes: startup.needed, longest: startup.longest },
    try: whatToTry(question.request).map(({ flag, gain, costs, after }) => ({
      flag,
      gain,
      costs,
      verdict: after.verdict,
    })),
    prices: question.gpu.prices,
  };
}

function figureOf({ bytes, error, exact, because }: Figure) {
  return { bytes, error, exact, because };
}
