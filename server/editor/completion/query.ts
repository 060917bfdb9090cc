import { innerText } from "../../text/inner-text.ts";
import { lineStartAt } from "../../text/layout.ts";
import type { Projection } from "../../text/projection.ts";
import { readBlock } from "../schema/block.ts";
import { inward, type Place } from "../schema/place.ts";
import { beside, blockAround, type Cursor, pointedAt, scalarAt, withLetter } from "./cursor.ts";

/** A query around a place, with the place in its own text. */
export interface QueryAround {
  readonly cursor: Cursor;
  readonly text: string;
  readonly offset: number;
  readonly projection: Projection;
}

/** The query that is being written at a place. */
export function queryWritten(place: Place): QueryAround | undefined {
  const block = blockAround(place);
  const inner = block === undefined || !isQuery(block) ? undefined : readBlock(block.scalar, place.offset);
  if (block !== undefined && inner !== undefined) return around(block, inner, place.offset);
  const cursor = scalarAt(place.doc, place.offset);
  if (cursor !== undefined) return isQuery(cursor) ? around(cursor, innerText(cursor.scalar), place.offset) : undefined;
  const line = place.doc.text.slice(lineStartAt(place.doc.text, place.offset), place.offset);
  return /(?:query|expr|Query)["']?:[ \t]/.test(line) ? queryLent(place) : undefined;
}

/** The query where nothing stands yet, or behind its last word: as if a letter were typed, and then without it. */
function queryLent(place: Place): QueryAround | undefined {
  const cursor = scalarAt(withLetter(place), place.offset);
  const found =
    cursor === undefined || !isQuery(cursor) ? undefined : around(cursor, innerText(cursor.scalar), place.offset);
  if (found === undefined) return undefined;
  const { text, offset, projection } = found;
  return { ...found, text: text.slice(0, offset) + text.slice(offset + 1), projection: without(offset, projection) };
}

/** The way outwards for a text that lacks the character at an offset, out of one that lacks it too. */
function without(lent: number, { outward, outwardEnd, encode }: Projection): Projection {
  return {
    outward: (offset) => (offset <= lent ? outward(offset) : outward(offset + 1) - 1),
    outwardEnd: (offset) => (offset <= lent ? outwardEnd(offset) : outwardEnd(offset + 1) - 1),
    encode,
  };
}

/** The query that somebody points into. */
export function queryPointedAt(place: Place): QueryAround | undefined {
  const cursor = pointedAt(place);
  if (cursor === undefined || cursor.under !== undefined || !isQuery(cursor)) return undefined;
  return around(cursor, innerText(cursor.scalar), place.offset);
}

function around(cursor: Cursor, inner: ReturnType<typeof innerText>, offset: number): QueryAround | undefined {
  if (inner === undefined) return undefined;
  const { text, projection } = inner;
  const at = inward(projection, text.length, offset);
  return at === undefined ? undefined : { cursor, text, offset: at, projection };
}

/** Whether a value is a query of Prometheus: other triggers of KEDA have queries of their own. */
function isQuery(cursor: Cursor): boolean {
  if (!/(?:^|\.)(?:query|expr|metricsQuery|seriesQuery)$/.test(cursor.path)) return false;
  if (!/\btriggers\[\]\.metadata\.query$/.test(cursor.path)) return true;
  return (beside(cursor, "type", 1) ?? "prometheus") === "prometheus";
}
