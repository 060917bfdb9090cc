import type { Forecast } from "../../server/editor/preview/messages.ts";
import type { Place } from "../../server/forecast/picture.ts";

type Range = Place["range"];
type Position = Range["start"];

/** Lines of files that a forecast rests on: of its picture, and of the one it is compared with. */
export function placesOf(forecast: Forecast | undefined): readonly Place[] {
  const pictures = [forecast?.picture, forecast?.against?.picture];
  return pictures.flatMap((picture) => (picture === undefined ? [] : Object.values(picture.places)));
}

/** The values that a selection touches, or where it touches none, those on its lines: the cursor often stands in the key. */
export function placesAt(places: readonly Place[], selection: Range): readonly Place[] {
  const touched = places.filter(({ range }) => touches(range, selection));
  return touched.length > 0 ? touched : places.filter(({ range }) => touches(wholeLines(range), selection));
}

function wholeLines({ start, end }: Range): Range {
  return {
    start: { line: start.line, character: 0 },
    end: { line: end.line, character: Number.POSITIVE_INFINITY },
  };
}

function touches(range: Range, selection: Range): boolean {
  return !isBefore(range.end, selection.start) && !isBefore(selection.end, range.start);
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}
