import { asInt64, type Milli, maxInt64, shortest } from "./milli.ts";

/** k8s.io/apimachinery pkg/api/resource: suffixes as powers of ten, and as powers of two. */
const decimal: ReadonlyMap<string, number> = new Map([
  ["n", -9],
  ["u", -6],
  ["m", -3],
  ["", 0],
  ["k", 3],
  ["M", 6],
  ["G", 9],
  ["T", 12],
  ["P", 15],
  ["E", 18],
]);
const binary: ReadonlyMap<string, bigint> = new Map([
  ["Ki", 2n ** 10n],
  ["Mi", 2n ** 20n],
  ["Gi", 2n ** 30n],
  ["Ti", 2n ** 40n],
  ["Pi", 2n ** 50n],
  ["Ei", 2n ** 60n],
]);

const form = /^([+-]?)(\d{0,40})(?:\.(\d{0,40}))?(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,4}))?$/;

interface Written {
  readonly negative: boolean;
  /** All digits, without the point. */
  readonly digits: bigint;
  readonly exponent: number;
  readonly factor: bigint;
}

function read(text: string): Written | undefined {
  const [, sign, whole = "", fraction = "", suffix = "", power] = form.exec(text) ?? [];
  if (whole + fraction === "") return undefined;
  const exponent = (power === undefined ? (decimal.get(suffix) ?? 0) : Number(power)) - fraction.length;
  return { negative: sign === "-", digits: BigInt(whole + fraction), exponent, factor: binary.get(suffix) ?? 1n };
}

/** A Kubernetes quantity (`300m`, `1.5Gi`, `2e3`) in thousandths, rounded up, within int64. Absent: it is none. */
export function milliOfQuantity(written: string | number): Milli | undefined {
  const quantity = read(String(written));
  if (quantity === undefined) return undefined;
  const { negative, digits, factor } = quantity;
  const power = quantity.exponent + 3;
  // Beyond this no digit is left within int64, and a huge power would only cost time.
  if (power > 40 && digits > 0n) return negative ? asInt64(Number.NEGATIVE_INFINITY) : maxInt64;
  if (power < -120) return digits === 0n || negative ? 0 : 1;
  const scaled = digits * factor * (power > 0 ? 10n ** BigInt(power) : 1n);
  const divisor = power < 0 ? 10n ** BigInt(-power) : 1n;
  const rounded = negative ? -(scaled / divisor) : (scaled + divisor - 1n) / divisor;
  if (rounded > maxInt64) return maxInt64;
  return rounded < -maxInt64 ? -maxInt64 - 1n : shortest(rounded);
}

/** -1, 0 or 1: what is too small for a thousandth still has its sign. */
export function signOfQuantity(written: string | number): number | undefined {
  const quantity = read(String(written));
  if (quantity === undefined) return undefined;
  if (quantity.digits === 0n) return 0;
  return quantity.negative ? -1 : 1;
}
