import { given, type Sourced } from "../engine/sourced.ts";
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

/** Keeps where everything comes from while a scenario is put together. */
export class Sources {
  readonly gaps: Gap[] = [];
  readonly told: Told[] = [];
  private readonly nameOf: (path: string) => string;

  constructor(nameOf: (path: string) => string) {
    this.nameOf = nameOf;
  }

  /** `deploy/hpa.yaml:14` */
  place(at: Span): string {
    const { file } = at.doc;
    return `${this.nameOf(file.path)}:${file.rangeOf(at).start.line + 1}`;
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
