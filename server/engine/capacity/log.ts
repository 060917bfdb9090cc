import { type BytesPerRank, bytesInGib, bytesPerRank, type Tokens, tokens } from "../units.ts";

/** What vLLM printed of its own memory when it started. It outranks any estimate. */
export interface LoggedCapacity {
  /** `GPU KV cache size: N tokens`. */
  readonly tokens?: Tokens;
  /** `Maximum concurrency for X tokens per request: Yx`. */
  readonly concurrency?: { readonly length: Tokens; readonly times: number };
  /** `Available KV cache memory: X GiB`. */
  readonly kvCache?: BytesPerRank;
  /** `Model loading took X GiB`. */
  readonly weights?: BytesPerRank;
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
  const memory = lastNumber(log, /Available KV cache memory: (-?[\d.]{1,12}) GiB/g);
  const weights = lastNumber(log, /Model loading took ([\d.]{1,12}) Gi?B/g);
  const blocks = lastNumber(log, /(?:# GPU blocks|num_gpu_blocks is): ([\d,]{1,20})/g);
  const concurrency = lastMatch(log, /Maximum concurrency for ([\d,]{1,20}) tokens per request: ([\d.]{1,12})x/g);
  return {
    ...(size === undefined ? {} : { tokens: tokens(size) }),
    ...(memory === undefined ? {} : { kvCache: bytesPerRank(memory * bytesInGib) }),
    ...(weights === undefined ? {} : { weights: bytesPerRank(weights * bytesInGib) }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(concurrency === undefined
      ? {}
      : { concurrency: { length: tokens(numberOf(concurrency[1])), times: numberOf(concurrency[2]) } }),
  };
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
