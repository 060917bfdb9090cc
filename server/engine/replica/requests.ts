/**
 * Requests in the order in which they come, a column for each thing that is known of them. A source may use the same arrays again
 * for its next chunk.
 */
export interface RequestChunk {
  readonly count: number;
  /** Seconds, never going back. */
  readonly time: Float64Array;
  /** Tokens of the whole prompt: system prompt, what was said before, and what is new. */
  readonly isl: Int32Array;
  /** Tokens of the answer. */
  readonly osl: Int32Array;
  /** Turns of one conversation share it, and each begins with all of the one before. -1: none. */
  readonly session: Int32Array;
  readonly turn: Int32Array;
  /** Which system prompt the prompt begins with; -1: none. */
  readonly systemPrompt: Int32Array;
}

export interface RequestSource {
  /** Undefined: no more requests. */
  next(): RequestChunk | undefined;
  /** Tokens of each system prompt. */
  readonly systemPrompts: ArrayLike<number>;
}
