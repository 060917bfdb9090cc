import { number } from "../../engine/decision/sentence.ts";

/** `1:02:15` since the start. */
export function clock(at: number): string {
  const whole = Math.round(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** A latency: `850 ms`, `1.25 s`. */
export function latency(seconds: number | undefined): string {
  if (seconds === undefined || Number.isNaN(seconds)) return "-";
  if (!Number.isFinite(seconds)) return "never";
  return seconds < 1
    ? `${number(Number((seconds * 1000).toPrecision(3)))} ms`
    : `${number(Number(seconds.toPrecision(3)))} s`;
}

export function percent(share: number): string {
  return Number.isNaN(share) ? "-" : `${Math.round(share * 1000) / 10} %`;
}

export function rounded(value: number): string {
  if (Number.isNaN(value)) return "-";
  return Number.isFinite(value) ? number(Number(value.toPrecision(3))) : "-";
}
