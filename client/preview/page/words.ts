import type { Unknown } from "../../../server/forecast/picture.ts";

/** What a value is counted in, and so how it is told. */
export type Unit = "perSecond" | "count" | "share" | "seconds" | "dollars" | "dollarsPerHour" | "plain";

/** `1:02:15` since the start. */
export function clock(at: number): string {
  const whole = Math.round(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** `6 h`, `90 s`, `1 h 30 min` */
export function span(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const parts = [hours > 0 ? `${hours} h` : "", minutes > 0 ? `${minutes} min` : "", rest > 0 ? `${rest} s` : ""];
  return parts.filter((part) => part !== "").join(" ");
}

/** Three digits that count, thousands apart; whole numbers stay whole. */
export function rounded(value: Unknown): string {
  if (value === null) return "unknown";
  const short = Number.isInteger(value) || Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return numbers.format(short);
}

/** Made once: making one takes longer than all that it formats for a redrawn page. */
const numbers = new Intl.NumberFormat("en", { maximumFractionDigits: 20 });
const money = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function percent(share: Unknown): string {
  return share === null ? "unknown" : `${rounded(Math.round(share * 1000) / 10)} %`;
}

/** A latency: `850 ms`, `1.25 s`. */
export function latency(seconds: Unknown): string {
  if (seconds === null) return "unknown";
  return Math.abs(seconds) < 1 && seconds !== 0 ? `${rounded(seconds * 1000)} ms` : `${rounded(seconds)} s`;
}

export function dollars(value: Unknown): string {
  if (value === null) return "unknown";
  return `$${money.format(value)}`;
}

/** As the makers of GPUs and vLLM's logs count: 2^30. */
export function gigabytes(bytes: number): string {
  return `${rounded(Number((bytes / 2 ** 30).toFixed(2)))} GiB`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${rounded(count)} ${count === 1 ? one : many}`;
}

const told: Readonly<Record<Unit, (value: Unknown) => string>> = {
  perSecond: (value) => (value === null ? "unknown" : `${rounded(value)} /s`),
  count: rounded,
  share: percent,
  seconds: latency,
  dollars,
  dollarsPerHour: (value) => (value === null ? "unknown" : `${dollars(value)}/h`),
  plain: rounded,
};

export function tell(value: Unknown, unit: Unit): string {
  return told[unit](value);
}

/** A name of one line, however long the query that it is made of. */
export function shortened(text: string, most: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}
