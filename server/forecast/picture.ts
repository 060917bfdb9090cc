/**
 * What a page, a terminal and a program are told of a run. Plain data that crosses processes as JSON; `null` is what is not
 * known, or has no end. Keys are only ever added to version 1.
 */
export interface Picture {
  readonly version: 1;
  readonly model: string;
  /** As people call it. */
  readonly traffic: string;
  /** Seconds. */
  readonly duration: number;
  readonly seed: number;
  readonly tier: "fluid" | "exact";
  readonly slo: { readonly ttft: Unknown; readonly itl: Unknown; readonly target: number };
  readonly met: boolean;
  /** All of it in a sentence or two. */
  readonly sentence: string;
  readonly summary: PictureSummary;
  readonly violations: readonly PictureViolation[];
  readonly decisions: readonly PictureDecision[];
  readonly timeline: PictureTimeline;
  /** Numbers of the YAML that are drawn as lines over a chart. */
  readonly thresholds: readonly Threshold[];
  /** Numbers of the YAML that are drawn as brackets along the clock. */
  readonly windows: readonly StabilizationWindow[];
  readonly variants: readonly PictureVariant[];
  /** Facts that no file says, and how to say them. */
  readonly gaps: readonly { readonly what: string; readonly why: string; readonly howToFill: string }[];
  readonly origins: readonly { readonly what: string; readonly value: string; readonly origin: string }[];
  /** Where the origins stand that are lines of files: by the origin, `deploy/hpa.yaml:14`. */
  readonly places: Readonly<Record<string, Place>>;
  readonly band: {
    readonly outputToken: number;
    readonly firstToken: number;
    readonly firstTokenPastKnee: string;
  };
}

export type Unknown = number | null;
export type Line = readonly Unknown[];

/** A value of a file, lines and UTF-16 characters from zero. The path is as the workspace names it. */
export interface Place {
  readonly path: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

export interface PictureLatency {
  /** What the percentiles are of: single requests, or moments of a fluid. */
  readonly of: string;
  readonly mean: Unknown;
  readonly p50: Unknown;
  readonly p95: Unknown;
  readonly p99: Unknown;
}

export interface PictureSummary {
  readonly arrived: number;
  readonly finished: number;
  readonly dropped: number;
  readonly attainment: { readonly both: Unknown; readonly ttft: Unknown; readonly itl: Unknown };
  readonly ttft?: PictureLatency;
  readonly itl?: PictureLatency;
  readonly outputTokens: number;
  readonly replicaHours: number;
  readonly mostReplicas: number;
  readonly scaleUps: number;
  readonly scaleDowns: number;
  readonly cut: number;
  readonly dollars: number;
  readonly dollarsPerMillionTokens: Unknown;
  readonly gpuHours: {
    readonly paid: number;
    readonly starting: number;
    readonly serving: number;
    readonly idle: number;
  };
  readonly violations: number;
  readonly violatedSeconds: number;
  readonly longestViolation: number;
}

export interface PictureViolation {
  readonly from: number;
  readonly to: number;
  /** They sum to its length; the biggest first. */
  readonly blame: readonly {
    readonly part: string;
    readonly seconds: number;
    readonly by?: string;
    readonly origin?: string;
  }[];
}

export interface PictureDecision {
  readonly at: number;
  readonly until: number;
  readonly count: number;
  readonly outcome: "changed" | "held" | "same";
  readonly decision: {
    readonly controller: string;
    readonly subject: string;
    readonly from: number;
    readonly to: number;
    readonly reason: { readonly id: string; readonly text: string };
    readonly held: readonly { readonly by: string; readonly wanted: number; readonly allowed: number }[];
  };
  readonly ranges: readonly { readonly name: string; readonly least: Unknown; readonly most: Unknown }[];
  readonly origins: readonly { readonly name: string; readonly origin: string }[];
  readonly sentence: string;
}

/** A column for each moment; the lines are as `server/engine/simulation/timeline.ts` tells. */
export interface PictureTimeline {
  readonly every: number;
  readonly at: readonly number[];
  readonly arrivals: Line;
  readonly dropped: Line;
  readonly ttftMean: Line;
  readonly ttftP95: Line;
  readonly itlMean: Line;
  readonly itlP95: Line;
  readonly within: Line;
  readonly kvMean: Line;
  readonly kvMost: Line;
  readonly running: Line;
  readonly waiting: Line;
  readonly held: Line;
  readonly perHour: Line;
  readonly dollars: Line;
  readonly variants: Readonly<
    Record<
      string,
      {
        readonly asked: Line;
        readonly desired: Line;
        readonly pending: Line;
        readonly provisioning: Line;
        readonly starting: Line;
        readonly serving: Line;
        readonly draining: Line;
      }
    >
  >;
  readonly signals: Readonly<Record<string, Line>>;
}

/** A number that a controller compares with a line of the timeline. */
export interface Threshold {
  /** As the configuration calls it: `kvCacheThreshold`. */
  readonly name: string;
  /** Whose it is: `wva`, `hpa qwen3-32b`, `epp`. */
  readonly of: string;
  readonly chart: "kv" | "queue" | { readonly signal: string };
  /** In the unit of the chart; a share for `kv`. */
  readonly value: number;
  /** The number in the file is `offset + factor * value`: a spare share is one minus a used one. */
  readonly written: { readonly offset: number; readonly factor: number };
  /** It is of each replica, while the line of the chart is of all together. */
  readonly perReplica?: true;
  /** Absent: a default, which no file says. */
  readonly origin?: string;
}

export interface StabilizationWindow {
  readonly name: string;
  readonly of: string;
  readonly direction: "up" | "down";
  readonly seconds: number;
  readonly origin?: string;
}

export interface PictureVariant {
  readonly name: string;
  readonly gpu: string;
  readonly gpus: number;
  /** Seconds from a pod's node to its first request. */
  readonly startTime: number;
  /** Dollars for a GPU and hour. Null: not known. */
  readonly gpuHour: Unknown;
  /** Where each gigabyte of a GPU goes. Absent where it cannot be reckoned. */
  readonly capacity?: PictureCapacity;
}

export interface PictureCapacity {
  readonly parts: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly exact: boolean;
    readonly because: string;
  }[];
  readonly physical: number;
  readonly tokens: number;
  /** Requests of the longest length, and of the traffic's mean. */
  readonly concurrency: number;
  readonly concurrencyOfTraffic: number;
  readonly verdict: string;
  readonly advice: readonly { readonly flag: string; readonly gain: number; readonly costs: string }[];
}

/** What came out differently in two runs of the same seed: from what it is compared with to what was asked for. */
export interface PictureDifference {
  /** Seconds from which on the timelines part. Null: only figures differ. */
  readonly since: number | null;
  readonly figures: readonly { readonly name: string; readonly before: number | null; readonly after: number | null }[];
  readonly changesBefore: readonly PictureDecision[];
  readonly changesAfter: readonly PictureDecision[];
}
