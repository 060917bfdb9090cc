import type { RawFix } from "../../findings/raw-finding.ts";
import type { EppView } from "../../kinds/epp/kind.ts";
import type { EppPlugin } from "../../kinds/epp/scheduling.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { addItem, type DocumentEdit, removeEntry, setAll } from "../../text/edits.ts";
import { lineEndAt } from "../../text/layout.ts";
import type { Entry, MapNode, ScalarNode } from "../../text/node.ts";
import { at, entryOf, itemsAt, mapAt, numberAt, seqAt, stringAt } from "../../text/read.ts";
import type { YamlMap } from "../../text/write.ts";

const scorer = "prefix-cache-scorer";
const producer = "approx-prefix-cache-producer";

/** Tokens in one unit of a block size; four characters to a token is GIE's own average. */
const blockSizes: Readonly<Record<string, number>> = { hashBlockSize: 1 / 4, blockSize: 1 / 4, blockSizeTokens: 1 };

/** Tokens in a block when none is written: 64 characters up to GIE 1.3, 16 tokens in GIE 1.4. */
const usualBlock = 16;

/** The producer raises smaller blocks to this, and takes the engine's own where it reports one (autoTune). */
const smallestBlock = 64;

const moved = new Set([...Object.keys(blockSizes), "autoTune", "maxPrefixBlocksToMatch", "lruCapacityPerServer"]);

/**
 * What the prefix scorer was told up to router 0.7, told to the producer that took its work over in 0.8. The blocks
 * that a prefix may have become tokens, the unit that the producer has now.
 */
export function toPrefixProducer(object: StackObject<EppView>, pointer: string): RawFix[] {
  const plugin = pluginAt(object, pointer);
  const parameters = plugin?.parameters;
  if (plugin?.type !== scorer || parameters === undefined || at(plugin.node, "parameters") !== parameters) return [];
  const going = parameters.entries.filter(isMoved);
  const told = toldToProducer(plugin.node, parameters);
  if (told === undefined || !going.some(({ key }) => key.type === "scalar")) return [];
  const removal =
    going.length === parameters.entries.length ? [removeEntry(plugin.node, "parameters")] : cut(parameters);
  const addition = Object.keys(told).length === 0 ? [] : addTo(object, plugin, told);
  const edits = [...removal, ...(addition ?? [undefined])].flatMap((edit) => edit ?? []);
  if (addition === undefined || edits.length < removal.length + addition.length) return [];
  const names = going.map(({ key }) => (key as ScalarNode).text).join(", ");
  const title = addition.length === 0 ? `Delete ${names}` : `Move ${names} to ${producer}`;
  return [{ title, safe: false, edits }];
}

function pluginAt({ root, view }: StackObject<EppView>, pointer: string): EppPlugin | undefined {
  const index = /^\/plugins\/(\d+)\/parameters\//.exec(pointer)?.[1];
  const node = index === undefined ? undefined : mapAt(itemsAt(root, "plugins")[Number(index)]);
  return node === undefined ? undefined : view.plugins.find((plugin) => plugin.node === node);
}

function isMoved({ key }: Entry): boolean {
  return key.type === "scalar" && moved.has(key.text);
}

/** The producer's parameters; absent where a value cannot be read, or a comment of its own line would be lost. */
function toldToProducer(plugin: MapNode, parameters: MapNode): YamlMap | undefined {
  const told = new Map<string, string>();
  const block = blockOf(parameters);
  for (const { key, value } of parameters.entries.filter(isMoved)) {
    const number = numberAt(value)?.value;
    if (key.type !== "scalar" || value.type !== "scalar" || value.anchor !== undefined) return undefined;
    if (key.text !== "autoTune" && (number === undefined || number <= 0)) return undefined;
    const comment = parameters.flow ? "" : commentBehind(value);
    if (key.text === "autoTune" || key.text === "lruCapacityPerServer") told.set(key.text, value.text + comment);
    else if (key.text === "maxPrefixBlocksToMatch")
      told.set("maxPrefixTokensToMatch", String(Math.round((number ?? 0) * (block ?? usualBlock))) + comment);
    else if (block !== undefined && block >= smallestBlock)
      told.set("blockSizeTokens", String(Math.round(block)) + comment);
  }
  const { doc, end } = parameters;
  const start = entryOf(plugin, "parameters")?.key.end;
  return /^\s*#/m.test(doc.text.slice(start, end)) ? undefined : Object.fromEntries(told);
}

function blockOf(parameters: MapNode): number | undefined {
  for (const [key, tokens] of Object.entries(blockSizes)) {
    const written = numberAt(parameters, key);
    if (written !== undefined) return written.value * tokens;
  }
  return undefined;
}

function commentBehind({ doc, end }: ScalarNode): string {
  return /^ +#.*$/.exec(doc.text.slice(end, lineEndAt(doc.text, end)))?.[0] ?? "";
}

/** Takes the moved parameters out from among those that stay. */
function cut(parameters: MapNode): (DocumentEdit | undefined)[] {
  const { doc, entries } = parameters;
  const stays = entries.findIndex((entry) => !isMoved(entry));
  const [first, next] = [entries[0], entries[stays]];
  const before =
    stays <= 0 || first === undefined || next === undefined
      ? []
      : [{ doc, start: first.key.start, end: next.key.start, newText: "" }];
  const behind = entries.slice(stays).filter(isMoved);
  return [...before, ...behind.map(({ key }) => removeEntry(parameters, (key as ScalarNode).text))];
}

/** A producer of its own, or the one that is there; what that is told already stays. */
function addTo(object: StackObject<EppView>, { parameters }: EppPlugin, told: YamlMap): DocumentEdit[] | undefined {
  const [there, second] = object.view.plugins.filter(({ type }) => type === producer);
  const read = stringAt(parameters, "prefixMatchInfoProducerName")?.value;
  if (second !== undefined || (read !== undefined && read !== (there?.name ?? producer))) return undefined;
  if (there === undefined) {
    const list = seqAt(object.root, "plugins");
    const edit = list === undefined ? undefined : addItem(list, { type: producer, parameters: told });
    return edit === undefined || list?.flow === true ? undefined : [edit];
  }
  const missing = Object.entries(told).filter(([key]) => at(there.node, "parameters", key) === undefined);
  if (missing.length === 0) return [];
  return setAll(there.node, ["parameters"], Object.fromEntries(missing))?.slice();
}
