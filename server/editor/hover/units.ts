import { resolve } from "../../text/read.ts";
import { parseDuration } from "../../text/values/duration.ts";
import { bytesOf, formatBytes, milliOf, parseQuantity } from "../../text/values/quantity.ts";
import type { Cursor } from "../completion/cursor.ts";

const bytes =
  /(?:^|\.)(?:memory|ephemeral-storage|storage|sizeLimit|buffer_size|max_size|memorySize|shmSize)$|\b(?:limits|requests)\.memory$/;
const gib = /(?:^|\.)(?:max_local_cpu_size|max_local_disk_size|reserve_local_cpu_size)$/;
const seconds = /(?:Seconds|_seconds|pollingInterval|cooldownPeriod|initialCooldownPeriod)$/;
const counts = /(?:^|\.)(?:averageValue|value|cpu)$/;

/** A value in the unit that a person thinks in, where it is not already written so. */
export function unitsOf({ path, scalar, under }: Cursor): string[] {
  const value = under === undefined ? scalar : resolve(under);
  if (value?.type !== "scalar") return [];
  const text = value.text.trim();
  const said = inUnits(path, text);
  return said === undefined || said === text ? [] : [`\`${text}\` is ${said}.`];
}

function inUnits(path: string, text: string): string | undefined {
  if (gib.test(path)) return /^\d+(?:\.\d+)?$/.test(text) ? `${text} GiB` : undefined;
  const quantity = parseQuantity(text);
  if (bytes.test(path)) return quantity === undefined ? undefined : formatBytes(bytesOf(quantity));
  if (seconds.test(path)) return /^\d+$/.test(text) && Number(text) >= 60 ? timeText(Number(text)) : undefined;
  const duration = /[a-z]$/.test(text) ? parseDuration(text) : undefined;
  if (duration !== undefined && !counts.test(path)) return timeText(duration.seconds);
  if (counts.test(path) && quantity !== undefined && /[a-zA-Z]$/.test(text))
    return String(Number(milliOf(quantity)) / 1000);
  return undefined;
}

/** `20 min`, `1 h 30 min`, `45 s`. */
function timeText(seconds: number): string {
  if (!Number.isInteger(seconds)) return `${seconds} s`;
  const parts = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor((seconds % 3600) / 60), "min"],
    [seconds % 60, "s"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return said.length === 0 ? "0 s" : said.join(" ");
}
