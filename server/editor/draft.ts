import { draftOf } from "../text/draft.ts";
import { embedDocuments } from "../text/embedded.ts";
import { TextFile } from "../text/file.ts";
import { limits } from "../text/limits.ts";
import type { Position } from "../text/lines.ts";
import { nodeAt } from "../text/node.ts";
import { splitDocuments } from "../text/split.ts";
import { sniff } from "./schema/catalogue.ts";

/** A file as somebody types it. */
export interface Draft {
  /** With the document alone that is being written. */
  readonly file: TextFile;
  /** Whether another reading of the file says the same in all documents but that one. */
  isLike(known: TextFile): boolean;
}

/** Reads the document around a position, as it will be once the word there is finished; absent where a file is too large. */
export function draftAt(path: string, text: string, position: Position): Draft | undefined {
  const chunks = splitDocuments(text);
  if (text.length > limits.fileLength || chunks.length > limits.documents) return undefined;
  const file = new TextFile(path, sniff);
  file.text = text;
  const offset = file.offsetAt(position);
  const index = chunks.findLastIndex(({ start }) => start <= offset);
  const chunk = chunks[index];
  if (chunk === undefined) return undefined;
  const within = offset - chunk.start;
  const doc = draftOf(file, text.slice(chunk.start, chunk.end), within);
  // The scalar that is being written is read by those who ask for it.
  const written = nodeAt(doc.root, within);
  embedDocuments(doc, (inner) => !(written?.type === "scalar" && written.text === inner) && sniff(inner));
  doc.base = chunk.start;
  file.documents = [doc];
  const others = chunks.filter((_, at) => at !== index).map(({ start, end }) => text.slice(start, end));
  return {
    file,
    isLike: ({ documents }) => {
      const before = documents.slice(0, index);
      const behind = documents.slice(documents.length - others.length + index);
      const known = [...before, ...behind];
      return (
        documents.length <= chunks.length &&
        known.every((one, at) => one.text === others[at]) &&
        known.length === others.length
      );
    },
  };
}
