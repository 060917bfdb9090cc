import { readdir } from "node:fs/promises";
import { patiently } from "./patience.ts";

export interface Entry {
  /** With replacement characters where its bytes are not UTF-8; such an entry cannot be opened by its name. */
  readonly name: string;
  readonly isUtf8: boolean;
  readonly is: "file" | "directory" | "link" | "other";
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * What stands in a directory, in no order. As bytes, since Node would turn different broken names into the same text.
 */
export async function entriesOf(directory: string): Promise<Entry[]> {
  const entries = await patiently(() => readdir(directory, { withFileTypes: true, encoding: "buffer" }));
  return entries.map((entry) => {
    const is = entry.isFile() ? "file" : entry.isDirectory() ? "directory" : entry.isSymbolicLink() ? "link" : "other";
    return { ...nameOf(entry.name), is };
  });
}

function nameOf(bytes: Buffer): { name: string; isUtf8: boolean } {
  try {
    return { name: strict.decode(bytes), isUtf8: true };
  } catch {
    return { name: bytes.toString("utf8"), isUtf8: false };
  }
}
