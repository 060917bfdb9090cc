/**
 * A metric's value in thousandths, as the controller counts (Quantity.MilliValue): an integer, and a bigint where a number
 * would round. All arithmetic is that of Go's int64; numbers carry it as long as they are exact.
 */
export type Milli = number | bigint;

export const maxInt64 = 2n ** 63n - 1n;
export const maxInt32 = 2 ** 31 - 1;

/** float64(value) */
export function asFloat(value: Milli): number {
  return typeof value === "number" ? value : Number(value);
}

/** The shortest form: a number where that is exact. */
export function shortest(value: bigint): Milli {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The integer that a float has become, or the nearest end of int64. */
export function asInt64(value: number): Milli {
  if (Number.isSafeInteger(value)) return value;
  if (Number.isNaN(value)) return 0;
  if (value >= 2 ** 63) return maxInt64;
  return value <= -(2 ** 63) ? -(2n ** 63n) : shortest(BigInt(value));
}

/** Past either end Go wraps around; some callers look first and stop at the end instead. */
export function add(left: Milli, right: Milli): Milli {
  if (typeof left === "number" && typeof right === "number") {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return wrapped(BigInt(left) + BigInt(right));
}

export function multiply(left: Milli, right: number): Milli {
  if (typeof left === "number") {
    const product = left * right;
    if (Number.isSafeInteger(product)) return product;
  }
  return wrapped(BigInt(left) * BigInt(right));
}

/** Without its remainder, towards zero. */
export function divide(left: Milli, right: Milli): Milli {
  if (typeof left === "number" && typeof right === "number") return Math.trunc(left / right);
  return wrapped(BigInt(left) / BigInt(right));
}

function wrapped(value: bigint): Milli {
  return shortest(BigInt.asIntN(64, value));
}

/** A count of replicas from a float: rounded up, within int32. Go leaves the excess to the machine; here it stops at the end. */
export function replicasOf(value: number): number {
  if (Number.isNaN(value)) return 0;
  // `|| 0`: there is no negative zero among integers.
  return Math.min(maxInt32, Math.max(-(2 ** 31), Math.ceil(value))) || 0;
}

/** What a metrics adapter makes of a measured number: prometheus-adapter and KEDA both cut it off behind the third decimal. */
export function milliOf(measured: number): Milli {
  return asInt64(Math.trunc(measured * 1000));
}
