import type { ModelServer, Traffic } from "../scenario.ts";

/** How fast a replica of a variant goes with so many running requests of the mean kind: tables over their number. */
export interface Speed {
  /** Requests that may run at once, by max_num_seqs and by the KV cache. */
  readonly seats: number;
  /** Tokens that a running request holds, on the mean over its life. */
  readonly context: number;
  readonly capacity: number;
  readonly overhead: number;
  /** Prompt tokens of a request, and those that are not cached. */
  readonly promptTokens: number;
  readonly prompt: number;
  /** Seconds of a step that only decodes. */
  decode(running: number): number;
  /** Seconds that one more prompt adds, read alone, or among as many as fit into a step. */
  prefillAlone(running: number): number;
  prefillPacked(running: number): number;
  /** Prompts a second when every step is full of them. */
  mostPrompts(running: number): number;
}

/**
 * Prompts that are mixed into decoding slow it down: b.1's law for open loops. The mean context of a request in flight grows with
 * the variation of answers, because it is the long ones that one finds running.
 */
export function speedOf(server: ModelServer, traffic: Traffic, hit: number): Speed {
  const { law, capacity, maxRunning, maxBatchedTokens } = server;
  const { promptTokens, outputTokens, outputVariation = 0 } = traffic;
  const context = promptTokens + (outputTokens * (1 + outputVariation ** 2)) / 2;
  const seats = Math.max(1, Math.min(maxRunning.value, capacity.value / context));
  const prompt = promptTokens * (1 - hit);
  const promptContext = promptTokens * hit + prompt / 2;
  const size = Math.ceil(seats) + 2;

  const step = (decodes: number, tokens: number) =>
    law.stepTime({ decodes, promptTokens: tokens, contextTokens: decodes * context, promptContext });
  const chunkFor = (decodes: number) => Math.max(1, maxBatchedTokens.value - decodes);
  const added = (decodes: number, chunk: number) =>
    prompt <= 0 ? 0 : (prompt / chunk) * (step(decodes, chunk) - step(decodes, 0));

  // Nothing running takes no time; the first request sets the pace of its own.
  const decode = table(size, (decodes) => step(Math.max(1, decodes), 0));
  const alone = table(size, (decodes) => added(decodes, Math.min(Math.max(1, prompt), chunkFor(decodes))));
  const packed = table(size, (decodes) => added(decodes, chunkFor(decodes)));
  const most = table(size, (decodes) =>
    prompt <= 0 ? Number.MAX_VALUE : chunkFor(decodes) / (prompt * step(decodes, chunkFor(decodes))),
  );
  return {
    seats,
    context,
    capacity: capacity.value,
    overhead: law.apiOverhead,
    promptTokens,
    prompt,
    decode,
    prefillAlone: alone,
    prefillPacked: packed,
    mostPrompts: most,
  };
}

/** Worked out where it is first needed; straight lines between whole numbers. */
function table(size: number, of: (n: number) => number): (x: number) => number {
  const values = new Float64Array(size).fill(Number.NaN);
  const at = (n: number) => {
    const known = values[n] as number;
    if (!Number.isNaN(known)) return known;
    const value = of(n);
    values[n] = value;
    return value;
  };
  return (x) => {
    const below = Math.min(Math.floor(x), size - 2);
    const low = at(below);
    return x === below ? low : low + (x - below) * (at(below + 1) - low);
  };
}
