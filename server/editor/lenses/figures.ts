/** `9,984`, `269k`, `12.3M`: never more than there is. */
export function tokensText(count: number): string {
  if (count < 10_000) return withCommas(Math.floor(count));
  if (count < 10_000_000) return `${Math.floor(count / 1000)}k`;
  return `${Math.floor(count / 100_000) / 10}M`;
}

/** Lengths are mostly powers of two: `8k`, `128k`, `10k`, `5,500`. */
export function lengthText(length: number): string {
  for (const thousand of [1024, 1000]) if (length % thousand === 0) return `${length / thousand}k`;
  return withCommas(length);
}

export function withCommas(count: number): string {
  return count.toLocaleString("en-US");
}

/** Products of written numbers, without the dust of floating point. */
export function plainNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}
