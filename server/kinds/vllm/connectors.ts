import { type CommandWord, spanOfWord } from "../../text/command-words.ts";
import { Document } from "../../text/document.ts";
import { type DocumentEdit, setScalar } from "../../text/edits.ts";
import type { Node, Span } from "../../text/node.ts";
import { nest, shifted } from "../../text/projection.ts";
import { at, itemsAt, scalarAt } from "../../text/read.ts";
import { remembered } from "../../text/remembered.ts";
import type { Container } from "../workload/container.ts";
import { type ArgumentValue, isOpen, readServers, type VllmServer } from "./command-line.ts";
import { isWhole } from "./setting.ts";

/** A word of a connector where it is written. */
export interface ConnectorWord {
  readonly value: string;
  readonly at: Node | Span;
  /** Another word in its place, where that can be written. */
  written(value: string): DocumentEdit | undefined;
}

/** A connector that a vLLM server loads. */
export interface Connector {
  readonly name: ConnectorWord;
  /** Absent where none is written, or one that is filled in later. */
  readonly role: ConnectorWord | undefined;
  /** Python module of one that is not vLLM's own. */
  readonly foreign: boolean;
  readonly extra: ReadonlyMap<string, unknown>;
}

/** `--kv-transfer-config` as vLLM reads it. */
export interface KvTransfer {
  /** Those inside a MultiConnector too, the outer one first. */
  readonly connectors: readonly Connector[];
  /** Where the command line says it; absent where it says nothing. */
  readonly at: Span | undefined;
}

const flagName = "--kv-transfer-config";

/** What a container loads. Absent where it is no vLLM server, or something that cannot be read here may load more. */
export const kvTransferOf = remembered((container: Container): KvTransfer | undefined => {
  const [server, ...others] = readServers(container, undefined);
  if (server === undefined || others.length > 0) return undefined;
  if (server.arguments.some(({ flag }) => flag?.name === "--kv-offloading-backend")) return undefined;
  return hasOpenWord(server) ? undefined : transferOf(server);
});

/** The connectors that a server's command line names. Absent where it names none, or they cannot be read. */
export function connectorsOf(server: VllmServer): readonly Connector[] | undefined {
  const transfer = transferOf(server);
  return transfer?.at === undefined ? undefined : transfer.connectors;
}

/** A word that may become flags when it is filled in; the model and the values of flags do not. */
function hasOpenWord({ command, arguments: given, model }: VllmServer): boolean {
  const isKnown = (one: CommandWord) =>
    given.some(({ word, values }) => word === one || values.some((value) => value.word === one));
  return command.words.some((word) => word !== model && isOpen(word.text) && !isKnown(word));
}

const transferOf = remembered((server: VllmServer): KvTransfer | undefined => {
  if (!isWhole(server)) return undefined;
  const flags = server.arguments.filter(({ flag }) => flag?.name === flagName);
  const [last] = flags.slice(-1);
  if (last === undefined) return { connectors: [], at: undefined };
  if (flags.some(({ match }) => match === "joined")) return undefined;
  // vLLM makes one JSON of all keys that are written with dots, and puts it behind everything else.
  const dotted = flags.flatMap(({ path, word, values: [value] }) =>
    path === undefined ? [] : [{ path, word, value }],
  );
  const [first] = dotted;
  if (first !== undefined) {
    const config = configOf(dotted);
    const connectors = config === undefined ? undefined : connectorsIn(config, 0);
    return connectors === undefined ? undefined : { connectors, at: spanOfWord(first.word) };
  }
  const value = last.values[0];
  const config = value === undefined ? undefined : fromJson(value);
  const connectors = config === undefined ? undefined : connectorsIn(config, 0);
  return value === undefined || connectors === undefined
    ? undefined
    : { connectors, at: spanOfWord(value.word, value.start) };
});

/** A value of the configuration, and where a text in it stands. */
interface Config {
  readonly value: unknown;
  own(key: string): Config | undefined;
  items(): readonly Config[];
  readonly word: ConnectorWord | undefined;
}

