import type { YamlExtension } from "../messages.ts";
import { field } from "../wire.ts";

export const doneHere: YamlExtension = { structure: false, completion: false, hover: false };

/** What a client says of another YAML service in its editor; nothing is left to one that is not spoken of. */
export function readYamlExtension(params: unknown): YamlExtension {
  const does = (part: keyof YamlExtension) => field(params, part) === true;
  // Without the structure of documents there is no such service.
  return does("structure") ? { structure: true, completion: does("completion"), hover: does("hover") } : doneHere;
}
