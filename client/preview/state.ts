import type { Against } from "../../server/editor/preview/messages.ts";
import type { AskedSlo, AskedTraffic, Instead, Question } from "../../server/forecast/question.ts";
import type { PageState, Tab } from "./messages.ts";

/** What was kept from an earlier visit, perhaps by another version: what cannot be read is as in `otherwise`. */
export function readState(kept: unknown, otherwise: Question): PageState | undefined {
  if (!isRecord(kept) || typeof kept["uri"] !== "string" || kept["uri"] === "") return undefined;
  const against = readAgainst(kept["against"]);
  return {
    uri: kept["uri"],
    question: readQuestion(kept["question"], otherwise),
    ...(against === undefined ? {} : { against }),
    tab: readTab(kept["tab"]) ?? "timelines",
  };
}

const tabs: readonly Tab[] = ["timelines", "decisions", "capacity", "topology", "fidelity"];

export function readTab(kept: unknown): Tab | undefined {
  return tabs.find((tab) => tab === kept);
}

export function readQuestion(kept: unknown, otherwise: Question): Question {
  if (!isRecord(kept)) return otherwise;
  const target = text(kept["target"]);
  return {
    ...(target === undefined ? {} : { target }),
    traffic: readTraffic(kept["traffic"]) ?? otherwise.traffic,
    duration: positive(kept["duration"]) ?? otherwise.duration,
    seed: Number.isSafeInteger(kept["seed"]) ? (kept["seed"] as number) : otherwise.seed,
    slo: readSlo(kept["slo"]) ?? otherwise.slo,
    instead: readInstead(kept["instead"]),
    exact: typeof kept["exact"] === "boolean" ? kept["exact"] : otherwise.exact,
  };
}

function readTraffic(kept: unknown): AskedTraffic | undefined {
  const name = isRecord(kept) ? text(kept["name"]) : undefined;
  return name === undefined ? undefined : { name, ...numbers(kept, positive, "rate", "promptTokens", "outputTokens") };
}

function readSlo(kept: unknown): AskedSlo | undefined {
  const target = isRecord(kept) ? positive(kept["target"]) : undefined;
  if (target === undefined || target > 1) return undefined;
  return { target, ...numbers(kept, positive, "ttft", "itl") };
}

function readInstead(kept: unknown): Instead {
  if (!isRecord(kept)) return {};
  const model = text(kept["model"]);
  const gpu = text(kept["gpu"]);
  return {
    ...(model === undefined ? {} : { model }),
    ...(gpu === undefined ? {} : { gpu }),
    ...numbers(kept, notNegative, "replicas", "nodeTime", "startTime", "gpuHour"),
  };
}

export function readAgainst(kept: unknown): Against | undefined {
  if (!isRecord(kept)) return undefined;
  const ref = text(kept["ref"]);
  const uri = text(kept["uri"]);
  if (kept["kind"] === "saved") return { kind: "saved" };
  if (kept["kind"] === "git" && ref !== undefined && isRef(ref)) return { kind: "git", ref };
  if (kept["kind"] === "directory" && uri !== undefined) return { kind: "directory", uri };
  return undefined;
}

/** What can name a commit, and cannot be an option of git (git help check-ref-format, git help gitrevisions). */
export function isRef(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are refused
  return name.length > 0 && name.length <= 200 && !/^-|[\u0000-\u0020\u007f:?*[\\]|\.\./.test(name);
}

function numbers<Name extends string>(
  kept: unknown,
  read: (value: unknown) => number | undefined,
  ...names: readonly Name[]
): { [name in Name]?: number } {
  const found: { [name in Name]?: number } = {};
  if (!isRecord(kept)) return found;
  for (const name of names) {
    const value = read(kept[name]);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function positive(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : undefined;
}

function notNegative(value: unknown): number | undefined {
  return value === 0 ? 0 : positive(value);
}
