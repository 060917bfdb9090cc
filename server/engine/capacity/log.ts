import { type BytesPerRank, bytesInGib, bytesPerRank, type Tokens, tokens } from "../units.ts";
import type { MeasuredMemory } from "./budget.ts";

/** What vLLM printed of its own memory when it started. It outranks any estimate. */
export interface LoggedCapacity {
  /** `GPU KV cache size: N tokens`. */
  readonly tokens?: Tokens;
  /** `Maximum concurrency for X tokens per request: Yx`. */
  readonly concurrency?: { readonly length: Tokens; readonly times: number };
  readonly memory?: MeasuredMemory;
  /** `# GPU blocks: N`, or `num_gpu_blocks is: N`, as vLLM printed before 0.8. */
  readonly blocks?: number;
}

/** Characters of a log that are looked at: its start, which is where these lines are. */
const longest = 4 * 1024 * 1024;

/**
 * Reads the lines of vLLM's log, be they one line each or merged into one as since 0.30. Of several the last counts: the
 * server may have started twice.
 */
export function readLog(text: string): LoggedCapacity {
  const log = text.slice(0, longest);
  const size = lastNumber(log, /GPU KV cache size: ([\d,]{1,20}) tokens/g);
  const blocks = lastNumber(log, /(?:# GPU blocks|num_gpu_blocks is): ([\d,]{1,20})/g);
  const concurrency = lastMatch(log, /Maximum concurrency for ([\d,]{1,20}) tokens per request: ([\d.]{1,12})x/g);
  const memory = memoryIn(log);
  return {
    ...(size === undefined ? {} : { tokens: tokens(size) }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(Object.keys(memory).length === 0 ? {} : { memory }),
    ...(concurrency === undefined
      ? {}
      : { concurrency: { length: tokens(numberOf(concurrency[1])), times: numberOf(concurrency[2]) } }),
  };
}

const memoryLines: readonly (readonly [keyof MeasuredMemory, RegExp])[] = [
  ["weights", /(?:Model loading took|model weights take) ([\d.]{1,12}) ?Gi?B/g],
  ["activation", /PyTorch activation peak memory takes ([\d.]{1,12}) ?GiB/g],
  ["nonTorch", /non_torch_memory takes ([\d.]{1,12}) ?GiB/g],
  ["kvCache", /(?:Available KV cache memory:|reserved for KV Cache is) (-?[\d.]{1,12}) ?GiB/g],
];

function memoryIn(log: string): MeasuredMemory {
  const read: { -readonly [Part in keyof MeasuredMemory]: BytesPerRank } = {};
  for (const [part, pattern] of memoryLines) {
    const value = lastNumber(log, pattern);
    if (value !== undefined) read[part] = bytesPerRank(value * bytesInGib);
  }
  return read;
}

function lastNumber(text: string, pattern: RegExp): number | undefined {
  const found = lastMatch(text, pattern)?.[1];
  const value = numberOf(found);
  return found === undefined || !Number.isFinite(value) ? undefined : value;
}

function lastMatch(text: string, pattern: RegExp): RegExpMatchArray | undefined {
  let last: RegExpMatchArray | undefined;
  for (const match of text.matchAll(pattern)) last = match;
  return last;
}

function numberOf(text: string | undefined): number {
  return Number((text ?? "").replaceAll(",", ""));
}
