/** Numbers that know their unit, so that GiB never meets GB, nor a GPU's share a pod's. */

declare const unit: unique symbol;

/** A number of one unit. Sums and ratios are plain numbers again; a constructor below says what they are. */
export type Measure<U extends string> = number & { readonly [unit]: U };

export type Bytes = Measure<"bytes">;
/** Of one rank: one GPU of a tensor-parallel group. */
export type BytesPerRank = Measure<"bytes per rank">;
/** Of one pod: all its ranks together. */
export type BytesPerPod = Measure<"bytes per pod">;
export type Tokens = Measure<"tokens">;
export type Seconds = Measure<"seconds">;
export type Milliseconds = Measure<"milliseconds">;
export type BytesPerSecond = Measure<"bytes per second">;
export type DollarsPerHour = Measure<"dollars per hour">;
/** A share from 0 to 1, never a percentage. */
export type Share = Measure<"share">;

export const bytesInGib = 2 ** 30;
export const bytesInGb = 1e9;

export const bytes = (value: number) => value as Bytes;
export const bytesPerRank = (value: number) => value as BytesPerRank;
export const gib = (value: number) => (value * bytesInGib) as Bytes;
export const gibPerRank = (value: number) => (value * bytesInGib) as BytesPerRank;
export const gb = (value: number) => (value * bytesInGb) as Bytes;
export const inGib = (value: Bytes | BytesPerRank | BytesPerPod) => value / bytesInGib;
export const tokens = (value: number) => value as Tokens;
export const seconds = (value: number) => value as Seconds;
export const milliseconds = (value: number) => value as Milliseconds;
export const inMilliseconds = (value: Seconds) => (value * 1000) as Milliseconds;
export const inSeconds = (value: Milliseconds) => (value / 1000) as Seconds;
/** Network links are sold in gigabits. */
export const gigabitsPerSecond = (value: number) => ((value * 1e9) / 8) as BytesPerSecond;
export const gigabytesPerSecond = (value: number) => (value * 1e9) as BytesPerSecond;
export const dollarsPerHour = (value: number) => value as DollarsPerHour;
export const share = (value: number) => value as Share;

/** What all ranks of a pod hold together. */
export const perPod = (value: BytesPerRank, ranksInPod: number) => (value * ranksInPod) as BytesPerPod;
