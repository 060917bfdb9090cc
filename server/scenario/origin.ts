import { given, type Sourced } from "../engine/sourced.ts";
import type { Range } from "../text/lines.ts";
import type { Span } from "../text/node.ts";
import type { Placed } from "../text/read.ts";

/** A fact that no file says: what stands in its place, and how to say it. */
export interface Gap {
  readonly what: string;
  readonly why: string;
  readonly howToFill: string;
}

/** A setting of the scenario and where it comes from. */
export interface Told {
  readonly what: string;
  readonly value: string;
  readonly origin: string;
}

/** A value of a file, by the path that the workspace has for it. */
export interface SourcePlace {
  readonly path: string;
  readonly range: Range;
}

/** Keeps where everything comes from while a scenario is put together. */
export class Sources {
  readonly gaps: Gap[] = [];
  readonly told: Told[] = [];
  /** By the origin. Of several values on one line the first that was told has the line's. */
  readonly places = new Map<string, SourcePlace>();
  private readonly nameOf: (path: string) => string;

  constructor(nameOf: (path: string) => string) {
    this.nameOf = nameOf;
  }

  /** `deploy/hpa.yaml:14` */
  place(at: Span): string {
    const { origin, place } = this.lineOf(at);
    if (!this.places.has(origin)) this.places.set(origin, place);
    return origin;
  }

  /** The same of a number that somebody may want to change: with its column where another value has the line. */
  spot(at: Span): string {
    const { origin, place } = this.lineOf(at);
    const known = this.places.get(origin);
    const { line, character } = place.range.start;
    const isFree =
      known === undefined || (known.range.start.line === line && known.range.start.character === character);
    const own = isFree ? origin : `${origin}:${character + 1}`;
    this.places.set(own, place);
    return own;
  }

  private lineOf(at: Span): { readonly origin: string; readonly place: SourcePlace } {
    const { file } = at.doc;
    const range = file.rangeOf(at);
    return { origin: `${this.nameOf(file.path)}:${range.start.line + 1}`, place: { path: file.path, range } };
  }

  /** A value of a manifest, or what holds where none stands. */
  number(what: string, written: Placed<number> | undefined, otherwise: number, because: string): Sourced<number> {
    if (written !== undefined) return this.said(what, written.value, this.place(written.node));
    return this.said(what, otherwise, because);
  }

  said(what: string, value: number, origin: string): Sourced<number> {
    this.note(what, String(value), origin);
    return given(value, origin);
  }

  note(what: string, value: string, origin: string): void {
    if (!this.told.some((one) => one.what === what && one.origin === origin)) this.told.push({ what, value, origin });
  }

  /** The same of several objects counts once. */
  lacks(what: string, why: string, howToFill: string): void {
    if (!this.gaps.some((one) => one.what === what && one.why === why)) this.gaps.push({ what, why, howToFill });
  }
}
