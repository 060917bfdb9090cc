import { type CommandWord, commandWords, spanOfWord } from "../../text/command-words.ts";
import type { MapNode, Node, Span } from "../../text/node.ts";
import { at, entriesAt, itemsAt, numberAt, type Placed, quantityAt, resolve, stringAt } from "../../text/read.ts";
import type { Quantity } from "../../text/values/quantity.ts";
import { readProbe } from "./probe.ts";

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

/** An argument of the command line: `--name value`, `--name=value` or a bare flag. */
export interface Argument {
  readonly name: string;
  readonly value: string | undefined;
  /** The value, or the flag itself when it has none. */
  readonly at: Span;
}

export type Container = ReturnType<typeof readContainer>;

export function readContainer(root: MapNode) {
  // Many rules ask for these, and reading them takes time.
  let words: readonly CommandWord[] | undefined;
  let env: readonly EnvVariable[] | undefined;
  let mounts: readonly VolumeMount[] | undefined;
  return {
    root,
    name: stringAt(root, "name"),
    image: stringAt(root, "image"),
    /** The command line, the words of an `sh -c` script included. */
    get words(): readonly CommandWord[] {
      words ??= commandWords([...itemsAt(root, "command"), ...itemsAt(root, "args")]);
      return words;
    },
    get env(): readonly EnvVariable[] {
      env ??= readEnv(root);
      return env;
    },
    get mounts(): readonly VolumeMount[] {
      mounts ??= readMounts(root);
      return mounts;
    },
    limit: (resource: string): Placed<Quantity> | undefined => quantityAt(at(root, "resources", "limits"), resource),
    request: (resource: string): Placed<Quantity> | undefined =>
      quantityAt(at(root, "resources", "requests"), resource),
    get ports(): readonly { name: string | undefined; port: Placed<number> | undefined }[] {
      return itemsAt(root, "ports").map((node) => ({
        name: stringAt(node, "name")?.value,
        port: numberAt(node, "containerPort"),
      }));
    },
    startupProbe: readProbe(at(root, "startupProbe")),
    readinessProbe: readProbe(at(root, "readinessProbe")),
    livenessProbe: readProbe(at(root, "livenessProbe")),
  };
}

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
  const { words } = container;
  for (let index = words.length - 1; index >= 0; index--) {
    const word = words[index] as CommandWord;
    const flag = /^--?([\w.-]+)(?:=([\s\S]*))?$/.exec(word.text);
    if (flag === null || !names.includes((flag[1] as string).replaceAll("_", "-"))) continue;
    const next = words[index + 1];
    if (flag[2] !== undefined)
      return { name: flag[1] as string, value: flag[2], at: spanOfWord(word, word.text.length - flag[2].length) };
    if (next === undefined || /^-\D/.test(next.text))
      return { name: flag[1] as string, value: undefined, at: spanOfWord(word) };
    return { name: flag[1] as string, value: next.text, at: spanOfWord(next) };
  }
  return undefined;
}

/** Whether a resource is an accelerator, by any vendor's name: `nvidia.com/gpu`, `nvidia.com/mig-1g.5gb`. */
export function isGpuResource(name: string): boolean {
  return /^(?:nvidia|amd|gpu\.intel|habana)\.(?:com|ai)\/|^google\.com\/tpu/.test(name);
}

/** GPUs the container asks for. */
export function gpusOf(container: Container): Placed<number> | undefined {
  for (const section of ["limits", "requests"]) {
    for (const { key } of entriesAt(container.root, "resources", section)) {
      if (!isGpuResource(key.text)) continue;
      const count = numberAt(at(container.root, "resources", section), key.text);
      if (count !== undefined) return count;
    }
  }
  return undefined;
}

export function readContainers(podSpec: Node | undefined, key: "containers" | "initContainers"): Container[] {
  return itemsAt(podSpec, key).flatMap((item) => {
    const root = resolve(item);
    return root?.type === "map" ? [readContainer(root)] : [];
  });
}
