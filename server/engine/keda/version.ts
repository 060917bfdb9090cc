/** What KEDA 2 can do from which minor version on. */
export interface KedaFeatures {
  /** `fallback.behavior`; before, every fallback is static. */
  readonly fallbackBehavior: boolean;
  /** Fallback for targets of type Value, and targets that are no whole number; before, those lose their fraction. */
  readonly fallbackForValue: boolean;
  /** The polling loop falls back too, so that a failing trigger can wake from zero. */
  readonly fallbackWhilePolling: boolean;
  /** Failing triggers are nil in the formula. */
  readonly fallbackInFormula: boolean;
  /** A Prometheus result of NaN is treated as one of infinity is; before, only infinity is. */
  readonly nanIsNoValue: boolean;
  /** Metrics are rounded to thousandths; before, they are cut off, and huge ones become 0. */
  readonly roundedMetrics: boolean;
}

/** The newest that these laws were read from: main of August 2026. */
export const newestKeda = 20;

/** Sources: KEDA's changelog and its pull requests 6464 (behavior), 7244 (polling), 7534 (rounding). */
export function kedaFeatures(minor: number): KedaFeatures {
  return {
    fallbackBehavior: minor >= 17,
    fallbackForValue: minor >= 18,
    fallbackWhilePolling: minor >= 19,
    fallbackInFormula: minor >= 20,
    nanIsNoValue: minor >= 20,
    roundedMetrics: minor >= 20,
  };
}
