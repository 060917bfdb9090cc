import { Composer, Parser, type YAMLError } from "yaml";
import { convertTree } from "./convert.ts";
import type { Document } from "./document.ts";
import { lineStartAt } from "./layout.ts";
import { limits } from "./limits.ts";
import { mayBeDeep, tooDeepAt } from "./nesting.ts";
import type { MapNode, Node } from "./node.ts";
import type { Problem } from "./problem.ts";
import { readQuickly } from "./quick/quick.ts";

/** A value under a key that may hold documents of their own (`data`, `args`, …), found on the way. */
export interface CarrierPlace {
  readonly holder: MapNode;
  readonly value: Node;
}

export interface Parsed {
  readonly root: Node | undefined;
  readonly problems: readonly Problem[];
  readonly carriers: readonly CarrierPlace[];
  /** Offset of a flow mapping in a flow mapping, which is how a template action in a value looks to YAML. */
  readonly braces: number | undefined;
}

/**
 * The parser's own look for duplicate keys is quadratic, so it is off and `convertTree` finds them. Scalars stay text
 * (`failsafe`): their meaning depends on who reads them.
 */
const options = { uniqueKeys: false, schema: "failsafe", prettyErrors: false, logLevel: "silent" } as const;

export function parseDocument(doc: Document): Parsed {
  return readQuickly(doc) ?? parseExactly(doc);
}

export function parseExactly(doc: Document): Parsed {
  try {
    const tokens = [...new Parser().parse(doc.text)];
    const deep = mayBeDeep(doc.text) ? tooDeepAt(tokens) : undefined;
    if (deep !== undefined) return tooDeep(deep);
    const composed = [...new Composer(options).compose(tokens, true, doc.text.length)];
    const first = composed[0];
    if (first === undefined) return { root: undefined, problems: [], carriers: [], braces: undefined };
    const converted = convertTree(first.contents, doc);
    const error = composed.flatMap((part) => part.errors)[0];
    if (error === undefined) return converted;
    if (error.code === "RESOURCE_EXHAUSTION") return tooDeep(error.pos[0]);
    return { ...converted, problems: [syntaxProblem(error, doc.text), ...converted.problems] };
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(0);
    throw error;
  }
}

/** Nesting that exhausts the parser's stack: it tells so, or fails with a RangeError (CVE-2026-33532). */
function tooDeep(at: number): Parsed {
  const problem: Problem = { type: "limit", what: "levels of nesting", limit: limits.depth, start: at, end: at + 1 };
  return { root: undefined, problems: [problem], carriers: [], braces: undefined };
}

/** The first error is the mistake; what follows is mostly its echo. */
function syntaxProblem(error: YAMLError, text: string): Problem {
  const [start, end] = error.pos;
  // Where a tab ends a block scalar, the parser speaks of the indentation alone.
  const tabbed = /^[ ]*\t/.test(text.slice(lineStartAt(text, start), start + 1));
  const message = tabbed ? "Tabs are not allowed as indentation" : (plainer[error.code] ?? error.message);
  return { type: "syntax", message, start, end: Math.max(end, start + 1) };
}

/** What the parser says in words of its grammar. */
const plainer: Readonly<Partial<Record<YAMLError["code"], string>>> = {
  BLOCK_AS_IMPLICIT_KEY:
    'A key stands inside of this value: the line below is indented too far, or a text with ": " in it wants quotes',
};
