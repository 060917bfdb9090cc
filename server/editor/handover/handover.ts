import type { Finding } from "../../findings/finding.ts";
import type { Workspace } from "../../graph/workspace.ts";
import type { Document } from "../../text/document.ts";
import type { TextFile } from "../../text/file.ts";
import type { YamlExtension } from "../messages.ts";
import { schemaOfFile } from "./content.ts";
import { type HandedOver, handedOver } from "./documents.ts";
import { doneHere } from "./extension.ts";
import { leftRules } from "./left.ts";

/** An open file with what is known of it. */
export interface OpenFile {
  readonly uri: string;
  readonly file: TextFile;
  readonly workspace: Workspace;
}

/** What another YAML service in the same editor does, so that it is not done twice. */
export class Handover {
  /** Tells the client whether there are schemas for a file. */
  announce: (uri: string, has: boolean) => void = () => {};
  private extension = doneHere;
  private readonly announced = new Map<string, boolean>();
  /** Open files in which the other service was seen to find mistakes by our schemas. */
  private readonly checked = new Set<string>();

  get completes(): boolean {
    return this.extension.completion;
  }

  get structure(): boolean {
    return this.extension.structure;
  }

  /** Another service came, went, or does other things than before. Returns whether there is or was one. */
  take(extension: YamlExtension): boolean {
    const { structure } = this.extension;
    this.extension = extension;
    this.announced.clear();
    this.checked.clear();
    return structure || extension.structure;
  }

  /** After a file was read: its schemas may be others now. */
  offer({ uri, file, workspace }: OpenFile): void {
    if (!this.extension.structure) return;
    const has = handedOver(file, workspace).schemas.length > 0;
    if (this.announced.get(uri) === has) return;
    this.announced.set(uri, has);
    this.announce(uri, has);
  }

  /** The other service judges a file by our schemas. Returns whether that is news. */
  noteChecked(uri: string): boolean {
    if (!this.extension.structure || this.checked.has(uri)) return false;
    this.checked.add(uri);
    return true;
  }

  /** Returns whether findings of it were left to the other service, which looks at open files alone. */
  close(uri: string): boolean {
    this.announced.delete(uri);
    return this.checked.delete(uri);
  }

  /** The text of the one schema for a file as it is now. */
  schemaOf({ file, workspace }: OpenFile): string {
    return JSON.stringify(schemaOfFile(handedOver(file, workspace)));
  }

  /** Whether the other service answers for a document. */
  answers(part: "completion" | "hover", doc: Document, { uri, file, workspace }: OpenFile): boolean {
    if (!this.extension[part] || this.announced.get(uri) !== true) return false;
    return handedOver(file, workspace).documents.has(doc);
  }

  /** Tells of a finding of a file whether the other service shows it. */
  leftIn({ uri, file, workspace }: OpenFile): (finding: Finding) => boolean {
    if (!this.checked.has(uri)) return () => false;
    const handed = handedOver(file, workspace);
    return ({ rule, range }) => leftRules.has(rule) && isIn(handed, file, file.offsetAt(range.start));
  }
}

/** Whether an offset stands in a handed document itself, not in one inside it. */
function isIn({ documents }: HandedOver, file: TextFile, offset: number): boolean {
  const doc = file.documents.findLast(({ base }) => base <= offset);
  if (doc === undefined || !documents.has(doc)) return false;
  return !doc.embedded.some(({ carrier }) => {
    if (carrier === undefined) return false;
    const { start, end } = carrier.node;
    return doc.inFile(start) <= offset && offset < doc.inFile(end);
  });
}
