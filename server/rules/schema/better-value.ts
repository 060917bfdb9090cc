import { gibibytesOf } from "../../kinds/lmcache/gibibytes.ts";
import { judgeKey } from "../../schemas/one-key.ts";
import type { Allowed } from "../../schemas/problem.ts";

/** The value to write instead, where a schema refuses one and there is just one that it can mean. */
export function betterValue(schema: string | undefined, allowed: Allowed, text: string): string | undefined {
  if (schema === "lmcache-config") return lmcacheValue(text.trim());
  return schema?.startsWith("wva-") === true && isDuration(allowed) ? durationOf(text.trim()) : undefined;
}

/**
 * What becomes of a number where a text is read. `quotes`: it is right in quotes. Elsewhere it lacks a unit, and the value
 * with one is given where it is clear which.
 */
export function textOfNumber(
  schema: string | undefined,
  pointer: string,
  text: string,
): "quotes" | { readonly better: string | undefined } {
  const [, key = "", ...below] = pointer.split("/");
  if (schema === "endpoint-picker-config") return durationKeys.test(pointer) ? { better: undefined } : "quotes";
  const verdict = schema === undefined || below.length > 0 ? undefined : judgeKey(schema, key, text);
  if (verdict?.type !== "wrong") return "quotes";
  return { better: verdict.allowed === undefined ? undefined : betterValue(schema, verdict.allowed, text) };
}

/** Parameters of plugins stand deep in a router's configuration; those that hold times are told by their names. */
const durationKeys = /(?:Interval|Timeout|Threshold|Duration|Window|Period|TTL|ttl|Ttl)$/;

function isDuration(allowed: Allowed): boolean {
  return "form" in allowed && allowed.form.startsWith("a duration");
}

/** Go's durations want a unit, and have none above the hour (time.ParseDuration). */
function durationOf(text: string): string | undefined {
  const [, number = "", unit = "s"] = /^(\d{1,6})(d?)$/.exec(text) ?? [];
  if (number === "") return undefined;
  return unit === "d" ? `${Number(number) * 24}h` : `${Number(number)}s`;
}

/** LMCache counts GiB in plain numbers, and of words takes only true and 1 for true (`_to_bool`). */
export function lmcacheValue(text: string): string | undefined {
  if (/^(?:y|yes|on|enabled?)$/i.test(text)) return "true";
  if (/^(?:n|no|off|disabled?)$/i.test(text)) return "false";
  return gibibytesOf(text);
}
