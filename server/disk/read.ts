import { readBytes } from "./bytes.ts";
import { type Decoded, decode } from "./decode.ts";

/** Reads one file of at most `limit` bytes as text. Whatever fails is a reason, never an exception. */
export async function readText(path: string, limit: number): Promise<Decoded> {
  const read = await readBytes(path, limit);
  return "bytes" in read ? decode(read.bytes) : read;
}
