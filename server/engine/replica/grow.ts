/** A typed array twice as long, with what was in it. */
export function grown<A extends Int32Array | Float64Array>(array: A, length: number): A {
  const longer = (array instanceof Int32Array ? new Int32Array(length) : new Float64Array(length)) as A;
  longer.set(array);
  return longer;
}
