import type { Settings } from "../../config/settings.ts";
import { products } from "../../config/settings.ts";
import type { Lifetime } from "../../schemas/compiled.ts";

/** A lifetime that ends before the version that runs, or begins after it. */
export interface Outside {
  readonly lifetime: Lifetime;
  readonly running: string;
  readonly tooOld: boolean;
}

/** Which lifetime the running version lies outside of. Absent where the version is not known. */
export function outsideOf(lifetimes: readonly Lifetime[], settings: Settings): Outside | undefined {
  const outside = lifetimes.map((lifetime) => judge(lifetime, settings));
  return outside.every((one) => one !== undefined) ? outside[0] : undefined;
}

function judge(lifetime: Lifetime, settings: Settings): Outside | undefined {
  const product = products.find((name) => name === lifetime.product);
  const running = product === undefined ? undefined : settings.version(product);
  if (running === undefined) return undefined;
  if (lifetime.since !== undefined && isBefore(running, lifetime.since)) return { lifetime, running, tooOld: true };
  if (lifetime.until !== undefined && isBefore(lifetime.until, running)) return { lifetime, running, tooOld: false };
  return undefined;
}

/** Compares as far as both say something: 2.17.3 is not behind 2.17. */
function isBefore(a: string, b: string): boolean {
  const [as, bs] = [numbersIn(a), numbersIn(b)];
  const at = as.findIndex((number, index) => bs[index] !== undefined && number !== bs[index]);
  return at >= 0 && (as[at] as number) < (bs[at] as number);
}

function numbersIn(version: string): number[] {
  return (/\d+(?:\.\d+)*/.exec(version)?.[0] ?? "").split(".").map(Number);
}
