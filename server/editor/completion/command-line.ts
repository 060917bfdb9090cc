import { settingsFor } from "../../graph/settings-for.ts";
import type { Workspace } from "../../graph/workspace.ts";
import { cacheServers } from "../../kinds/lmcache/server-command.ts";
import { type ServerCommand, serverCommands } from "../../kinds/vllm/server.ts";
import { parseVersion, type Version, versionOfImage } from "../../kinds/vllm/version.ts";
import { type Container, readContainer } from "../../kinds/workload/container.ts";
import type { CommandWord } from "../../text/command-words.ts";
import { lineStartAt } from "../../text/layout.ts";
import { inward, type Place } from "../schema/place.ts";
import type { InDocument } from "../schema/service.ts";
import { type Cursor, scalarAt, withLetter } from "./cursor.ts";

/** A word of the command line of vLLM or of `lmcache server`, with what stands in it before and behind a place. */
export interface WordAround extends InDocument {
  readonly cursor: Cursor;
  readonly program: "vllm" | "lmcache server";
  readonly command: ServerCommand;
  /** Of the word among those of the command. */
  readonly index: number;
  readonly before: string;
  readonly after: string;
  readonly version: Version | undefined;
  /** The spelling of something at this place; absent where it cannot be written. */
  spell(text: string): string | undefined;
}

const inCommand = /(?:^|\.)(?:initC|c)ontainers\[\]\.(?:args|command)\[\]$/;
const line = /^(?<blank> *)(?<dash>(?:- +)*)(?:["']?(?<key>args|command)["']?:)?/;

/** Whether the lines above lead to `args` or `command`: told without reading the document again. */
function isBelowCommand(text: string, offset: number): boolean {
  let least = Number.POSITIVE_INFINITY;
  for (let end = offset; end >= 0 && least > 0; ) {
    const start = lineStartAt(text, end);
    const here = text.slice(start, end);
    const { blank = "", dash = "", key } = line.exec(here)?.groups ?? {};
    if (key !== undefined && blank.length + dash.length < least) return true;
    // Items may stand as far left as the key that they belong to.
    if (end === offset || here.trim() !== "") least = Math.min(least, blank.length + (dash === "" ? 0 : 0.5));
    end = start - 1;
  }
  return false;
}

/** The word that is being written at a place; where there is none yet, the one that a letter would begin. */
export function wordWritten(place: Place, workspace: Workspace): WordAround | undefined {
  const { doc, offset } = place;
  if (!isBelowCommand(doc.text, offset)) return undefined;
  const there = wordPointedAt(place, workspace);
  const found = there ?? wordAt(scalarAt(withLetter(place), offset), offset, workspace);
  if (found === undefined) return undefined;
  const { word, at, ...rest } = found;
  const { text, projection } = word;
  const lent = there === undefined ? 1 : 0;
  const after = text.slice(at + lent);
  const end = at + lent + (/^[^\s"'{},]*/.exec(after)?.[0].length ?? 0);
  return {
    ...rest,
    before: text.slice(0, at),
    after,
    start: offset,
    end: end === at ? offset : projection.outwardEnd(end) - lent,
    spell: spelling(word),
  };
}

/** The word that somebody points to. */
function wordPointedAt(place: Place, workspace: Workspace) {
  return wordAt(scalarAt(place.doc, place.offset), place.offset, workspace);
}

function wordAt(cursor: Cursor | undefined, offset: number, workspace: Workspace) {
  const [holder] = cursor?.holders ?? [];
  if (cursor === undefined || holder === undefined || !inCommand.test(cursor.path)) return undefined;
  const container = readContainer(holder);
  const version =
    versionOfImage(container.image?.value ?? "") ?? settingsFor(workspace, cursor.object.path).version("vllm");
  for (const { program, command } of commandsOf(container)) {
    const index = command.words.findIndex(
      (word) => word.node === cursor.scalar && offsetIn(word, offset) !== undefined,
    );
    const word = command.words[index];
    const at = word && offsetIn(word, offset);
    if (word === undefined || at === undefined) continue;
    return { cursor, program, command, index, word, at, version: parseVersion(version ?? "") };
  }
  return undefined;
}

function commandsOf(container: Container): Pick<WordAround, "program" | "command">[] {
  return [
    ...serverCommands(container).map((command) => ({ program: "vllm" as const, command })),
    ...cacheServers(container).map(({ words, items, complete }) => {
      return { program: "lmcache server" as const, command: { words: words.slice(1), items, complete } };
    }),
  ];
}

function offsetIn({ text, projection }: CommandWord, offset: number): number | undefined {
  return offset <= projection.outwardEnd(text.length) ? inward(projection, text.length, offset) : undefined;
}

/** Plain YAML takes more than a projection dares to write. */
function spelling({ node, projection }: CommandWord): WordAround["spell"] {
  return (text) => (node.style === "plain" && /^[\w.\-/:=]+$/.test(text) ? text : projection.encode(text));
}
