import { type Hover, MarkupKind } from "vscode-languageserver/node";
import { Graph } from "../../graph/graph.ts";
import type { Workspace } from "../../graph/workspace.ts";
import { metricNamed } from "../../kinds/metrics/catalogue.ts";
import type { TextFile } from "../../text/file.ts";
import type { Position } from "../../text/lines.ts";
import { type Cursor, pointedAt } from "../completion/cursor.ts";
import { describe, isQuery } from "../completion/metric-names.ts";
import { objectAt, type Scope } from "../completion/names.ts";
import { placeIn } from "../schema/place.ts";
import type { InDocument, Schemas } from "../schema/service.ts";
import { isTame } from "../schema/tame.ts";
import { cacheHeld } from "./cache.ts";
import { code } from "./markdown.ts";
import { entryInEffect } from "./saturation.ts";
import { unitsOf } from "./units.ts";
import { windowsOf } from "./windows.ts";

/** What matters about a key or a value: what the schema says, and what only these files tell. */
export async function hover(
  file: TextFile,
  position: Position,
  workspace: Workspace,
  schemas: Schemas,
): Promise<Hover | null> {
  const place = placeIn(file, file.offsetAt(position));
  if (place === undefined || !isTame(place.doc)) return null;
  const cursor = pointedAt(place);
  const known = cursor === undefined ? undefined : knownAt(cursor, workspace, place.offset);
  const said = await schemas.hover(place);
  const texts = [...(said === undefined ? [] : [said.text.trimEnd()]), ...(known?.texts ?? [])];
  const range = known?.range ?? said?.range ?? cursor;
  if (texts.length === 0 || range === undefined) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: texts.join("\n\n") },
    range: file.rangeOf(place.doc.span(range.start, range.end)),
  };
}

function knownAt(cursor: Cursor, workspace: Workspace, offset: number): { texts: string[]; range?: InDocument } {
  const scope: Scope = { cursor, graph: new Graph(workspace), workspace };
  const metric = metricAt(cursor, offset);
  if (metric !== undefined) return metric;
  return {
    texts: [
      ...unitsOf(cursor),
      ...windowsOf(cursor),
      ...referenced(scope),
      ...cacheHeld(scope),
      ...entryInEffect(scope),
    ],
  };
}

function referenced(scope: Scope): string[] {
  const object = scope.cursor.under === undefined ? objectAt(scope) : undefined;
  if (object?.name === undefined) return [];
  const line = object.doc.file.rangeOf(object.name.node).start.line + 1;
  return [`${object.kind.title} ${code(object.name.value)} in ${code(`${object.path}:${line}`)}.`];
}

function metricAt({ path, scalar, under, start, end }: Cursor, offset: number) {
  if (under !== undefined) return undefined;
  if (/\bmetric\.name$/.test(path)) {
    const metric = metricNamed(scalar.text);
    return metric === undefined ? undefined : { texts: [describe(metric)] };
  }
  if (!isQuery(path)) return undefined;
  const { text } = scalar.doc;
  const from = offset - (/[\w:]*$/.exec(text.slice(start, offset))?.[0].length ?? 0);
  const to = offset + (/^[\w:]*/.exec(text.slice(offset, end))?.[0].length ?? 0);
  const metric = metricNamed(text.slice(from, to));
  return metric === undefined ? undefined : { texts: [describe(metric)], range: { start: from, end: to } };
}
