import { mountOf } from "../../graph/mounts.ts";
import { type Container, type EnvVariable, envOf, type VolumeMount } from "../../kinds/workload/container.ts";
import { addItem, type DocumentEdit, removeEntry, setAll } from "../../text/edits.ts";
import type { Node } from "../../text/node.ts";
import { entriesAt, seqAt } from "../../text/read.ts";
import { flowYaml, type YamlMap } from "../../text/write.ts";
import { removeItems } from "../vllm/mend.ts";

const configFile = "LMCACHE_CONFIG_FILE";

/**
 * Takes the variable that names the configuration, and the mounts of that file and of the disk tier, from the server
 * beside an engine to the engine. Absent where one of them is shared or cannot be read.
 */
export function moveToEngine(
  server: Container,
  engine: Container,
  disk: string | undefined,
): readonly DocumentEdit[] | undefined {
  const variable = envOf(server, "LMCACHE_CONFIG_PATH") ?? envOf(server, configFile);
  const file = variable?.value;
  if (variable === undefined || file?.node.type !== "scalar") return undefined;
  const paths = [file.value, ...(disk === undefined ? [] : [disk])];
  const mounts = [...new Set(paths.flatMap((path) => mountOf(server, path)?.mount ?? []))];
  if (mountOf(server, file.value) === undefined) return undefined;
  return everyEdit([
    taken(server, "env", [variable]),
    mounts.length === 0 ? [] : taken(server, "volumeMounts", mounts),
    given(engine, variable, file.value, mounts),
  ]);
}

/** Items out of a list of the container, with the list where nothing stays in it. */
function taken({ root }: Container, key: string, items: readonly (EnvVariable | VolumeMount)[]): Edits {
  const list = seqAt(root, key);
  const nodes = new Set<Node>(items.map(({ node }) => node));
  if (list === undefined || list.anchor !== undefined) return undefined;
  const edit = list.items.length === nodes.size ? removeEntry(root, key) : removeItems(list, nodes);
  return edit === undefined ? undefined : [edit];
}

/** The same to the engine, except for what it has. */
function given(engine: Container, variable: EnvVariable, file: string, mounts: readonly VolumeMount[]): Edits {
  const quoted = /^[\w./-]+$/.test(file) ? file : JSON.stringify(file);
  const variables = envOf(engine, configFile) === undefined ? [{ name: configFile, value: quoted }] : [];
  const missing = mounts.filter(({ path }) => mountOf(engine, path.value)?.mount.path.value !== path.value);
  const copies: readonly (YamlMap | undefined)[] = missing.map(({ node }) => copyOf(node));
  if (variable.value === undefined || copies.includes(undefined)) return undefined;
  const lists: Readonly<Record<string, readonly YamlMap[]>> = {
    env: variables,
    volumeMounts: copies.filter((copy) => copy !== undefined),
  };
  const absent: Record<string, string> = {};
  const edits: Edits[] = [];
  for (const [key, items] of Object.entries(lists)) {
    if (items.length === 0) continue;
    if (seqAt(engine.root, key) === undefined) absent[key] = `[${items.map((item) => flowYaml(item)).join(", ")}]`;
    else edits.push(added(engine, key, items));
  }
  const all = everyEdit([...edits, Object.keys(absent).length === 0 ? [] : setAll(engine.root, [], absent)]);
  return all === undefined ? undefined : inPlaces(all);
}

/** A new list goes behind the last one, which may be added to as well: one edit for each place. */
function inPlaces(edits: readonly DocumentEdit[]): readonly DocumentEdit[] {
  const places = new Map<number, DocumentEdit>();
  for (const edit of edits) {
    const before = places.get(edit.start);
    places.set(edit.start, before === undefined ? edit : { ...before, newText: before.newText + edit.newText });
  }
  return [...places.values()];
}

/** All items behind the last one, as one edit. */
function added({ root }: Container, key: string, items: readonly YamlMap[]): Edits {
  const list = seqAt(root, key);
  const edits = items.map((item) => (list === undefined ? undefined : addItem(list, item)));
  const [first] = edits;
  if (first === undefined || edits.includes(undefined)) return undefined;
  return [{ ...first, newText: edits.map((edit) => edit?.newText ?? "").join("") }];
}

/** A mount as it is written; absent where it holds more than scalars. */
function copyOf(node: Node): YamlMap | undefined {
  const entries = entriesAt(node).map(({ key, value }) => [key.text, value] as const);
  if (node.type !== "map" || node.anchor !== undefined || entries.length !== node.entries.length) return undefined;
  if (entries.some(([key, value]) => key === "<<" || value.type !== "scalar" || value.anchor !== undefined))
    return undefined;
  return Object.fromEntries(entries.map(([key, value]) => [key, value.doc.text.slice(value.start, value.end)]));
}

type Edits = readonly DocumentEdit[] | undefined;

function everyEdit(parts: readonly Edits[]): Edits {
  return parts.includes(undefined) ? undefined : parts.flatMap((edits) => edits ?? []);
}
