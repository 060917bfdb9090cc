import type { Sourced } from "../sourced.ts";

/** A metric on its way from where it is measured to the controller that reads it. */
export interface Signal {
  /** In the words of the HPA or of the trigger. */
  readonly name: string;
  readonly measure: Measure;
  /** Multiplies what is measured: a query may divide tokens by tokens a second. Absent: 1. */
  readonly factor?: number;
  /** Seconds between two scrapes. */
  readonly scrape: Sourced<number>;
  /** Seconds before a scrape until it can be asked for: relisting of an adapter, evaluation of recording rules. */
  readonly delay: Sourced<number>;
  /** Why nothing is ever there, for a series that does not exist: flow control is off, no monitor selects the pods. */
  readonly missing?: Sourced<string>;
  /** When its source does not answer; the same for all signals of one Prometheus. */
  readonly outages?: readonly Outage[];
}

export interface Outage {
  readonly from: number;
  readonly to: number;
}

export type Measure =
  | PodMeasure
  | RouterMeasure
  | { readonly of: "desired-replicas" | "desired-ratio"; readonly variant: string }
  | { readonly of: "constant"; readonly value: number };

/** Over the pods of a variant, or of all variants where none is named. */
export interface PodMeasure {
  readonly of: PodGauge | PodRate | PodLatency;
  readonly variant?: string;
  /** `each`: a series for each pod, which a Pods metric asks for and KEDA refuses. */
  readonly over: "sum" | "mean" | "max" | "each";
  /** Seconds that the query looks back: the greatest of a gauge, the rate of a counter. A gauge without one is the last value. */
  readonly window?: Sourced<number>;
}

/** `requests`: running and waiting together. */
export type PodGauge = "running" | "waiting" | "requests" | "kv-usage" | "kv-tokens";
export type PodRate = "finished-rate" | "prompt-token-rate" | "output-token-rate";
/** Sum of seconds over count, both within the window; nothing where nothing was counted. */
export type PodLatency = "ttft" | "itl";

export interface RouterMeasure {
  readonly of: "held" | "router-running" | "tokens-in-flight" | "saturation" | "arrival-rate";
  readonly window?: Sourced<number>;
}
