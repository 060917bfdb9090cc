import type { Milli } from "../milli.ts";
import type { Pod, PodCount } from "../pods.ts";
import type { Unread } from "./proposal.ts";

/** What the metrics API gave for one metric: series (Object, External), samples of pods (the others), or nothing. */
export type Reading = SeriesReading | PodsReading | NoReading;

export interface SeriesReading {
  readonly kind: "series";
  /** Each series of an External metric, the one value of an Object. */
  readonly values: readonly Milli[];
  /** Only a Value target asks for it. */
  readonly pods?: PodCount;
}

export interface PodsReading {
  readonly kind: "pods";
  readonly pods: readonly Pod[];
}

export interface NoReading extends Unread {
  readonly kind: "none";
}
