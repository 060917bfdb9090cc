import { type DollarsPerHour, dollarsPerHour, type Seconds, type Share } from "../units.ts";

/** Hours of a month, as prices are compared. */
export const hoursInMonth = 730;

export function costPerHour(gpus: number, dollarsPerGpuHour: number): DollarsPerHour {
  return dollarsPerHour(gpus * dollarsPerGpuHour);
}

export function costPerMillionTokens(cost: DollarsPerHour, tokensPerSecond: number): number {
  return tokensPerSecond > 0 ? (cost / 3600 / tokensPerSecond) * 1e6 : Number.POSITIVE_INFINITY;
}

export interface MeasuredRun {
  readonly gpus: number;
  readonly utilization: Share;
  readonly dollarsPerGpuHour: number;
  readonly time: Seconds;
  readonly tokens: number;
}

/** What a thousand tokens of a run cost, GPUs counted as far as they were used. */
export function costPerThousandTokens({ gpus, utilization, dollarsPerGpuHour, time, tokens }: MeasuredRun): number {
  return tokens > 0
    ? ((gpus * utilization * (dollarsPerGpuHour / 3600) * time) / tokens) * 1000
    : Number.POSITIVE_INFINITY;
}

export interface Investment {
  /** Dollars, once. */
  readonly cost: number;
  readonly before: DollarsPerHour;
  readonly after: DollarsPerHour;
}

export interface Return {
  readonly savingsPerMonth: number;
  /** Infinite when nothing is saved. */
  readonly monthsToPayBack: number;
  /** Percent of the cost, in the first year. */
  readonly annualPercent: number;
}

/** 2000 dollars that bring 10 dollars an hour down to 3 save 5110 a month: back in 0.39 months, 2966 % a year. */
export function returnOn({ cost, before, after }: Investment): Return {
  const savingsPerMonth = (before - after) * hoursInMonth;
  return {
    savingsPerMonth,
    monthsToPayBack: savingsPerMonth > 0 ? cost / savingsPerMonth : Number.POSITIVE_INFINITY,
    annualPercent: ((12 * savingsPerMonth - cost) / cost) * 100,
  };
}
