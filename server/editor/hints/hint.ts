import type { Document } from "../../text/document.ts";

/** A few words behind a place of a document. */
export interface Hint {
  readonly doc: Document;
  readonly offset: number;
  readonly label: string;
}
