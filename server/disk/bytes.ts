import { constants, type Stats } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { patiently } from "./patience.ts";
import { reasonOf, tooLarge, whyNotRegular } from "./reason.ts";

export type Bytes = { readonly bytes: Uint8Array } | { readonly reason: string };

/** Without waiting: a FIFO that took the file's place since we looked must not hold us. Windows has neither. */
const readOnly = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Reads a regular file of at most `limit` bytes. Whatever fails is a reason, never an exception. */
export async function readBytes(path: string, limit: number): Promise<Bytes> {
  try {
    return await patiently(() => read(path, limit));
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

async function read(path: string, limit: number): Promise<Bytes> {
  const before = refusal(await stat(path), limit);
  if (before !== undefined) return { reason: before };
  const file = await open(path, readOnly);
  try {
    const opened = await file.stat();
    const refused = refusal(opened, limit);
    return refused === undefined ? await contents(file, opened.size, limit) : { reason: refused };
  } finally {
    await file.close();
  }
}

function refusal(found: Stats, limit: number): string | undefined {
  return whyNotRegular(found) ?? (found.size > limit ? tooLarge(limit) : undefined);
}

/** To the end, whatever the size said: a file may grow meanwhile, and those of /proc say 0. */
async function contents(file: FileHandle, size: number, limit: number): Promise<Bytes> {
  let buffer = Buffer.alloc(size + 1);
  let filled = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, null);
    if (bytesRead === 0) return { bytes: buffer.subarray(0, filled) };
    filled += bytesRead;
    if (filled > limit) return { reason: tooLarge(limit) };
    if (filled === buffer.length) buffer = Buffer.concat([buffer], Math.min(2 * buffer.length, limit) + 1);
  }
}
