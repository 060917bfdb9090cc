import type { TextFile } from "./file.ts";
import { Lines } from "./lines.ts";
import type { Node, ScalarNode, Span } from "./node.ts";
import { type CarrierPlace, type Parsed, parseDocument } from "./parse.ts";
import type { Problem } from "./problem.ts";
import { outwardEnd, type Projection, shifted } from "./projection.ts";
import { templateOffset } from "./template.ts";

/** The scalar of another document that this document was found in. */
export interface Carrier {
  readonly node: ScalarNode;
  readonly projection: Projection;
  /** How it was found: a key of a ConfigMap or of Helm values, or an argument such as `--kv-transfer-config`. */
  readonly by: "config-map" | "values" | "argument";
  /** That key or that argument. */
  readonly name: string;
}

type Parse = (doc: Document) => Parsed;

const none: readonly Document[] = [];

/** Characters, readings of one document together: whoever is asked for so often stays. */
const mostReadAgain = 1_000_000;

const nothing = { root: undefined, carriers: [], braces: undefined };

/**
 * One YAML document with positions. It may stand in a file or in a scalar of another document. Its tree takes fourteen
 * times the room of its text: it can be let go, and is read again when somebody asks for it.
 */
export class Document {
  readonly file: TextFile;
  readonly text: string;
  readonly carrier: Carrier | undefined;
  readonly problems: readonly Problem[];
  /** Comments at most. */
  readonly isBlank: boolean;
  /** Offset of the first template action in a structural place: such a document is recognised and left alone. */
  readonly template: number | undefined;
  /** Stands for text that was not read at all. */
  readonly refused: boolean;
  /** Documents found in this one's scalars. */
  embedded: readonly Document[] = none;
  /** Where the document begins in its file; it moves when text before it changes. */
  base = 0;
  private readonly parse: Parse;
  private parsed: Pick<Parsed, "root" | "carriers"> | undefined;
  private readings = 0;
  private ownLines: Lines | undefined;

  /** `parse`: how it is read. */
  constructor(file: TextFile, text: string, carrier?: Carrier, refused?: Problem, parse: Parse = parseDocument) {
    this.file = file;
    this.text = text;
    this.carrier = carrier;
    this.refused = refused !== undefined;
    this.parse = parse;
    const parsed = refused === undefined ? parse(this) : { ...nothing, problems: [refused] };
    this.parsed = parsed;
    file.held?.push(this);
    this.template = templateOffset(text, parsed);
    this.problems = this.template === undefined ? parsed.problems : [];
    this.isBlank = parsed.root === undefined && parsed.problems.length === 0 && this.template === undefined;
  }

  get root(): Node | undefined {
    return this.tree.root;
  }

  get carriers(): readonly CarrierPlace[] {
    return this.tree.carriers;
  }

  private get tree(): Pick<Parsed, "root" | "carriers"> {
    if (this.parsed === undefined) {
      this.readings++;
      this.parsed = this.parse(this);
      this.file.held?.push(this);
    }
    return this.parsed;
  }

  /** Nodes that somebody still holds stay right; the same places have other nodes from now on. */
  letGo(): void {
    if (!this.refused && this.readings * this.text.length <= mostReadAgain) this.parsed = undefined;
  }

  /** Of its own text. */
  get lines(): Lines {
    this.ownLines ??= new Lines(this.text);
    return this.ownLines;
  }

  /** Whether what the document says can be relied on. */
  get readable(): boolean {
    return this.template === undefined && this.problems.every((problem) => problem.type === "duplicate-key");
  }

  get depth(): number {
    return this.carrier === undefined ? 0 : this.carrier.node.doc.depth + 1;
  }

  /** Where an offset of this document stands in its file. */
  inFile(offset: number): number {
    if (this.carrier === undefined) return this.base + offset;
    return this.carrier.node.doc.inFile(this.carrier.projection.outward(offset));
  }

  /** The stretch of the file that a stretch of this document takes. */
  spanInFile(start: number, end: number): { start: number; end: number } {
    if (this.carrier === undefined) return { start: this.base + start, end: this.base + end };
    const { node, projection } = this.carrier;
    return node.doc.spanInFile(projection.outward(start), outwardEnd(projection, start, end));
  }

  /** The way of an edit outwards. */
  get projection(): Projection {
    return this.carrier?.projection ?? shifted(this.base);
  }

  span(start: number, end: number): Span {
    return { doc: this, start, end };
  }
}
