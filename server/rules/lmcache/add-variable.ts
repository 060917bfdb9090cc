import type { RawFix } from "../../findings/raw-finding.ts";
import type { Container } from "../../kinds/workload/container.ts";
import { type DocumentEdit, setEntry } from "../../text/edits.ts";
import { indentOf, lineStartAt } from "../../text/layout.ts";
import { at, itemsAt, seqAt } from "../../text/read.ts";

/** A fix that gives a container one more variable, before the others. */
export function addVariable({ root }: Container, name: string, value: string): RawFix[] {
  const edit = added({ root } as Container, name, value);
  return edit === undefined ? [] : [{ title: `Set ${name} to ${JSON.stringify(value)}`, safe: false, edits: [edit] }];
}

function added({ root }: Container, name: string, value: string): DocumentEdit | undefined {
  const list = seqAt(root, "env");
  const [first] = itemsAt(root, "env");
  const flow = `{name: ${name}, value: ${JSON.stringify(value)}}`;
  if (at(root, "env") === undefined) return setEntry(root, "env", `[${flow}]`);
  if (list === undefined || first === undefined || list.anchor !== undefined) return undefined;
  const { doc } = list;
  if (list.flow) return { doc, start: first.start, end: first.start, newText: `${flow}, ` };
  const line = lineStartAt(doc.text, first.start);
  const dash = /^( *)- +$/.exec(doc.text.slice(line, first.start));
  if (dash === null) return undefined;
  const margin = " ".repeat(indentOf(doc.text, first.start));
  const text = `name: ${name}\n${margin}value: ${JSON.stringify(value)}\n${dash[0]}`;
  return { doc, start: first.start, end: first.start, newText: text };
}
