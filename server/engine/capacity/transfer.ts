import {
  type Bytes,
  type BytesPerSecond,
  bytes,
  type Seconds,
  type Share,
  seconds,
  share,
  type Tokens,
} from "../units.ts";

/** What goes over the link when a prompt is prefilled on one pod and decoded on another. */
export interface Transfer {
  readonly bytes: Bytes;
  readonly time: Seconds;
}

export interface TransferRequest {
  readonly length: Tokens;
  /** Of all ranks together: the model's own, whatever its parallelism. */
  readonly bytesPerToken: Bytes;
  readonly link: BytesPerSecond;
  /** How much of the link is reached: 0.6 to 0.8 on real networks. */
  readonly efficiency?: Share;
  /** Time before the first byte. */
  readonly base?: Seconds;
}

export function transfer({
  length,
  bytesPerToken,
  link,
  efficiency = share(1),
  base = seconds(0),
}: TransferRequest): Transfer {
  const size = bytes(length * bytesPerToken);
  return { bytes: size, time: seconds(base + size / (link * efficiency)) };
}

export interface RatioRequest {
  /** Prompt tokens that no cache has. */
  readonly uncachedInput: Tokens;
  readonly output: Tokens;
  /** Of one prefill replica. */
  readonly prefillTokensPerSecond: number;
  /** Time of one output token of a request. */
  readonly timePerOutputToken: Seconds;
  /** Requests that a decode replica runs at once. */
  readonly decodeBatch: number;
}

/** Prefill replicas for one decode replica, so that neither waits for the other. */
export function prefillPerDecode(request: RatioRequest): number {
  const { uncachedInput, output, prefillTokensPerSecond, timePerOutputToken, decodeBatch } = request;
  const prefillSeconds = uncachedInput / prefillTokensPerSecond;
  const decodeSeconds = (output * timePerOutputToken) / decodeBatch;
  return decodeSeconds > 0 ? prefillSeconds / decodeSeconds : Number.POSITIVE_INFINITY;
}
