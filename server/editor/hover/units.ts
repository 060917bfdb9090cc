import { resolve } from "../../text/read.ts";
import { parseDuration } from "../../text/values/duration.ts";
import { bytesOf, milliOf, parseQuantity } from "../../text/values/quantity.ts";
import { beside, type Cursor } from "../completion/cursor.ts";

const bytes =
  /(?:^|\.)(?:memory|ephemeral-storage|storage|sizeLimit|buffer_size|max_size|memorySize|shmSize|hugepages-\w+)$/;
const gib = /(?:^|\.)(?:max_local_cpu_size|max_local_disk_size|reserve_local_cpu_size)$/;
const seconds = /(?:Seconds|_seconds|pollingInterval|cooldownPeriod|initialCooldownPeriod)$/;
const cpu = /(?:^|\.)cpu$/;
const counts = /(?:^|\.)(?:averageValue|value|tolerance)$/;
/** Shares that are written as parts of one. */
const shares =
  /(?:^|\.)(?:kvCacheThreshold|kvSpareTrigger|kvCacheUtilThreshold|scaleUpThreshold|scaleDownBoundary|tolerance)$/;

/** A value in the units that a person thinks in, where it is not written in them already. */
export function unitsOf(cursor: Cursor): string[] {
  const { path, scalar, under } = cursor;
  const value = under === undefined ? scalar : resolve(under);
  if (value?.type !== "scalar") return [];
  const text = value.text.trim();
  const said = inUnits(path.replaceAll("·", "."), text, beside(cursor, "type"));
  return said === undefined || said.replace(" ", "") === text ? [] : [`\`${text}\` is ${said}.`];
}

/** `type`: what stands beside the value under that name. */
export function inUnits(path: string, text: string, type: string | undefined): string | undefined {
  if (isPercent(path, type)) return /^\d+$/.test(text) ? `${text} %` : undefined;
  if (gib.test(path)) return /^\d+(?:\.\d+)?$/.test(text) ? `${text} GiB` : undefined;
  if (shares.test(path) && /^(?:0?\.\d+|[01](?:\.0*)?)$/.test(text)) return `${rounded(Number(text) * 100)} %`;
  const quantity = parseQuantity(text);
  if (bytes.test(path)) return quantity === undefined ? undefined : bytesText(bytesOf(quantity), text);
  if (seconds.test(path)) return /^\d+$/.test(text) && Number(text) >= 60 ? timeText(Number(text)) : undefined;
  const isCount = counts.test(path) || cpu.test(path);
  if (isCount && quantity !== undefined && /[a-zA-Z]$/.test(text)) {
    const count = Number(milliOf(quantity)) / 1000;
    return cpu.test(path) ? `${count} of a CPU` : String(count);
  }
  const duration = /[a-z]$/.test(text) && !isCount ? parseDuration(text) : undefined;
  return duration === undefined ? undefined : timeText(duration.seconds);
}

function isPercent(path: string, type: string | undefined): boolean {
  if (/(?:^|\.)averageUtilization$/.test(path)) return true;
  return /\bpolicies\[\]\.value$/.test(path) && type === "Percent";
}

const GB = 10 ** 9;
const GiB = 2 ** 30;

/** Both ways of counting, but for the one in which it is written. */
export function bytesText(size: bigint, written = ""): string | undefined {
  if (size <= 0n) return undefined;
  const count = Number(size);
  const binary = count < GiB ? `${rounded((count / GiB) * 1024)} MiB` : `${rounded(count / GiB)} GiB`;
  const decimal = count < GB ? `${rounded((count / GB) * 1000)} MB` : `${rounded(count / GB)} GB`;
  if (/[KMGTPE]i$/.test(written)) return decimal;
  if (/[kMGTPE]$/.test(written)) return binary;
  return `${binary} (${decimal})`;
}

function rounded(number: number): number {
  return Number(number.toFixed(1));
}

/** `20 min`, `1 h 30 min`, `45 s`. */
export function timeText(seconds: number): string {
  if (!Number.isInteger(seconds)) return `${seconds} s`;
  const parts = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor((seconds % 3600) / 60), "min"],
    [seconds % 60, "s"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return said.length === 0 ? "0 s" : said.join(" ");
}
