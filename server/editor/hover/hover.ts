import { type Hover, MarkupKind } from "vscode-languageserver/node";
import { Graph } from "../../graph/graph.ts";
import type { Workspace } from "../../graph/workspace.ts";
import { metricNamed } from "../../kinds/metrics/catalogue.ts";
import type { TextFile } from "../../text/file.ts";
import type { Position } from "../../text/lines.ts";
import type { Scope } from "../completion/candidate.ts";
import { type Cursor, pointedAt } from "../completion/cursor.ts";
import { describe } from "../completion/metric-names.ts";
import { queryPointedAt } from "../completion/query.ts";
import { type Place, placeIn } from "../schema/place.ts";
import type { InDocument, Schemas } from "../schema/service.ts";
import { brief } from "./brief.ts";
import { cacheHeld } from "./cache.ts";
import { cacheServerFlagAt } from "./cache-server-flags.ts";
import { setByVariable, variableOfCache } from "./cache-settings.ts";
import { detectorInEffect } from "./detector.ts";
import { flagAt, variableOfEngine } from "./flags.ts";
import { probeInEffect } from "./probes.ts";
import { wordOf } from "./promql.ts";
import { referenced } from "./referenced.ts";
import { entryInEffect } from "./saturation.ts";
import { scalingInEffect } from "./scaling.ts";
import { unitsOf } from "./units.ts";

/** What somebody who looks at a place knows about it, beyond the schema; in the order in which it is read. */
const tellers: readonly ((scope: Scope, offset: number) => string[] | Promise<string[]>)[] = [
  variableOfEngine,
  variableOfCache,
  ({ cursor }) => unitsOf(cursor),
  ({ cursor }) => scalingInEffect(cursor),
  ({ cursor }) => probeInEffect(cursor),
  ({ cursor }) => detectorInEffect(cursor),
  entryInEffect,
  referenced,
  cacheHeld,
  setByVariable,
  // Numbers of the engine, such as the tokens that a KV cache holds, belong here.
];

/** What matters about a key or a value: what the schema says, and what only these files tell. */
export async function hover(
  file: TextFile,
  position: Position,
  workspace: Workspace,
  schemas: Schemas,
): Promise<Hover | null> {
  let place = placeIn(file, file.offsetAt(position));
  while (place !== undefined) {
    const told = await hoverAt(place, workspace, schemas);
    if (told !== null) return told;
    place = outOfArgument(place);
  }
  return null;
}

async function hoverAt(place: Place, workspace: Workspace, schemas: Schemas): Promise<Hover | null> {
  const { doc, offset } = place;
  const cursor = pointedAt(place);
  const query = queryPointedAt(place);
  const word = query === undefined ? undefined : wordOf(query);
  const known = word ?? (cursor === undefined ? undefined : await knownAt(cursor, workspace, offset));
  // A word of a query is looked at for itself, not for the key that holds the query.
  const said = word === undefined ? await schemas.hover(place) : undefined;
  const value = cursor?.under ?? cursor?.scalar;
  const written = value?.type === "scalar" ? value.text : undefined;
  const texts = [...(said === undefined ? [] : [brief(said.text, written)]), ...(known?.texts ?? [])];
  const range = known?.range ?? said?.range ?? cursor;
  if (texts.length === 0 || range === undefined) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: texts.join("\n\n") },
    range: doc.file.rangeOf(doc.span(range.start, range.end)),
  };
}

/** JSON behind a flag of which nobody knows what is in it: there the flag is what can be told of. */
function outOfArgument({ doc, offset }: Place): Place | undefined {
  const { carrier } = doc;
  if (carrier?.by !== "argument") return undefined;
  return { doc: carrier.node.doc, offset: carrier.projection.outward(offset) };
}

async function knownAt(
  cursor: Cursor,
  workspace: Workspace,
  offset: number,
): Promise<{ texts: string[]; range?: InDocument }> {
  const scope: Scope = { cursor, graph: new Graph(workspace), workspace };
  const whole = metricAt(cursor) ?? (await flagAt(scope, offset)) ?? cacheServerFlagAt(scope, offset);
  if (whole !== undefined) return whole;
  const texts: string[] = [];
  for (const teller of tellers) texts.push(...(await teller(scope, offset)));
  return { texts };
}

function metricAt({ path, scalar, under }: Cursor): { texts: string[] } | undefined {
  const metric = under === undefined && /\bmetric\.name$/.test(path) ? metricNamed(scalar.text) : undefined;
  return metric === undefined ? undefined : { texts: [describe(metric)] };
}
