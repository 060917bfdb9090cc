import type { InlayHint, Range } from "vscode-languageserver/node";
import type { TextFile } from "../../text/file.ts";
import type { Node } from "../../text/node.ts";
import type { Surroundings } from "../lenses/lens.ts";
import { defaultHints } from "./defaults.ts";
import { thresholdHints } from "./thresholds.ts";
import { unitHints } from "./units.ts";

/** The hints of a stretch of a file, at most one a line: what is left out before what is hard to read. */
export function inlayHints(file: TextFile, range: Range, surroundings: Surroundings): InlayHint[] {
  const { graph, workspace } = surroundings;
  if (graph.layout.isPatch(file.path)) return [];
  const [from, to] = [file.offsetAt(range.start), file.offsetAt(range.end)];
  const seen = ({ doc, start, end }: Pick<Node, "doc" | "start" | "end">) => {
    const span = doc.spanInFile(start, end);
    return span.start <= to && span.end >= from;
  };
  const objects = workspace.objectsIn(file).filter((object) => object.doc.readable && seen(object));
  const told = objects.flatMap((object) => [...defaultHints(object), ...thresholdHints(object, surroundings)]);
  const units = objects.flatMap((object) => unitHints(object, seen));
  const byLine = new Map<number, InlayHint>();
  for (const hint of [...told, ...units].map((one) => ({ ...one, offset: one.doc.inFile(one.offset) }))) {
    if (hint.offset < from || hint.offset > to) continue;
    const { line, character } = file.range(hint.offset, hint.offset).start;
    if (!byLine.has(line)) byLine.set(line, { position: { line, character }, label: hint.label, paddingLeft: true });
  }
  return [...byLine.values()].sort((a, b) => a.position.line - b.position.line);
}
