import type { Node, ScalarNode } from "../node.ts";
import { code, type MapInMaking, type Reading, unusual } from "./reading.ts";
import { plainScalar, quotedScalar } from "./scalars.ts";

/** A flow collection. Further lines of it stand right of the parent's column; its last bracket may stand below. */
export function flowCollection(reading: Reading, parent: number, depth: number, isOutermost = true): Node {
  const isMap = reading.here() === code.openMap;
  const start = reading.at++;
  // A template action in a value looks like this; who knows templates has to see it.
  if (isMap && reading.here() === code.openMap) throw unusual;
  const collection = isMap ? reading.mapping(true, start, depth) : reading.sequence(true, start, depth);
  const close = isMap ? code.closeMap : code.closeSeq;
  let keys: Set<string> | undefined;
  for (;;) {
    nextSign(reading, parent, isOutermost ? close : undefined);
    if (reading.here() === close) break;
    if (collection.type === "map") keys = entry(reading, collection, keys, parent, depth);
    else collection.items.push(item(reading, parent, depth + 1));
    nextSign(reading, parent, isOutermost ? close : undefined);
    if (reading.here() === code.comma) reading.at++;
    else if (reading.here() !== close) throw unusual;
  }
  collection.end = ++reading.at;
  return collection;
}

/** Over blanks and line breaks to what comes next. */
function nextSign(reading: Reading, parent: number, close: number | undefined): void {
  reading.skipSpaces();
  while (reading.here() === code.newline) {
    reading.line = ++reading.at;
    reading.skipSpaces();
    if (reading.here() === code.newline) continue;
    const { column } = reading;
    const isLast = column === parent && reading.here() === close;
    if ((column <= parent && !isLast) || (column === 0 && /[-.]/.test(reading.text[reading.at] ?? ""))) throw unusual;
  }
  if (reading.ended) throw unusual;
}

function entry(
  reading: Reading,
  map: MapInMaking,
  keys: Set<string> | undefined,
  parent: number,
  depth: number,
): Set<string> | undefined {
  const isQuoted = reading.here() === code.double || reading.here() === code.single;
  const key: ScalarNode = isQuoted ? quotedScalar(reading) : plainScalar(reading, true);
  if (!isQuoted) reading.skipSpaces();
  if (reading.here() !== code.colon || key.end - key.start > 1_000) throw unusual;
  reading.at++;
  if (!isQuoted && !reading.isBreak(reading.at)) throw unusual;
  nextSign(reading, parent, undefined);
  return reading.enter(map, keys, key, item(reading, parent, depth + 1));
}

function item(reading: Reading, parent: number, depth: number): Node {
  const char = reading.here();
  if (char === code.openMap || char === code.openSeq) return flowCollection(reading, parent, depth, false);
  return char === code.double || char === code.single ? quotedScalar(reading) : plainScalar(reading, true);
}
