import { meantErrors } from "./branches.ts";
import { type Note, validatorModule } from "./compiled.ts";
import type { Allowed } from "./problem.ts";
import { allowedBy } from "./problem-of.ts";

/** What a schema says of one key at its root, for settings that come one by one, as variables do. */
export type KeyVerdict =
  | { readonly type: "unknown"; readonly known: readonly string[] }
  | { readonly type: "deprecated"; readonly note: Note }
  | { readonly type: "wrong"; readonly allowed: Allowed | undefined }
  | { readonly type: "right" };

export function judgeKey(schema: string, key: string, value: string): KeyVerdict {
  const tables = validatorModule(schema);
  const validate = tables?.validators[schema];
  if (tables === undefined || validate === undefined) return { type: "right" };
  const notes: [string, number][] = [];
  const data: Record<string, string> = Object.create(null);
  data[key] = value;
  const accepted = validate.call({ notes }, data);
  const pointer = `/${key}`;
  const errors = accepted ? [] : meantErrors(validate.errors ?? []);
  const unknown = errors.find(({ keyword, params }) => keyword === "additionalProperties" && params["key"] === key);
  if (unknown !== undefined) {
    const object = tables.objects[Number(unknown.params["object"])];
    return { type: "unknown", known: [...(object?.keys ?? []), ...Object.keys(object?.leaves ?? {})] };
  }
  const note = notes.flatMap(([at, number]) => (at === pointer ? (tables.notes[number] ?? []) : [])).find(isDeprecated);
  if (note !== undefined) return { type: "deprecated", note };
  const wrong = errors.find(({ instancePath }) => instancePath === pointer);
  return wrong === undefined ? { type: "right" } : { type: "wrong", allowed: allowedBy(wrong) };
}

function isDeprecated({ deprecated }: Note): boolean {
  return deprecated === true;
}
