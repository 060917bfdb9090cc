import type { RawFix } from "../findings/raw-finding.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { setAll } from "../text/edits.ts";
import type { Yaml } from "../text/write.ts";

/** A fix that writes one value of an object. None where an anchor or an alias would carry it to other places. */
export function setValue({ root }: StackObject, path: readonly string[], yaml: Yaml, title: string): RawFix[] {
  const edits = setAll(root, path, yaml);
  return edits === undefined || edits.length === 0 ? [] : [{ title, safe: false, edits }];
}
