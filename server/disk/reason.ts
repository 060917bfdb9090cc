import type { Stats } from "node:fs";

const sentences: Readonly<Record<string, string>> = {
  EACCES: "No permission to read this.",
  EIO: "The disk reported an error while this was being read.",
  ELOOP: "Its symbolic links lead in a circle.",
  EMFILE: "Too many files are open in this process: raise the limit (ulimit -n) and run again.",
  ENAMETOOLONG: "The path is longer than the system allows.",
  ENFILE: "Too many files are open on this system: close some and run again.",
  ENOENT: "It vanished before it could be read.",
  ENOTDIR: "Part of the path is a file, not a directory.",
  EPERM: "The system does not allow to read this.",
};

/** Why a call to the file system failed, for people. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) return `It cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
  return sentences[code] ?? `It cannot be read (${code}).`;
}

export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** Why something is not read as a file. Opening a FIFO can wait for ever, and opening a device can act. */
export function whyNotRegular(found: Stats): string | undefined {
  if (found.isFile()) return undefined;
  if (found.isDirectory()) return "Not a regular file: this is a directory.";
  if (found.isFIFO())
    return "Not a regular file: this is a FIFO (a named pipe). To check what it carries, pipe it in and name -.";
  if (found.isSocket()) return "Not a regular file: this is a socket.";
  return "Not a regular file: this is a device.";
}

export function tooLarge(limit: number): string {
  return `Larger than ${size(limit)}, the most that is read of one file. Split it, or leave it out.`;
}

function size(bytes: number): string {
  const mebi = bytes / 1024 / 1024;
  return Number.isInteger(mebi) && mebi > 0 ? `${mebi} MiB` : `${bytes} bytes`;
}
