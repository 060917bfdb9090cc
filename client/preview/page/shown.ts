import type { Against, Forecast, Topology } from "../../../server/editor/preview/messages.ts";
import type { Picture, Place } from "../../../server/forecast/picture.ts";
import type { Question } from "../../../server/forecast/question.ts";
import type { FromPage, Tab } from "../messages.ts";

/** All that the page stands on at a moment. */
export interface Shown {
  readonly title: string;
  readonly question: Question;
  readonly against?: Against;
  readonly tab: Tab;
  /** Absent: still on its way. */
  readonly forecast?: Forecast;
  readonly topology?: Topology;
  readonly isSettling: boolean;
  readonly cursor: readonly Place[];
  /** What the host could not do. */
  readonly failed?: string | undefined;
  /** Nobody answers: a file that was saved, or sent to somebody. */
  readonly isAlone: boolean;
}

/** What a person can do here. */
export interface Acts {
  ask(question: Question): void;
  compare(against: Against | undefined): void;
  reveal(place: Place): void;
  write(place: Place, value: number): void;
  open(tab: Tab): void;
  say(message: FromPage): void;
  save(format: "png" | "csv" | "html" | "markdown"): void;
}

/** A piece of the page: made once, shown again whenever something is another. */
export interface Piece {
  readonly node: HTMLElement;
  show(shown: Shown): void;
}

/** Where an origin stands, if it is a line of a file. */
export function placeOf(picture: Picture, origin: string | undefined): Place | undefined {
  if (origin === undefined || !Object.hasOwn(picture.places, origin)) return undefined;
  return picture.places[origin];
}

/** Whether two places of a file meet. */
export function meets(a: Place, b: Place): boolean {
  return a.path === b.path && !isBefore(a.range.end, b.range.start) && !isBefore(b.range.end, a.range.start);
}

function isBefore(a: Place["range"]["start"], b: Place["range"]["start"]): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
