import type { Document } from "../document.ts";
import type { Node } from "../node.ts";
import type { Parsed } from "../parse.ts";
import { blockCollection } from "./block.ts";
import { flowCollection } from "./flow.ts";
import { code, Reading, unusual } from "./reading.ts";

/** Line breaks other than `\n`, and the mark that a file may begin with. */
const otherwise = /[\r\uFEFF]/;

/**
 * Reads the YAML that manifests are written in: block and flow collections, scalars of one line, literal and folded
 * ones. Absent for everything else: anchors and tags, scalars over several lines, mistakes of every kind. For what it
 * reads it says exactly what the parser says, and it takes a tenth of the parser's time. `draft`: what to read instead,
 * with everything at the same offsets; there a key may stand twice, for one of them may be about to go.
 */
export function readQuickly(doc: Document, draft?: string): Parsed | undefined {
  const text = draft ?? doc.text;
  if (otherwise.test(text)) return undefined;
  const reading = new Reading(doc, text, draft !== undefined);
  try {
    const root = rootOf(reading);
    if (root === undefined) return undefined;
    reading.trim();
    return { root, problems: [], carriers: reading.carriers, braces: undefined };
  } catch (error) {
    if (error === unusual) return undefined;
    throw error;
  }
}

function rootOf(reading: Reading): Node | undefined {
  reading.skipBlanks();
  if (reading.column === 0 && reading.text.startsWith("---", reading.at)) {
    reading.at += 3;
    if (!reading.isBreak(reading.at)) return undefined;
    reading.endLine();
  }
  if (reading.ended) return undefined;
  const char = reading.here();
  const isFlow = char === code.openMap || char === code.openSeq;
  const root = isFlow ? flowCollection(reading, -1, 0) : blockCollection(reading, reading.column, 0);
  if (isFlow) reading.endLine();
  return reading.ended && reading.isSmall ? root : undefined;
}
