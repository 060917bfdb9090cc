import type { StackObject } from "../kinds/stack-object.ts";
import type { Node } from "../text/node.ts";
import { at, entryOf, stringAt } from "../text/read.ts";
import { isTemplated } from "../text/template.ts";
import { yaml11Truth } from "../text/values/truth.ts";
import { hasForeignTag } from "./plain.ts";
import type { MissingKey, SchemaProblem } from "./problem.ts";

/** Whether a problem can be told at all: not of what is filled in later, nor of what only a part of an object lacks. */
export function isCertain(problem: SchemaProblem, object: StackObject): boolean {
  switch (problem.type) {
    case "unknown-key":
      return !isTemplated(problem.key.text) && !isDirective(problem.key.text);
    case "missing-key":
      return !isFragment(object, problem) && !problem.map.entries.some(({ key }) => isOpen(key));
    case "wrong-type":
      return !isOpen(problem.value) && !isSaidInYaml11(problem.value, problem.expected);
    case "wrong-value":
      return !isOpen(problem.value);
    default:
      return true;
  }
}

function isOpen(node: Node): boolean {
  return hasForeignTag(node) || (node.type === "scalar" && isTemplated(node.text));
}

/** Keys that tell a strategic merge patch what to do. */
function isDirective(key: string): boolean {
  return /^\$(?:patch|retainKeys|setElementOrder\/.*|deleteFromPrimitiveList\/.*)$/.test(key);
}

const patchName = /(?:^|[/._-])(?:patch|patches)(?:[/._-]|$)/i;

/**
 * A part of an object: a patch that nobody here applies, or an excerpt. It has no name, says by its path or by a
 * directive what it is, has no `spec`, or in it nothing of what it demands.
 */
function isFragment(object: StackObject, { pointer, keys, map }: MissingKey): boolean {
  const { recognise } = object.kind;
  if (!("group" in recognise) || recognise.file === true) return false;
  if (saysItIsPart(object)) return true;
  const written = keys.filter((key) => entryOf(map, key) !== undefined);
  return (
    written.length === 0 && ((pointer === "" && keys.includes("spec")) || (pointer === "/spec" && keys.length > 1))
  );
}

/** Kubernetes' tools read YAML 1.1, where `yes` is a truth and 12_000 a number. */
function isSaidInYaml11(value: Node, expected: readonly string[]): boolean {
  if (value.type !== "scalar" || value.style !== "plain") return false;
  if (expected.includes("boolean") && yaml11Truth(value.text) !== undefined) return true;
  const number = /^[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|0b[01_]+|0x[0-9a-fA-F_]+|[0-9]+(?::[0-5]?[0-9])+)$/;
  return (
    (expected.includes("integer") || expected.includes("number")) &&
    number.test(value.text) &&
    !isPlainDecimal(value.text)
  );
}

/** What both versions read alike: if it is of the wrong type, it is so for everybody. */
function isPlainDecimal(text: string): boolean {
  return /^[-+]?[0-9]+(?:\.[0-9]*)?$/.test(text);
}

/** Whether an API object shows by itself that it is only a part of one. */
export function saysItIsPart({ root, path, name }: StackObject): boolean {
  if (name === undefined && stringAt(root, "metadata", "generateName") === undefined) return true;
  return patchName.test(path) || at(root, "$patch") !== undefined;
}
