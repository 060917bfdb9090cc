import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { reasonOf, tooLarge, whyNotRegular } from "./reason.ts";

export type Bytes = { readonly bytes: Uint8Array } | { readonly reason: string };

/** Without waiting: a FIFO that took the file's place since we looked must not hold us. Windows has neither. */
const readOnly = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Reads a regular file of at most `limit` bytes. Whatever fails is a reason, never an exception. */
export function readBytes(path: string, limit: number): Bytes {
  try {
    const reason = refusal(statSync(path), limit);
    return reason === undefined ? read(path, limit) : { reason };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** The same of what was a regular file when it was found. */
export function readFoundBytes(path: string, limit: number): Bytes {
  try {
    return read(path, limit);
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

function read(path: string, limit: number): Bytes {
  const file = openSync(path, readOnly);
  try {
    const opened = fstatSync(file);
    const reason = refusal(opened, limit);
    return reason === undefined ? contents(file, opened.size, limit) : { reason };
  } finally {
    closeSync(file);
  }
}

function refusal(found: Stats, limit: number): string | undefined {
  return whyNotRegular(found) ?? (found.size > limit ? tooLarge(limit) : undefined);
}

/** To the end, whatever the size said: a file may grow meanwhile, and those of /proc say 0. */
function contents(file: number, size: number, limit: number): Bytes {
  let buffer = Buffer.allocUnsafe(size + 1);
  let filled = 0;
  for (;;) {
    const count = readSync(file, buffer, filled, buffer.length - filled, null);
    filled += count;
    // One byte more was asked for than the size says: it is not there.
    if (count === 0 || (filled === size && size > 0)) return { bytes: buffer.subarray(0, filled) };
    if (filled > limit) return { reason: tooLarge(limit) };
    if (filled === buffer.length) buffer = Buffer.concat([buffer], Math.min(2 * buffer.length, limit) + 1);
  }
}
