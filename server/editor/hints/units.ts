import type { StackObject } from "../../kinds/stack-object.ts";
import type { Node } from "../../text/node.ts";
import { entriesAt, stringAt } from "../../text/read.ts";
import { isTemplated } from "../../text/template.ts";
import { inUnits } from "../hover/units.ts";
import type { Hint } from "./hint.ts";

/** Whether something of a stretch is to be seen. */
type Seen = (node: Node) => boolean;

/** Values in the units that a person thinks in: seconds of minutes, bytes without a unit, thousandths. */
export function unitHints(object: StackObject, seen: Seen): Hint[] {
  return hintsBelow(object.root, "", undefined, seen, 0);
}

/** Deeper ones are not written by people. */
const deepest = 40;

function hintsBelow(node: Node, path: string, type: string | undefined, seen: Seen, depth: number): Hint[] {
  if (!seen(node) || depth > deepest) return [];
  if (node.type === "seq") return node.items.flatMap((item) => hintsBelow(item, `${path}[]`, type, seen, depth + 1));
  if (node.type === "map") {
    const own = stringAt(node, "type")?.value;
    return entriesAt(node).flatMap(({ key, value }) =>
      hintsBelow(value, path === "" ? key.text : `${path}.${key.text}`, own, seen, depth + 1),
    );
  }
  if (node.type === "alias" || node.style === "literal" || node.style === "folded" || isTemplated(node.text)) return [];
  const text = node.text.trim();
  const label = isRaw(path, text) ? labelOf(path, text, type) : undefined;
  return label === undefined ? [] : [{ doc: node.doc, offset: node.end, label }];
}

/** A size that is counted in GiB already lacks the unit alone. */
function labelOf(path: string, text: string, type: string | undefined): string | undefined {
  return gib.test(path) && /^\d/.test(text) ? "GiB" : inUnits(path, text, type);
}

const seconds = /(?:Seconds|_seconds|pollingInterval|cooldownPeriod|initialCooldownPeriod)$/;
const sizes =
  /(?:^|\.)(?:memory|ephemeral-storage|storage|sizeLimit|buffer_size|max_size|memorySize|shmSize|hugepages-\w+)$/;
const gib = /(?:^|\.)max_local_(?:cpu|disk)_size$/;

/** Whether a value is in a unit that nobody thinks in: what says `150Gi` or `0.8` needs no words beside it. */
function isRaw(path: string, text: string): boolean {
  if (seconds.test(path)) return /^\d+$/.test(text);
  if (sizes.test(path)) return /^\d+m?$/.test(text);
  if (gib.test(path)) return true;
  return /(?:^|\.)(?:averageValue|value)$/.test(path) ? /^\d+m$/.test(text) : /^\d{2,}s$/.test(text) && minutes(text);
}

/** `45s` says what it is. */
function minutes(text: string): boolean {
  return Number.parseInt(text, 10) >= 60;
}
