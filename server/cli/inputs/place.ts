import { lstatSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { leadsNowhere } from "../../disk/link.ts";
import { codeOf, reasonOf, whyNotRegular } from "../../disk/reason.ts";
import { type FileGlob, fileGlob } from "./file-glob.ts";

/** What one path of the command line stands for. */
export type Place =
  | { readonly is: "stdin" }
  | { readonly is: "file" | "directory"; readonly absolute: string; readonly real: string }
  | { readonly is: "glob"; readonly glob: FileGlob; readonly argument: string }
  | { readonly is: "unusable"; readonly argument: string; readonly reason: string };

/** A name that exists is that file, whatever characters it has; only then is it read as a pattern. */
export function placeOf(argument: string, cwd: string): Place {
  if (argument === "-") return { is: "stdin" };
  if (argument === "")
    return { is: "unusable", argument, reason: "An empty path. Is a variable of the shell not set?" };
  const absolute = resolve(cwd, argument);
  try {
    const found = statSync(absolute);
    if (found.isDirectory()) return { is: "directory", absolute, real: realpathSync.native(absolute) };
    const reason = whyNotRegular(found);
    if (reason !== undefined) return { is: "unusable", argument, reason };
    return { is: "file", absolute, real: realpathSync.native(absolute) };
  } catch (error) {
    if (isLink(absolute)) return { is: "unusable", argument, reason: whyNotFollowed(error) };
    const glob = fileGlob(argument);
    if (glob !== undefined) return { is: "glob", glob, argument };
    return { is: "unusable", argument, reason: codeOf(error) === "ENOENT" ? absence(argument) : reasonOf(error) };
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

function whyNotFollowed(error: unknown): string {
  return codeOf(error) === "ENOENT" ? leadsNowhere : reasonOf(error);
}

/** Node hands over an argument that is not UTF-8 with replacement characters, and no file has that name. */
function absence(argument: string): string {
  const none = "No such file or directory.";
  return argument.includes("\uFFFD")
    ? `${none} A name that is not valid UTF-8 cannot be opened; rename the file.`
    : none;
}
