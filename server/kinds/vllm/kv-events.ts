import type { ArgumentValue, VllmServer } from "./command-line.ts";
import { isWhole } from "./setting.ts";

/** What `--kv-events-config` says, with vLLM's defaults (vllm/config/kv_events.py). */
export interface KvEvents {
  readonly published: boolean;
  /** May hold variables that the pod fills in: `kv@$(POD_IP)@model`. */
  readonly topic: string;
  readonly endpoint: string;
  readonly at: ArgumentValue;
}

const usualEndpoint = "tcp://*:5557";

export function kvEventsOf(server: VllmServer): KvEvents | "none" | "unknown" {
  if (!isWhole(server)) return "unknown";
  const given = server.arguments.filter(({ flag }) => flag?.name === "--kv-events-config");
  const [only, another] = given;
  if (only === undefined) return "none";
  const [at] = only.values;
  if (another !== undefined || at === undefined || only.path !== undefined || only.match === "joined") return "unknown";
  const config = parsed(at.text);
  if (config === undefined) return "unknown";
  const [on = false, publisher, topic = "", endpoint = usualEndpoint] = [
    "enable_kv_cache_events",
    "publisher",
    "topic",
    "endpoint",
  ].map((key) => config.get(key) ?? undefined);
  const isRead = typeof on === "boolean" && typeof topic === "string" && typeof endpoint === "string";
  return isRead ? { published: on && publisher !== "null", topic, endpoint, at } : "unknown";
}

/** Absent where it is no JSON object, and where the whole of it is filled in later. */
function parsed(text: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}
