import { type Bytes, readBytes, readFoundBytes } from "./bytes.ts";
import { type Decoded, decode } from "./decode.ts";

/** Reads one file of at most `limit` bytes as text. Whatever fails is a reason, never an exception. */
export function readText(path: string, limit: number): Decoded {
  return decoded(readBytes(path, limit));
}

/** The same of what was a regular file when it was found. */
export function readFoundText(path: string, limit: number): Decoded {
  return decoded(readFoundBytes(path, limit));
}

function decoded(read: Bytes): Decoded {
  return "bytes" in read ? decode(read.bytes) : read;
}
