import type { Node } from "./node.ts";
import type { Parsed } from "./parse.ts";

const action = /(?:^|\n)[ \t]*(?:- +)*(?:[\w.\-/"']+:[ \t]+)?(\{\{|\{%)/g;

/**
 * Finds the first template action (`{{ … }}` of Helm, `{% … %}` of Jinja) that stands where YAML has structure: a line
 * of its own or a bare value. Inside quotes, comments, block scalars or a longer plain scalar it is only text.
 */
export function templateOffset(text: string, parsed: Parsed): number | undefined {
  if (parsed.braces !== undefined) return parsed.braces;
  if (!parsed.problems.some((problem) => problem.type === "syntax")) return undefined;
  for (const found of text.matchAll(action)) {
    const offset = found.index + found[0].length - 2;
    if (!inScalarText(parsed.root, offset)) return offset;
  }
  return undefined;
}

/** Whether the offset lies in a block or quoted scalar. The tree of a broken document may be deep but never endless. */
function inScalarText(root: Node | undefined, offset: number): boolean {
  const open: Node[] = root === undefined ? [] : [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === "map") for (const { key, value } of node.entries) open.push(key, value);
    else if (node.type === "seq") open.push(...node.items);
    else if (node.type === "scalar" && node.style !== "plain" && node.start < offset && offset < node.end) return true;
  }
  return false;
}

const variable = /\{\{|\$\{|\$\(/;

/** Whether a value will be filled in later (`${VAR}`, `$(VAR)`, `{{ … }}`): nothing can be said about it. */
export function isTemplated(text: string): boolean {
  return (text.includes("$") || text.includes("{{")) && variable.test(text);
}
