import type { Node, ScalarNode } from "../node.ts";
import { flowCollection } from "./flow.ts";
import { code, type Reading, unusual } from "./reading.ts";
import { blockScalar, isBehindKey, keyScalar, plainScalar, quotedScalar } from "./scalars.ts";

/** A mapping or list of which the first key or dash stands at this column. Ends at what comes behind it. */
export function blockCollection(reading: Reading, column: number, depth: number): Node {
  return reading.isDash ? sequence(reading, column, depth) : mapping(reading, column, depth);
}

function mapping(reading: Reading, column: number, depth: number, first?: ScalarNode): Node {
  const map = reading.mapping(false, first?.start ?? reading.at, depth);
  let key = first;
  let keys: Set<string> | undefined;
  for (;;) {
    if (key === undefined && isMarker(reading, column)) throw unusual;
    key ??= keyScalar(reading);
    const value = behindKey(reading, column, depth + 1);
    keys = reading.enter(map, keys, key, value);
    map.end = Math.max(value.end, map.start);
    if (reading.ended || reading.column < column) return map;
    if (reading.column > column || reading.isDash) throw unusual;
    key = undefined;
  }
}

/** `---` and `...` at the first column end a document. */
function isMarker({ text, at }: Reading, column: number): boolean {
  return column === 0 && (text.startsWith("---", at) || text.startsWith("...", at));
}

/** What stands behind a key and its colon. */
function behindKey(reading: Reading, column: number, depth: number): Node {
  reading.skipSpaces();
  const char = reading.here();
  if (char !== code.newline && char !== code.hash && !reading.ended) return onLine(reading, column, depth);
  const empty = reading.at;
  reading.skipBlanks();
  if (!reading.ended) {
    if (reading.column > column) return blockCollection(reading, reading.column, depth);
    if (reading.column === column && reading.isDash) return sequence(reading, column, depth);
  }
  return reading.scalar("", "plain", empty, empty);
}

/** A value that begins on the line of its key or dash. */
function onLine(reading: Reading, column: number, depth: number): Node {
  const char = reading.here();
  if (char === code.bar || char === code.greater) return blockScalar(reading, column);
  const node =
    char === code.openMap || char === code.openSeq
      ? flowCollection(reading, column, depth)
      : char === code.double || char === code.single
        ? quotedScalar(reading)
        : plainScalar(reading, false);
  reading.endLine();
  // What goes on to the next line is read by those who know how.
  if (!reading.ended && reading.column > column) throw unusual;
  return node;
}

function sequence(reading: Reading, column: number, depth: number): Node {
  const list = reading.sequence(false, reading.at, depth);
  while (!reading.ended && reading.column === column && reading.isDash) {
    reading.at++;
    const item = itemOf(reading, column, depth + 1);
    list.items.push(item);
    list.end = item.end;
  }
  if (!reading.ended && reading.column > column) throw unusual;
  return list;
}

function itemOf(reading: Reading, column: number, depth: number): Node {
  reading.skipSpaces();
  const char = reading.here();
  if (char === code.newline || char === code.hash || reading.ended) {
    reading.skipBlanks();
    if (reading.ended || reading.column <= column) throw unusual;
    return blockCollection(reading, reading.column, depth);
  }
  if (reading.isDash) return sequence(reading, reading.column, depth);
  const isQuoted = char === code.double || char === code.single;
  if (!isQuoted && !isPlain(char)) return onLine(reading, column, depth);
  const inner = reading.column;
  const scalar = isQuoted ? quotedScalar(reading) : plainScalar(reading, false);
  if (isBehindKey(reading, scalar)) return mapping(reading, inner, depth, scalar);
  reading.endLine();
  if (!reading.ended && reading.column > column) throw unusual;
  return scalar;
}

function isPlain(char: number): boolean {
  return char !== code.openMap && char !== code.openSeq && char !== code.bar && char !== code.greater;
}