function fromJson({ text, word, start }: ArgumentValue): Config | undefined {
  const value = parsed(text);
  if (!isRecord(value)) return undefined;
  const projection = nest(shifted(start), word.projection);
  const doc = new Document(word.node.doc.file, text, {
    node: word.node,
    projection,
    by: "argument",
    name: flagName.slice(2),
  });
  return doc.root === undefined ? undefined : placed(value, doc.root);
}

function placed(value: unknown, node: Node): Config {
  return {
    value,
    own: (key) => {
      const inner = at(node, key);
      return isRecord(value) && inner !== undefined ? placed(ownOf(value, key), inner) : undefined;
    },
    items: () => (Array.isArray(value) ? itemsAt(node).map((item, index) => placed(value[index], item)) : []),
    word: typeof value === "string" ? { value, at: node, written: (text) => rewritten(node, text) } : undefined,
  };
}

function rewritten(node: Node, text: string): DocumentEdit | undefined {
  const scalar = scalarAt(node);
  return scalar === undefined ? undefined : setScalar(scalar, text);
}

interface Dotted {
  readonly path: string;
  readonly word: CommandWord;
  readonly value: ArgumentValue | undefined;
}

/** `--kv-transfer-config.kv_role kv_both`, `--kv-transfer-config.kv_connector_extra_config.backends=["UCX"]`. */
function configOf(dotted: readonly Dotted[]): Config | undefined {
  const values: Record<string, unknown> = {};
  const words = new Map<string, ConnectorWord>();
  for (const { path, value } of dotted) {
    // `path+` adds to a list, and a name without value is a mistake of its own.
    if (value === undefined || !/^[\w.-]+$/.test(path)) return undefined;
    const json = parsed(value.text);
    if (!put(values, path.split("."), json ?? value.text)) return undefined;
    if (json === undefined || typeof json === "string") words.set(path, wordOf(value));
  }
  return made(values, "", words);
}

function put(target: Record<string, unknown>, [key = "", ...rest]: readonly string[], value: unknown): boolean {
  if (key === "" || key === "__proto__") return false;
  if (rest.length === 0) {
    target[key] = value;
    return true;
  }
  const inner = ownOf(target, key) ?? {};
  target[key] = inner;
  return isRecord(inner) && put(inner, rest, value);
}

function wordOf({ text, word, start }: ArgumentValue): ConnectorWord {
  return {
    value: text,
    at: spanOfWord(word, start),
    written: (value) => {
      const newText = word.projection.encode(value);
      return newText === undefined ? undefined : { ...spanOfWord(word, start), newText };
    },
  };
}

function made(value: unknown, path: string, words: ReadonlyMap<string, ConnectorWord>): Config {
  const below = (key: string) => (path === "" ? key : `${path}.${key}`);
  return {
    value,
    own: (key) => (isRecord(value) && Object.hasOwn(value, key) ? made(value[key], below(key), words) : undefined),
    items: () => (Array.isArray(value) ? value.map((item) => made(item, below("*"), words)) : []),
    word: words.get(path),
  };
}

/** A connector of connectors holds such again; nobody nests them deeper than this. */
const deepest = 3;

/** Absent where a name is filled in later. */
function connectorsIn(config: Config, depth: number): Connector[] | undefined {
  const name = config.own("kv_connector")?.word;
  if (name === undefined) return [];
  if (isOpen(name.value)) return undefined;
  const role = config.own("kv_role")?.word;
  const extra = config.own("kv_connector_extra_config");
  const inner = depth < deepest ? (extra?.own("connectors")?.items() ?? []) : [];
  const rest = inner.map((one) => connectorsIn(one, depth + 1));
  if (rest.some((one) => one === undefined)) return undefined;
  const own: Connector = {
    name,
    role: role === undefined || isOpen(role.value) ? undefined : role,
    foreign: config.own("kv_connector_module_path") !== undefined,
    extra: new Map(isRecord(extra?.value) ? Object.entries(extra.value) : []),
  };
  return [own, ...rest.flatMap((one) => one ?? [])];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function ownOf(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Whether LMCache runs inside this engine. */
export function loadsLmcache(transfer: KvTransfer | undefined): boolean {
  return transfer?.connectors.some(({ name }) => name.value === "LMCacheConnectorV1") ?? false;
}
