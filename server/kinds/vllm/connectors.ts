import type { CommandWord } from "../../text/command-words.ts";
import { remembered } from "../../text/remembered.ts";
import type { Container } from "../workload/container.ts";
import { isOpen, readServers, type VllmServer } from "./command-line.ts";

/** A connector that a vLLM server loads. */
export interface Connector {
  readonly name: string;
  readonly role: string | undefined;
  /** Python module of one that is not vLLM's own. */
  readonly foreign: boolean;
  readonly extra: ReadonlyMap<string, unknown>;
}

/** `--kv-transfer-config` as vLLM reads it. */
export interface KvTransfer {
  readonly connectors: readonly Connector[];
  /** The JSON on the command line; absent when there is none. */
  readonly word: CommandWord | undefined;
}

/** Absent where the container is no vLLM server, or what it loads cannot be read here. */
export const kvTransferOf = remembered((container: Container): KvTransfer | undefined => {
  const [server, ...others] = readServers(container, undefined);
  return server === undefined || others.length > 0 ? undefined : transferOf(server);
});

function transferOf(server: VllmServer): KvTransfer | undefined {
  const { command, arguments: given } = server;
  // A file of flags, or words that could not be read, may name a connector.
  if (!command.complete || given.some(({ name, match }) => name === "--config" || match === "ambiguous"))
    return undefined;
  if (given.some(({ flag }) => flag?.name === "--kv-offloading-backend")) return undefined;
  if (hasOpenWord(server)) return undefined;
  const flags = given.filter(({ flag }) => flag?.name === "--kv-transfer-config");
  const last = flags.at(-1);
  if (last === undefined) return { connectors: [], word: undefined };
  const value = last.values[0];
  if (flags.some(({ path }) => path !== undefined) || value === undefined || isOpen(value.text)) return undefined;
  const connectors = readConnectors(value.text);
  return connectors === undefined ? undefined : { connectors, word: value.word };
}

/** A word that may become flags when it is filled in; the model and the values of flags do not. */
function hasOpenWord({ command, arguments: given, model }: VllmServer): boolean {
  const known = new Set(given.flatMap(({ word, values }) => [word, ...values.map((value) => value.word)]));
  return command.words.some((word) => word !== model && !known.has(word) && isOpen(word.text));
}

function readConnectors(json: string): readonly Connector[] | undefined {
  try {
    return connectorsIn(JSON.parse(json), 0);
  } catch {
    return undefined;
  }
}

/** A connector of connectors holds such again; nobody nests them deeper than this. */
const deepest = 3;

function connectorsIn(config: unknown, depth: number): Connector[] {
  if (!isRecord(config)) return [];
  const extra = own(config, "kv_connector_extra_config");
  const fields = isRecord(extra) ? new Map(Object.entries(extra)) : new Map<string, unknown>();
  const name = own(config, "kv_connector");
  const role = own(config, "kv_role");
  if (typeof name !== "string") return [];
  const inner = fields.get("connectors");
  const rest = Array.isArray(inner) && depth < deepest ? inner.flatMap((one) => connectorsIn(one, depth + 1)) : [];
  const foreign = typeof own(config, "kv_connector_module_path") === "string";
  return [{ name, role: typeof role === "string" ? role : undefined, foreign, extra: fields }, ...rest];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Whether LMCache runs inside this engine. */
export function loadsLmcache(transfer: KvTransfer | undefined): boolean {
  return transfer?.connectors.some(({ name }) => name === "LMCacheConnectorV1") ?? false;
}
