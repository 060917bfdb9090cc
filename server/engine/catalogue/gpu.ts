import type { Bytes, BytesPerSecond } from "../units.ts";

/** A GPU as a planner needs it. Rates are dense; the sparse figures of data sheets are twice as large and never reached. */
export interface Gpu {
  readonly id: string;
  /** Other spellings, as node labels and clouds have them. */
  readonly names?: readonly string[];
  /** What the driver reports, less than what is sold. Absent: only the sold size is known. */
  readonly physical?: Bytes;
  /** What is sold, in 10^9 bytes. */
  readonly sold: Bytes;
  /** Absent for a GPU of somebody's own that says nothing of it. */
  readonly bandwidth?: BytesPerSecond;
  /** Operations a second in bf16, fp8, fp4; absent where the GPU has none, or nothing is known. */
  readonly peak: { readonly bf16?: number; readonly fp8?: number; readonly fp4?: number };
  readonly linkPerDirection?: BytesPerSecond;
  readonly prices: readonly Price[];
  readonly source: string;
  readonly note?: string;
}

/** A price is a sample: somebody's, of a day. */
export interface Price {
  readonly dollarsPerGpuHour: number;
  readonly seller: string;
  readonly date: string;
}
