import { type Hover, MarkupKind } from "vscode-languageserver/node";
import { Graph } from "../../graph/graph.ts";
import type { Workspace } from "../../graph/workspace.ts";
import { metricNamed } from "../../kinds/metrics/catalogue.ts";
import type { TextFile } from "../../text/file.ts";
import type { Position } from "../../text/lines.ts";
import type { Scope } from "../completion/candidate.ts";
import { type Cursor, pointedAt } from "../completion/cursor.ts";
import { describe } from "../completion/metric-names.ts";
import { objectAt } from "../completion/names.ts";
import { queryPointedAt } from "../completion/query.ts";
import { placeIn } from "../schema/place.ts";
import type { InDocument, Schemas } from "../schema/service.ts";
import { isTame } from "../schema/tame.ts";
import { cacheHeld } from "./cache.ts";
import { flagAt } from "./flag.ts";
import { code } from "./markdown.ts";
import { wordOf } from "./promql.ts";
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
  const query = queryPointedAt(place);
  const word = query === undefined ? flagAt(place, workspace) : wordOf(query);
  const known = word ?? (cursor === undefined ? undefined : knownAt(cursor, workspace));
  // A word of a query or of a command line is looked at for itself, not for the key that holds it.
  const said = word === undefined ? await schemas.hover(place) : undefined;
  const texts = [...(said === undefined ? [] : [said.text.trimEnd()]), ...(known?.texts ?? [])];
  const range = known?.range ?? said?.range ?? cursor;
  if (texts.length === 0 || range === undefined) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: texts.join("\n\n") },
    range: file.rangeOf(place.doc.span(range.start, range.end)),
  };
}

interface Known {
  readonly texts: readonly string[];
  readonly range?: InDocument;
}

function knownAt(cursor: Cursor, workspace: Workspace): Known {
  const scope: Scope = { cursor, graph: new Graph(workspace), workspace };
  return {
    texts: [
      ...metricAt(cursor),
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

function metricAt({ path, scalar, under }: Cursor): string[] {
  const metric = under === undefined && /\bmetric\.name$/.test(path) ? metricNamed(scalar.text) : undefined;
  return metric === undefined ? [] : [describe(metric)];
}
