import { resolvePlain, yaml11Truth } from "./values/truth.ts";

/** What to write at a place: the YAML of a scalar, or a mapping of such. */
export type Yaml = string | YamlMap;
export interface YamlMap {
  readonly [key: string]: Yaml;
}

/** Text that a plain scalar may hold. */
const plainSafe = /^[A-Za-z0-9_./][\w./%+-]*$/;

export function isPlainSafe(text: string): boolean {
  return plainSafe.test(text);
}

/** A string: plain where every reader takes it for this very string, else in quotes. */
export function stringYaml(text: string): string {
  const plain = isPlainSafe(text) && resolvePlain(text) === text && yaml11Truth(text) === undefined;
  return plain ? text : JSON.stringify(text);
}

/** Lines of block style. The first stands where it is put; the margin begins every other one. */
export function blockYaml(map: YamlMap, margin: string): string {
  const inner = `${margin}  `;
  return Object.entries(map)
    .map(([key, value]) =>
      typeof value === "string" ? `${key}: ${value}` : `${key}:\n${inner}${blockYaml(value, inner)}`,
    )
    .join(`\n${margin}`);
}

export function flowYaml(yaml: Yaml): string {
  return typeof yaml === "string" ? yaml : `{ ${flowEntries(yaml)} }`;
}

/** What stands between the braces. */
export function flowEntries(map: YamlMap): string {
  return Object.entries(map)
    .map(([key, value]) => `${key}: ${flowYaml(value)}`)
    .join(", ");
}

/** `value` below a path of keys. */
export function nested(path: readonly string[], value: Yaml): Yaml {
  return path.reduceRight<Yaml>((inner, key) => ({ [key]: inner }), value);
}
