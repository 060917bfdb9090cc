/**
 * Kubernetes resource quantities, by the rules of k8s.io/apimachinery `resource.ParseQuantity` (quantity.go, suffix.go).
 * Exact: whole nano units, which is also the finest step that Kubernetes keeps.
 */
export interface Quantity {
  readonly nano: bigint;
}

/** Longer texts are refused before any arithmetic; no quantity that people write comes near. */
const maxLength = 128;
/** Kubernetes takes any 32-bit exponent and would hold that many digits; three digits reach past every double. */
const maxExponent = 999;
/** 2^63 - 1, to which Kubernetes silently cuts a quantity with a binary suffix, and no other. */
const maxBinary = 9223372036854775807n;

const nanoDigits = 9;
const nanoPerUnit = 10n ** BigInt(nanoDigits);

const binarySuffixes = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const decimalSuffixes = ["k", "M", "G", "T", "P", "E"];
const powerOfTen: ReadonlyMap<string, number> = new Map([
  ["n", -9],
  ["u", -6],
  ["m", -3],
  ["", 0],
  ...decimalSuffixes.map((suffix, i) => [suffix, 3 * (i + 1)] as const),
]);

const grammar =
  /^(?<sign>[+-]?)(?:(?<whole>\d+)(?:\.(?<part>\d*))?|\.(?<bare>\d+))(?<suffix>[A-Za-z]*)(?<exponent>[+-]?\d+)?$/;

/**
 * Undefined for text that is no quantity. Stricter than the code of Kubernetes in one thing: a suffix, sign or point
 * without a digit (`Gi`, `-`, `.`) is read there as zero, against its own documented grammar; nobody means that.
 */
export function parseQuantity(text: string): Quantity | undefined {
  const parts = text.length > maxLength ? undefined : grammar.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { sign, whole = "", part = "", bare = "", suffix = "", exponent } = parts;
  const digits = BigInt(whole + part + bare);
  const decimals = part.length + bare.length;
  const size = sizeOf(digits, decimals, suffix, exponent);
  return size === undefined ? undefined : { nano: sign === "-" ? -size : size };
}

function sizeOf(digits: bigint, decimals: number, suffix: string, exponent: string | undefined): bigint | undefined {
  if (exponent !== undefined) {
    // `1E` is exa, `1E3` a thousand; the exponent is a whole number and stands behind nothing but e or E.
    const power = Number(exponent);
    const known = (suffix === "e" || suffix === "E") && Math.abs(power) <= maxExponent;
    return known ? scaled(digits, power - decimals) : undefined;
  }
  const power = powerOfTen.get(suffix);
  if (power !== undefined) return scaled(digits, power - decimals);
  const step = binarySuffixes.indexOf(suffix) + 1;
  if (step === 0) return undefined;
  const nano = scaled(digits << BigInt(10 * step), -decimals);
  return nano > maxBinary * nanoPerUnit ? maxBinary * nanoPerUnit : nano;
}

/** A size times a power of ten in nano units; anything finer counts as one more ("some resources", quantity.go). */
function scaled(size: bigint, power: number): bigint {
  const shift = power + nanoDigits;
  return shift >= 0 ? size * 10n ** BigInt(shift) : dividedUp(size, 10n ** BigInt(-shift));
}

function dividedUp(size: bigint, by: bigint): bigint {
  const away = size < 0n ? -1n : 1n;
  return size / by + (size % by === 0n ? 0n : away);
}

export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  return a.nano < b.nano ? -1 : a.nano > b.nano ? 1 : 0;
}

/** Whole units, rounded away from zero like `Quantity.Value()`, but without its overflow at 2^63. */
export function bytesOf({ nano }: Quantity): bigint {
  return dividedUp(nano, nanoPerUnit);
}

/** Whole thousandths, rounded away from zero like `Quantity.MilliValue()`. */
export function milliOf({ nano }: Quantity): bigint {
  return dividedUp(nano, nanoPerUnit / 1000n);
}

/** Whether the quantity counts bytes without a rest: `0.15Ti` does not. */
export function wholeBytes({ nano }: Quantity): boolean {
  return nano % nanoPerUnit === 0n;
}

/** The nearest double; infinite beyond its range. */
export function numberOf({ nano }: Quantity): number {
  // One rounding, by the reader of decimals; dividing doubles would round twice.
  return Number(`${nano}e-${nanoDigits}`);
}

/** For humans: the binary suffix they would write, exact where four digits can be, else rounded to one decimal. */
export function formatBytes(bytes: bigint | number): string {
  if (typeof bytes === "number") return Number.isFinite(bytes) ? formatBytes(BigInt(Math.round(bytes))) : String(bytes);
  if (bytes < 0n) return `-${formatBytes(-bytes)}`;
  if (bytes < 1024n) return bytes === 1n ? "1 byte" : `${bytes} bytes`;
  const largest = binarySuffixes.findLastIndex((_, i) => bytes >= 1n << BigInt(10 * (i + 1)));
  for (const step of [largest, largest - 1]) {
    const unit = 1n << BigInt(10 * (step + 1));
    // 1100Gi is said so, not as 1.1Ti, which it is not.
    if (step >= 0 && (bytes * 10n) % unit === 0n && bytes / unit < 10_000n) return tenths((bytes * 10n) / unit, step);
  }
  const unit = 1n << BigInt(10 * (largest + 1));
  const rounded = (bytes * 10n + unit / 2n) / unit;
  const full = rounded >= 10_240n && largest + 1 < binarySuffixes.length;
  return full ? tenths(10n, largest + 1) : tenths(rounded, largest);
}

function tenths(count: bigint, step: number): string {
  const rest = count % 10n;
  return `${count / 10n}${rest === 0n ? "" : `.${rest}`}${binarySuffixes[step]}`;
}

/** The shortest exact text with a whole number before its suffix; binary where two are equally short. */
export function quantityText(bytes: bigint): string {
  const size = bytes < 0n ? -bytes : bytes;
  let shortest = `${size}`;
  const offer = (suffixes: readonly string[], base: bigint, ceiling?: bigint): void => {
    let rest = size;
    for (const suffix of suffixes) {
      if (rest === 0n || rest % base !== 0n || (ceiling !== undefined && size > ceiling)) return;
      rest /= base;
      if (`${rest}${suffix}`.length < shortest.length) shortest = `${rest}${suffix}`;
    }
  };
  offer(binarySuffixes, 1024n, maxBinary);
  offer(decimalSuffixes, 1000n);
  return bytes < 0n ? `-${shortest}` : shortest;
}
