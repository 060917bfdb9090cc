import { codeOf } from "../../disk/reason.ts";

const sentences: Readonly<Record<string, string>> = {
  EACCES: "No permission to write here.",
  EDQUOT: "The disk quota is used up.",
  EEXIST: "There is a file where a directory has to be, or somebody else has just written it.",
  EISDIR: "This is a directory.",
  ENAMETOOLONG: "The path is longer than the system allows.",
  ENOENT: "There is no such directory.",
  ENOSPC: "The disk is full.",
  ENOTDIR: "Part of the path is a file, not a directory.",
  EPERM: "The system does not allow to write here.",
  EROFS: "This file system can only be read.",
};

/** Why a file could not be written, for people. */
export function whyNotWritten(error: unknown): string {
  const code = codeOf(error) ?? "unknown";
  return sentences[code] ?? `It cannot be written (${code}).`;
}
