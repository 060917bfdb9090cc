import type { ModelServer, Traffic } from "../scenario.ts";
import type { Hit } from "./hit.ts";

/** How fast a replica of a variant goes with so many running requests of the mean kind. */
export interface Speed {
  /** Requests that may run at once, by max_num_seqs and by the KV cache. */
  readonly seats: number;
  /** Tokens that a running request holds, on the mean over its life. */
  readonly context: number;
  /** The same in the KV cache, whose last block is half full on the mean. */
  readonly held: number;
  readonly capacity: number;
  readonly overhead: number;
  /** Prompt tokens of a request, and those that are not cached. */
  readonly promptTokens: number;
  readonly prompt: number;
  /** Second moment of prompts over the square of their mean. */
  readonly unequal: number;
  /** A row of `columns` for each number of running requests; between two rows runs a straight line. */
  readonly rows: Float64Array;
}

/**
 * Of a row: seconds of a step that only decodes; seconds that one more prompt adds, read alone and among as many as fit into a
 * step; prompts a second when every step is full of them.
 */
export const columns = { decode: 0, alone: 1, packed: 2, most: 3, count: 4 } as const;

type Means = Pick<Traffic, "promptTokens" | "outputTokens" | "promptVariation" | "outputVariation">;

/**
 * Prompts that are mixed into decoding slow it down: the law of open loops. The mean context of a request in flight grows with
 * the variation of answers, because it is the long ones that one finds running.
 */
export function speedOf(server: ModelServer, traffic: Means, { hit, load }: Hit): Speed {
  const { law, capacity, maxRunning, maxBatchedTokens, blockSize } = server;
  const { promptTokens, outputTokens, promptVariation = 0, outputVariation = 0 } = traffic;
  const unequal = 1 + promptVariation ** 2;
  const context = promptTokens + (outputTokens * (1 + outputVariation ** 2)) / 2;
  const held = context + blockSize / 2;
  const seats = Math.max(1, Math.min(maxRunning.value, capacity.value / held));
  const prompt = promptTokens * (1 - hit);
  const promptContext = promptTokens * hit + prompt / 2;
  const step = (decodes: number, tokens: number) =>
    law.stepTime({ decodes, promptTokens: tokens, contextTokens: decodes * context, promptContext });

  const rows = new Float64Array((Math.ceil(seats) + 2) * columns.count);
  for (let running = 0; running * columns.count < rows.length; running++) {
    const row = running * columns.count;
    const most = Math.max(1, maxBatchedTokens.value - running);
    const bare = step(running, 0);
    const added = (chunk: number) => (prompt <= 0 ? load : load + (prompt / chunk) * (step(running, chunk) - bare));
    // Nothing running takes no time; the first request sets the pace of its own.
    rows[row + columns.decode] = running === 0 ? step(1, 0) : bare;
    rows[row + columns.alone] = added(Math.min(Math.max(1, prompt), most));
    rows[row + columns.packed] = added(most);
    rows[row + columns.most] = prompt <= 0 ? unlimited : 1 / ((prompt / most) * step(running, most) + load);
  }
  return {
    seats,
    context,
    held,
    capacity: capacity.value,
    overhead: law.apiOverhead,
    promptTokens,
    prompt,
    unequal,
    rows,
  };
}

const unlimited = 1e12;

/** Between a cell and the same column of the next row. */
export function along(rows: Float64Array, cell: number, between: number): number {
  const low = rows[cell] as number;
  return low + between * ((rows[cell + columns.count] as number) - low);
}
