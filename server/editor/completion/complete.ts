import type { CompletionItem, CompletionList } from "vscode-languageserver/node";
import { Graph } from "../../graph/graph.ts";
import type { Workspace } from "../../graph/workspace.ts";
import type { Document } from "../../text/document.ts";
import type { TextFile } from "../../text/file.ts";
import type { Position } from "../../text/lines.ts";
import { outside, type Place, placeIn } from "../schema/place.ts";
import type { InDocument, Schemas } from "../schema/service.ts";
import { isTame } from "../schema/tame.ts";
import { cacheServerWords } from "./cache-server-words.ts";
import type { Candidate } from "./candidate.ts";
import { wordWritten } from "./command-line.ts";
import { connectorWords } from "./connector.ts";
import { cursorAt } from "./cursor.ts";
import { headsAt } from "./head.ts";
import type { Insertion } from "./items.ts";
import { namesAt } from "./names.ts";
import { candidatesIn } from "./promql.ts";
import { queryWritten } from "./query.ts";
import { suppressionsAt } from "./suppressions.ts";
import { variablesAt } from "./variables.ts";
import { vllmWords } from "./vllm-words.ts";

/** Candidates that stand for a stretch of a document. */
interface Found extends InDocument {
  readonly candidates: readonly Candidate[];
  readonly as: "value" | "word";
  /** The document of the stretch, where it is not the innermost around the place. */
  readonly doc?: Document;
}

/** What could stand at a cursor: names that the workspace knows, else what the schema says. */
export async function complete(
  file: TextFile,
  position: Position,
  workspace: Workspace,
  schemas: Schemas,
  insertion: Insertion,
): Promise<CompletionList | null> {
  const place = placeIn(file, file.offsetAt(position));
  if (place === undefined) return null;
  const found =
    (await inCommandLine(file, position, workspace)) ?? (await variableNames(place)) ?? knownNames(place, workspace);
  const items: readonly (CompletionItem | undefined)[] =
    found !== undefined && (found.candidates.length > 0 || found.as === "word")
      ? found.candidates.map((one, index) => insertion.named(one, found.doc ?? place.doc, found, found.as, index))
      : eachOnce(await schemas.complete(place)).map((item) => insertion.carried(item, place));
  const placed = items.filter((item) => item !== undefined);
  return placed.length === 0 ? null : { isIncomplete: false, items: placed };
}

/** Flags, values and JSON of an engine's command line, where the place is in one. */
async function inCommandLine(file: TextFile, position: Position, workspace: Workspace): Promise<Found | undefined> {
  const place = outside(placeIn(file, file.offsetAt(position)));
  const word = place === undefined || !isTame(place.doc) ? undefined : wordWritten(place, workspace);
  if (place === undefined || word === undefined) return undefined;
  const found =
    word.program === "vllm"
      ? ((await connectorWords(word)) ?? vllmWords(word, { graph: new Graph(workspace), workspace }))
      : cacheServerWords(word);
  return { ...found, doc: place.doc, as: "word" };
}

async function variableNames(place: Place): Promise<Found | undefined> {
  const found = isTame(place.doc) ? await variablesAt(place) : undefined;
  return found === undefined ? undefined : { ...found, as: "value" };
}

/** A key that several parts of a schema have is offered as the first of them has it, which is the narrowest. */
function eachOnce(items: readonly CompletionItem[]): CompletionItem[] {
  return [...new Map(items.toReversed().map((item) => [item.label, item])).values()].reverse();
}

function knownNames(place: Place, workspace: Workspace): Found | undefined {
  const suppressed = suppressionsAt(place);
  if (suppressed !== undefined) return { ...suppressed, as: "word" };
  if (!isTame(place.doc)) return undefined;
  const query = queryWritten(place);
  if (query !== undefined) return { ...candidatesIn(query, { graph: new Graph(workspace), workspace }), as: "word" };
  const head = headsAt(place);
  if (head !== undefined && head.candidates.length > 0) return { ...head, as: "word" };
  const cursor = cursorAt(place);
  if (cursor === undefined) return undefined;
  const { start, end } = cursor;
  return { candidates: namesAt({ cursor, graph: new Graph(workspace), workspace }), start, end, as: "value" };
}
