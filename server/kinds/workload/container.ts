import { type CommandWord, commandWords, spanOfWord } from "../../text/command-words.ts";
import type { MapNode, Node, Span } from "../../text/node.ts";
import { at, entriesAt, itemsAt, numberAt, type Placed, quantityAt, resolve, stringAt } from "../../text/read.ts";
import { type Knowing, remembered } from "../../text/remembered.ts";
import type { Quantity } from "../../text/values/quantity.ts";
import { type Probe, readProbe } from "./probe.ts";

export interface EnvVariable {
  readonly name: string;
  /** Absent when it comes from a Secret, a ConfigMap or a field. */
  readonly value: Placed<string> | undefined;
  readonly node: Node;
}

export interface VolumeMount {
  readonly volume: string;
  readonly path: Placed<string>;
  readonly subPath: string | undefined;
  readonly node: Node;
}

export interface ContainerPort {
  readonly name: string | undefined;
  readonly port: Placed<number> | undefined;
}

/** An argument of the command line: `--name value`, `--name=value` or a bare flag. */
export interface Argument {
  readonly name: string;
  readonly value: string | undefined;
  /** The value, or the flag itself when it has none. */
  readonly at: Span;
}

/** A container of a pod template. Many rules ask it, and reading takes time, so that each part is read once. */
export class Container implements Knowing {
  readonly root: MapNode;
  readonly name: Placed<string> | undefined;
  readonly image: Placed<string> | undefined;
  facts: Knowing["facts"] = undefined;
  private wordsSeen: readonly CommandWord[] | undefined;
  private envSeen: readonly EnvVariable[] | undefined;
  private mountsSeen: readonly VolumeMount[] | undefined;
  private portsSeen: readonly ContainerPort[] | undefined;

  constructor(root: MapNode) {
    this.root = root;
    this.name = stringAt(root, "name");
    this.image = stringAt(root, "image");
  }

  /** The command line, the words of an `sh -c` script included. */
  get words(): readonly CommandWord[] {
    this.wordsSeen ??= commandWords([...itemsAt(this.root, "command"), ...itemsAt(this.root, "args")]);
    return this.wordsSeen;
  }

  get env(): readonly EnvVariable[] {
    this.envSeen ??= readEnv(this.root);
    return this.envSeen;
  }

  get mounts(): readonly VolumeMount[] {
    this.mountsSeen ??= readMounts(this.root);
    return this.mountsSeen;
  }

  get ports(): readonly ContainerPort[] {
    this.portsSeen ??= itemsAt(this.root, "ports").map((node) => ({
      name: stringAt(node, "name")?.value,
      port: numberAt(node, "containerPort"),
    }));
    return this.portsSeen;
  }

  get startupProbe(): Probe | undefined {
    return readProbe(at(this.root, "startupProbe"));
  }

  get readinessProbe(): Probe | undefined {
    return readProbe(at(this.root, "readinessProbe"));
  }

  get livenessProbe(): Probe | undefined {
    return readProbe(at(this.root, "livenessProbe"));
  }

  limit(resource: string): Placed<Quantity> | undefined {
    return quantityAt(this.root, "resources", "limits", resource);
  }

  request(resource: string): Placed<Quantity> | undefined {
    return quantityAt(this.root, "resources", "requests", resource);
  }
}

export const readContainer: (root: MapNode) => Container = remembered((root) => new Container(root));

function readEnv(root: MapNode): EnvVariable[] {
  return itemsAt(root, "env").flatMap((node) => {
    const name = stringAt(node, "name");
    return name === undefined ? [] : [{ name: name.value, value: stringAt(node, "value"), node }];
  });
}

function readMounts(root: MapNode): VolumeMount[] {
  return itemsAt(root, "volumeMounts").flatMap((node) => {
    const volume = stringAt(node, "name");
    const path = stringAt(node, "mountPath");
    if (volume === undefined || path === undefined) return [];
    return [{ volume: volume.value, path, subPath: stringAt(node, "subPath")?.value, node }];
  });
}

export function envOf(container: Container, name: string): EnvVariable | undefined {
  return container.env.findLast((variable) => variable.name === name);
}

/** The last argument of one of these names, as argparse takes it. Underscores and dashes are the same to vLLM. */
export function argumentOf(container: Container, ...names: string[]): Argument | undefined {
  const given = argumentsOf(container);
  let last: Given | undefined;
  for (const name of names) {
    const found = given.get(name);
    if (found !== undefined && (last === undefined || found.index > last.index)) last = found;
  }
  if (last === undefined) return undefined;
  const { word, name, value, behind } = last;
  if (value !== undefined) return { name, value, at: spanOfWord(word, word.text.length - value.length) };
  if (behind === undefined || /^-\D/.test(behind.text)) return { name, value: undefined, at: spanOfWord(word) };
  return { name, value: behind.text, at: spanOfWord(behind) };
}

/** A flag on the command line, its value where that stands in the same word, and the word behind it. */
interface Given {
  readonly index: number;
  readonly word: CommandWord;
  readonly name: string;
  readonly value: string | undefined;
  readonly behind: CommandWord | undefined;
}

/** The last of each name, with dashes. */
const argumentsOf = remembered(({ words }: Container): ReadonlyMap<string, Given> => {
  const found = new Map<string, Given>();
  for (const [index, word] of words.entries()) {
    const flag = word.text.startsWith("-") ? /^--?([\w.-]+)(?:=([\s\S]*))?$/.exec(word.text) : null;
    if (flag === null) continue;
    const [, name = "", value] = flag;
    found.set(name.replaceAll("_", "-"), { index, word, name, value, behind: words[index + 1] });
  }
  return found;
});

/** Whether a resource is an accelerator, by any vendor's name: `nvidia.com/gpu`, `nvidia.com/mig-1g.5gb`. */
export function isGpuResource(name: string): boolean {
  return /^(?:nvidia|amd|gpu\.intel|habana)\.(?:com|ai)\/|^google\.com\/tpu/.test(name);
}

/** GPUs the container asks for. */
export const gpusOf = remembered((container: Container): Placed<number> | undefined => {
  for (const section of ["limits", "requests"]) {
    for (const { key } of entriesAt(container.root, "resources", section)) {
      if (!isGpuResource(key.text)) continue;
      const count = numberAt(at(container.root, "resources", section), key.text);
      if (count !== undefined) return count;
    }
  }
  return undefined;
});

export function readContainers(podSpec: Node | undefined, key: "containers" | "initContainers"): Container[] {
  return itemsAt(podSpec, key).flatMap((item) => {
    const root = resolve(item);
    return root?.type === "map" ? [readContainer(root)] : [];
  });
}
