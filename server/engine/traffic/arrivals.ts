/** Requests in the order of arrival, a column a property. Only the first `count` rows of a chunk that was filled count. */
export interface Arrivals {
  /** Seconds since the start, in whole microseconds. */
  readonly time: Float64Array;
  /** Tokens of the whole prompt. */
  readonly prompt: Uint32Array;
  readonly output: Uint32Array;
  /** -1: none. */
  readonly session: Int32Array;
  /** From 0. */
  readonly turn: Uint32Array;
  /** Which shared beginning; -1: none. */
  readonly system: Int32Array;
  /** Tokens behind the system prompt that the session has seen before: earlier prompts and answers. */
  readonly history: Uint32Array;
}

/** Where arrivals come from. Chunks of any size give the same requests. */
export interface ArrivalSource {
  /** Fills a chunk with those that come before a moment, and says how many: fewer than it holds when no more do. */
  fill(chunk: Arrivals, until: number): number;
}

export function newChunk(rows: number): Arrivals {
  return {
    time: new Float64Array(rows),
    prompt: new Uint32Array(rows),
    output: new Uint32Array(rows),
    session: new Int32Array(rows),
    turn: new Uint32Array(rows),
    system: new Int32Array(rows),
    history: new Uint32Array(rows),
  };
}
