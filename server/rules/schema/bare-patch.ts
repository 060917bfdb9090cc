import type { RawFix } from "../../findings/raw-finding.ts";
import type { WrongType } from "../../schemas/problem.ts";
import type { ScalarNode } from "../../text/node.ts";

/** The name of a file in `patches` of a kustomization, where kustomize before 5 still took one. */
export function barePatch(schema: string | undefined, { value, pointer }: WrongType): ScalarNode | undefined {
  const isPatch = schema === "kustomization" && /^\/patches\/\d+$/.test(pointer) && value.type === "scalar";
  return isPatch && /^[\w./-]+\.ya?ml$/.test(value.text) ? value : undefined;
}

export function namedAsPath({ doc, start, end, text }: ScalarNode): RawFix {
  const isInFlow = !/(?:^|\n)[ \t]*(?:-[ \t]+)+$/.test(doc.text.slice(0, start));
  const written = doc.text.slice(start, end);
  const newText = isInFlow ? `{path: ${written}}` : `path: ${written}`;
  return { title: `Write path: ${text}`, safe: true, edits: [{ doc, start, end, newText }] };
}
