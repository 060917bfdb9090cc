import { readText } from "../../disk/read.ts";
import { limits } from "../../text/limits.ts";
import { replaceFile } from "../output/replace.ts";
import { printed } from "../report/json.ts";
import type { Known } from "./baseline.ts";

export const usualBaseline = "headroom.baseline.json";

/** What a file says that is known. Absent when there is no such file; a reason when it says something else. */
export function readBaseline(path: string): { readonly known: readonly Known[] } | { readonly reason: string } {
  const read = readText(path, limits.fileLength);
  if ("reason" in read) return read;
  const known = knownIn(read.text);
  return known === undefined ? { reason: "This is no baseline of Headroom." } : { known };
}

function knownIn(text: string): readonly Known[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (typeof parsed !== "object" || parsed === null || !("version" in parsed) || !("findings" in parsed)) return;
    const { version, findings } = parsed;
    return version === 1 && Array.isArray(findings) && findings.every(isKnown) ? findings : undefined;
  } catch {
    return undefined;
  }
}

function isKnown(value: unknown): value is Known {
  if (typeof value !== "object" || value === null) return false;
  const keys = ["rule", "file", "fingerprint", "message"] as const;
  return keys.every((key) => Object.hasOwn(value, key) && typeof (value as Partial<Known>)[key] === "string");
}

/** A line for each finding, so that a change of it is easy to read. */
export async function writeBaseline(path: string, known: readonly Known[]): Promise<void> {
  const lines = known.map(({ rule, file, fingerprint, message }) =>
    printed({ rule, file, fingerprint, message }).trimEnd(),
  );
  const findings = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n]`;
  await replaceFile(path, `{"version":1,"findings":${findings}}\n`);
}
