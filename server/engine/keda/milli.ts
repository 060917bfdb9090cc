import type { Milli } from "../hpa/milli.ts";
import type { KedaFeatures } from "./version.ts";

const largestInt64 = 2 ** 63;

/** A measured value as KEDA hands it to an HPA (keda pkg/scalers/scaler.go). What has no number is 0. */
export function toMilli(value: number, { roundedMetrics }: Pick<KedaFeatures, "roundedMetrics">): Milli {
  if (!Number.isFinite(value)) return 0;
  if (roundedMetrics) return whole(nearestMilli(value));
  return cutMilli(value);
}

/** Go's `int64(value * 1000)`. */
export function cutMilli(value: number): Milli {
  return cutToInt64(value * 1000);
}

/** What does not fit is reported as 0 (keda issue 7441). */
export function cutToInt64(value: number): Milli {
  const cut = Math.trunc(value);
  return Math.abs(cut) < largestInt64 ? whole(cut) : 0;
}

export function fromMilli(value: Milli): number {
  return Number(value) / 1000;
}

/** Go's `%.3f`: nearest, and of two equally near the even one. Only odd sixteenths lie in the middle of two thousandths. */
function nearestMilli(value: number): number {
  const sixteenths = value * 16;
  if (Number.isInteger(sixteenths) && sixteenths % 2 !== 0) {
    const below = Math.floor(value * 1000);
    return below % 2 === 0 ? below : below + 1;
  }
  return Math.round(Number(value.toFixed(3)) * 1000);
}

function whole(value: number): Milli {
  return Number.isSafeInteger(value) ? value + 0 : BigInt(value);
}
