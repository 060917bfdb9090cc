import type { MapNode, Node } from "../../text/node.ts";
import { at, isNull, itemsAt, mapAt, numberAt, type Placed, resolve, seqAt, stringAt } from "../../text/read.ts";
import { pluginTypes } from "./plugin-types.ts";

/** A plugin as the configuration declares it. */
export interface EppPlugin {
  readonly type: string;
  /** Its type, where it has no name of its own. */
  readonly name: string;
  /** Where the name stands. */
  readonly at: Node;
  readonly named: boolean;
  /** The name is filled in later, so that it may be any. */
  readonly open: boolean;
  readonly parameters: MapNode | undefined;
  readonly node: MapNode;
}

/** One way to choose a pod: filters, scorers and a picker, by name. */
export interface SchedulingProfile {
  readonly name: Placed<string> | undefined;
  readonly plugins: readonly ProfileEntry[];
  readonly node: MapNode;
}

export interface ProfileEntry {
  readonly ref: Placed<string>;
  readonly weight: Placed<number> | undefined;
  readonly node: MapNode;
}

export function readPlugins(root: MapNode): EppPlugin[] {
  return itemsAt(root, "plugins").flatMap((item) => {
    const node = mapAt(item);
    const type = stringAt(node, "type");
    if (node === undefined || type === undefined) return [];
    const name = stringAt(node, "name");
    const own = name !== undefined && name.value !== "";
    return [
      {
        type: type.value,
        name: own ? name.value : type.value,
        at: own ? name.node : type.node,
        named: own,
        open: name === undefined && isWritten(at(node, "name")),
        parameters: mapAt(node, "parameters"),
        node,
      },
    ];
  });
}

export function readProfiles(root: MapNode): SchedulingProfile[] {
  return itemsAt(root, "schedulingProfiles").flatMap((item) => {
    const node = mapAt(item);
    return node === undefined ? [] : [{ name: stringAt(node, "name"), plugins: readEntries(node), node }];
  });
}

function isWritten(node: Node | undefined): boolean {
  const value = resolve(node);
  return value !== undefined && !(value.type === "scalar" && isNull(value));
}

function readEntries(profile: MapNode): ProfileEntry[] {
  return itemsAt(profile, "plugins").flatMap((item) => {
    const node = mapAt(item);
    const ref = stringAt(node, "pluginRef");
    return node === undefined || ref === undefined ? [] : [{ ref, weight: numberAt(node, "weight"), node }];
  });
}

/** Whether nothing in the two lists is filled in later or of another form. */
export function isReadWhole(
  root: MapNode,
  plugins: readonly EppPlugin[],
  profiles: readonly SchedulingProfile[],
): boolean {
  const declared = seqAt(root, "plugins");
  if (declared === undefined || declared.items.length !== plugins.length) return false;
  if (plugins.some(({ open }) => open)) return false;
  const list = resolve(at(root, "schedulingProfiles"));
  if (list === undefined) return true;
  if (list.type !== "seq" || list.items.length !== profiles.length) return false;
  return profiles.every(({ name, node, plugins: entries }) => {
    const written = at(node, "plugins");
    return name !== undefined && (written === undefined || seqAt(written)?.items.length === entries.length);
  });
}

/** Whether a plugin is of a kind: `undefined` for types that the newest known router has not. */
export function isOf({ type }: EppPlugin, role: string): boolean | undefined {
  return pluginTypes.get(type)?.roles.includes(role);
}
