import type { Edit } from "../../findings/finding.ts";
import type { Document } from "../../text/document.ts";
import type { TextFile } from "../../text/file.ts";
import type { Range } from "../../text/lines.ts";
import { childrenOf, type Node, type ScalarNode } from "../../text/node.ts";
import { isTemplated } from "../../text/template.ts";
import { respelled } from "../../text/values/respell.ts";
import { field } from "../wire.ts";

/**
 * Another number in the place of one, as it is written there: in its quotes and its unit, within whatever document of another
 * it stands. Absent where no number stands there, or where an anchor would carry it to other places.
 */
export function writeNumber(file: TextFile, range: Range, value: number): Edit | undefined {
  if (!Number.isFinite(value)) return undefined;
  const [start, end] = [file.offsetAt(range.start), file.offsetAt(range.end)];
  const found = scalarAround(file, start, end);
  if (found === undefined || found.scalar.anchor !== undefined || isTemplated(found.scalar.text)) return undefined;
  const written = file.text.slice(start, end);
  const parts = /^(["']?(?:--[\w.-]+=)?)([^"'=\s]+)(["']?)$/.exec(written);
  const [, before = "", number = "", behind = ""] = parts ?? [];
  const { key } = found;
  const counts = isTime.test(key) ? "seconds" : "amount";
  const spelled = respelled(number, isWhole.test(key) ? Math.round(value) : value, counts);
  if (parts === null || spelled === undefined) return undefined;
  // Digits, a point and a unit need no escape in any document that may hold them.
  return { file: file.path, range: file.range(start, end), newText: `${before}${spelled}${behind}` };
}

/** A range that came over the wire. */
export function readRange(range: unknown): Range | undefined {
  const [start, end] = [positionIn(field(range, "start")), positionIn(field(range, "end"))];
  return start === undefined || end === undefined ? undefined : { start, end };
}

function positionIn(position: unknown): Range["start"] | undefined {
  const [line, character] = [field(position, "line"), field(position, "character")];
  const isIndex = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
  return isIndex(line) && isIndex(character) ? { line, character } : undefined;
}

/** Keys whose values are lengths of time. */
const isTime = /startup|interval|period|duration|seconds|window|timeout|after|delay/i;
/** Keys whose values Kubernetes and KEDA take as integers, in seconds or pods. */
const isWhole = /(?:Seconds|Replicas|ReplicaCount|cooldownPeriod|CooldownPeriod|pollingInterval)$|^replicas$/;

interface Found {
  readonly scalar: ScalarNode;
  /** Of the entry that it is the value of. */
  readonly key: string;
}

/** The scalar that takes this stretch of the file, or the innermost around it. */
function scalarAround(file: TextFile, start: number, end: number): Found | undefined {
  let found: Found | undefined;
  for (const doc of file.allDocuments()) found = doc.readable ? (scalarIn(doc, start, end) ?? found) : found;
  return found;
}

function scalarIn(doc: Document, start: number, end: number): Found | undefined {
  const covers = (node: Node) => {
    const span = doc.spanInFile(node.start, node.end);
    return span.start <= start && end <= span.end;
  };
  let node = doc.root;
  let key = "";
  while (node !== undefined && covers(node)) {
    if (node.type === "scalar") return { scalar: node, key };
    if (node.anchor !== undefined || node.type === "alias") return undefined;
    const entry = node.type === "map" ? node.entries.find(({ value }) => covers(value)) : undefined;
    if (entry?.key.type === "scalar") key = entry.key.text;
    node = entry?.value ?? childrenOf(node).find(covers);
  }
  return undefined;
}
