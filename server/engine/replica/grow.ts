/** How many whole units there are; both stay 32-bit integers, which a quotient and its floor need not. */
export function wholes(tokens: number, unit: number): number {
  return (tokens / unit) | 0;
}

/** A typed array twice as long, with what was in it. */
export function grown<A extends Int32Array | Float64Array>(array: A, length: number): A {
  const longer = (array instanceof Int32Array ? new Int32Array(length) : new Float64Array(length)) as A;
  longer.set(array);
  return longer;
}
