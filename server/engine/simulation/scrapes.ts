import type { ReplicaGauges, RouterGauges } from "./tier.ts";

/** What one scrape of everything found. */
export interface Scrape {
  readonly at: number;
  readonly pods: readonly ScrapedPod[];
  readonly router: RouterGauges;
  /** What WVA publishes: the last decision of each variant it has decided about, and the replicas it saw. */
  readonly published: ReadonlyMap<string, { readonly desired: number; readonly current: number }>;
}

export interface ScrapedPod {
  readonly id: string;
  readonly variant: string;
  readonly gauges: ReplicaGauges;
}

/** The scrapes of one interval, as far back as anybody looks. */
export class Scrapes {
  readonly #kept: number;
  readonly #scrapes: Scrape[] = [];

  constructor(keptSeconds: number) {
    this.#kept = keptSeconds;
  }

  add(scrape: Scrape): void {
    this.#scrapes.push(scrape);
    const oldest = scrape.at - this.#kept;
    let old = 0;
    // One that is older stays: it is what a query of that age still finds.
    while ((this.#scrapes[old + 1]?.at ?? Number.POSITIVE_INFINITY) <= oldest) old += 1;
    if (old > 0) this.#scrapes.splice(0, old);
  }

  /** Scrapes after `from`, up to `to`. */
  between(from: number, to: number): readonly Scrape[] {
    let first = this.#scrapes.length;
    while (first > 0 && (this.#scrapes[first - 1] as Scrape).at > from) first -= 1;
    let end = this.#scrapes.length;
    while (end > first && (this.#scrapes[end - 1] as Scrape).at > to) end -= 1;
    return this.#scrapes.slice(first, end);
  }

  /** The last scrape up to then, if it is not older than Prometheus looks back. */
  lastAt(at: number): Scrape | undefined {
    const last = this.#scrapes.findLast((scrape) => scrape.at <= at);
    return last !== undefined && at - last.at < lookback ? last : undefined;
  }
}

/** Seconds: Prometheus' --query.lookback-delta. A target that is gone ends sooner, at the next scrape. */
const lookback = 300;
