/**
 * exp and ln of nothing but sums, products and quotients, which IEEE 754 rounds alike everywhere. Math.exp and Math.log may
 * differ in their last bit between engines, and one such bit on the edge of a rounding is another request.
 */

const ln2 = Math.LN2;
/** ln 2 in two parts: the first has 21 trailing zero bits, so that its product with an exponent is exact. */
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

/** 2^n for every exponent of a double, from the smallest by doubling. */
const powers = new Float64Array(2098).fill(Number.MIN_VALUE);
for (let n = 1; n < powers.length; n++) powers[n] = 2 * (powers[n - 1] as number);
const power = (exponent: number) => powers[exponent + 1074] as number;

/** e^r by Taylor's series, whose twentieth term is below 2^-70 for r up to ln 2. */
function series(r: number): number {
  let sum = 1;
  for (let n = 20; n > 0; n--) sum = 1 + (sum * r) / n;
  return sum;
}

/** 2^(n/32). */
const roots = Float64Array.from({ length: 32 }, (_, n) => series((n * ln2) / 32));

export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  const step = Math.floor((x * 32) / ln2 + 0.5);
  const r = x - step * (ln2High / 32) - step * (ln2Low / 32);
  // |r| is up to ln 2 / 64: the seventh power is below 2^-57 of the sum.
  const sum = r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
  const root = roots[step & 31] as number;
  const scaled = root + root * sum;
  const exponent = step >> 5;
  if (exponent > -1000 && exponent < 1000) return scaled * power(exponent);
  // In two factors, because 2^1024 and the smallest powers are no normal doubles.
  const half = exponent >> 1;
  return scaled * power(half) * power(exponent - half);
}

/** Of artanh's series, whose term after the 21st power is below 2^-58. */
const oddParts = [1 / 19, 1 / 17, 1 / 15, 1 / 13, 1 / 11, 1 / 9, 1 / 7, 1 / 5, 1 / 3, 1];
const word = new DataView(new ArrayBuffer(8));

export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x < 2.2250738585072014e-308) return ln(x * 2 ** 54) - 54 * ln2;
  word.setFloat64(0, x);
  const high = word.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  word.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let mantissa = word.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  // ln m = 2 artanh((m - 1) / (m + 1)), whose argument is below 0.172.
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 1 / 21;
  for (const part of oddParts) sum = sum * square + part;
  return exponent * ln2High + (exponent * ln2Low + 2 * ratio * sum);
}
