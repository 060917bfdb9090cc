import { readText } from "../../disk/read.ts";
import { limits } from "../../text/limits.ts";
import type { InputProblem } from "../inputs/input.ts";
import type { CheckedFinding, Place } from "../lint/checked.ts";
import type { Part } from "./part.ts";

/** The report of a part, as `headroom lint --shard --format json` wrote it. */
export interface ShardReport {
  readonly findings: readonly CheckedFinding[];
  readonly shard: Part & {
    readonly headroom: string;
    readonly files: readonly ShardFile[];
    readonly used: readonly Place[];
    readonly ignored: number;
    readonly problems: readonly InputProblem[];
    readonly failures: readonly InputProblem[];
  };
}

export interface ShardFile {
  readonly name: string;
  readonly fromRoot: string;
  readonly order: number;
  readonly documents: number;
  readonly foreign: boolean;
  readonly lines: Readonly<Record<string, string>>;
}

/** A mistake is a sentence. */
export function readShard(path: string, absolute: string): ShardReport | { readonly mistake: string } {
  const read = readText(absolute, 10 * limits.fileLength);
  if ("reason" in read) return { mistake: `${path}: ${read.reason}` };
  const report = parsed(read.text);
  return report ?? { mistake: `${path} is no report of headroom lint --shard --format json.` };
}

function parsed(text: string): ShardReport | undefined {
  try {
    const report: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return isReport(report) ? report : undefined;
  } catch {
    return undefined;
  }
}

/** As far as a report of another version, or something else, would be mistaken for one. */
function isReport(value: unknown): value is ShardReport {
  if (!isObject(value) || value["version"] !== 1 || !isObject(value["shard"])) return false;
  const { index, count, files, used, ignored, problems, failures, headroom } = value["shard"];
  const { findings } = value;
  if (![index, count, ignored].every(Number.isSafeInteger) || typeof headroom !== "string") return false;
  const lists = [files, used, problems, failures, findings];
  if (!lists.every((list) => Array.isArray(list) && list.every(isObject))) return false;
  const texts = (list: unknown, ...keys: string[]) =>
    (list as Record<string, unknown>[]).every((item) => keys.every((key) => typeof item[key] === "string"));
  return (
    texts(files, "name", "fromRoot") &&
    texts(problems, "path", "reason") &&
    texts(failures, "path", "reason") &&
    texts(findings, "rule", "severity", "message", "file", "object", "docs") &&
    (files as Record<string, unknown>[]).every(({ lines }) => isObject(lines)) &&
    (findings as Record<string, unknown>[]).every(isFinding)
  );
}

function isFinding({ range, related, fixes }: Record<string, unknown>): boolean {
  if (!isRange(range) || !Array.isArray(related) || !Array.isArray(fixes)) return false;
  return (
    related.every((place) => isObject(place) && isRange(place["range"])) &&
    fixes.every(
      (fix) =>
        isObject(fix) &&
        Array.isArray(fix["edits"]) &&
        fix["edits"].every((edit) => isObject(edit) && isRange(edit["range"])),
    )
  );
}

function isRange(value: unknown): boolean {
  return isObject(value) && [value["start"], value["end"]].every(isPosition);
}

function isPosition(value: unknown): boolean {
  return (
    isObject(value) && [value["line"], value["character"]].every((at) => Number.isSafeInteger(at) && Number(at) >= 0)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
