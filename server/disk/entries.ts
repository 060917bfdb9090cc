import { type Dirent, readdirSync } from "node:fs";

export interface Entry {
  /** With replacement characters where its bytes are not UTF-8; such an entry cannot be opened by its name. */
  readonly name: string;
  readonly isUtf8: boolean;
  readonly is: "file" | "directory" | "link" | "other";
}

/** What stands in a directory, in no order. */
export function entriesOf(directory: string): Entry[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  if (entries.some(({ name }) => name.includes("\uFFFD"))) return entriesByBytes(directory);
  return entries.map((entry) => ({ name: entry.name, isUtf8: true, is: kindOf(entry) }));
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Node turns different broken names into the same text, and such a text may also be a name as it stands. */
function entriesByBytes(directory: string): Entry[] {
  return readdirSync(directory, { withFileTypes: true, encoding: "buffer" }).map((entry) => {
    return { ...nameOf(entry.name), is: kindOf(entry) };
  });
}

function nameOf(bytes: Buffer): { name: string; isUtf8: boolean } {
  try {
    return { name: strict.decode(bytes), isUtf8: true };
  } catch {
    return { name: bytes.toString("utf8"), isUtf8: false };
  }
}

function kindOf(entry: Dirent | Dirent<Buffer>): Entry["is"] {
  return entry.isFile() ? "file" : entry.isDirectory() ? "directory" : entry.isSymbolicLink() ? "link" : "other";
}
