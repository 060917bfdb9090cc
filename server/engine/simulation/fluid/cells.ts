/** What is known of a replica, each in its cell: numbers of a typed array move without being made anew. */
export const cells = {
  running: 0,
  waiting: 1,
  /** What the requests of the last step can expect, in seconds. */
  ttft: 2,
  itl: 3,
  /** Requests a second that the last step finished: what one more step has room for. */
  leaving: 4,
  arrived: 5,
  finished: 6,
  promptTokens: 7,
  cachedTokens: 8,
  ttftSum: 9,
  itlSum: 10,
  busy: 11,
  count: 12,
} as const;
