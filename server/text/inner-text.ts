import { decodeBlock } from "./decode-block.ts";
import { decodeFlow } from "./decode-flow.ts";
import type { ScalarNode } from "./node.ts";
import type { Projection } from "./projection.ts";

/** The content of a scalar as a text of its own, with the way back to the text it stands in. */
export interface InnerText {
  readonly text: string;
  readonly projection: Projection;
}

/**
 * Reads a scalar a second time, now with positions. Our reading is checked against the parser's: where the two differ
 * there is no exact way back, and the scalar is left alone.
 */
export function innerText(node: ScalarNode): InnerText | undefined {
  const block = node.style === "literal" || node.style === "folded";
  return block ? decodeBlock(node) : decodeFlow(node);
}
