import type { RawFix } from "../../findings/raw-finding.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { WrongType } from "../../schemas/problem.ts";
import { setScalar } from "../../text/edits.ts";
import type { ScalarNode } from "../../text/node.ts";
import { plainValue } from "../../text/read.ts";
import { resolvePlain } from "../../text/values/truth.ts";
import { defineRule } from "../rule.ts";
import { barePatch, namedAsPath } from "./bare-patch.ts";
import { textOfNumber } from "./better-value.ts";
import { checkedKinds, titleFor, told } from "./told.ts";
import { kindOfValue, listed, whereIs } from "./words.ts";

const names: Readonly<Record<string, string>> = {
  string: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  null: "nothing",
};

export const wrongType = defineRule({
  id: "schema/wrong-type",
  title: "Value of another type",
  since: "0.1.0",
  severity: "error",
  fixable: "safe",
  refs: ["K-01", "W-10", "EPP-04", "EPP-31", "HPA-07", "VAL-02"],
  docs: {
    summary: "A number stands where a text is read, a text where a number is, or a mapping where a list is.",
    why: "The whole object is refused: cannot unmarshal number into Go struct field of type string. Environment variables, labels, annotations and the metadata of KEDA triggers are texts whatever they hold, so 8080 and true need quotes there.",
    mend: "Quotes make a text of a number or a truth; without them 3 is a number. The fix writes what is the same value in the right type.",
    sources: [
      "https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/",
      "https://keda.sh/docs/latest/reference/scaledobject-spec/#triggers",
      "https://yaml.org/spec/1.2.2/#103-core-schema",
    ],
  },
  examples: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: llama
  annotations:
    prometheus.io/port: 8000 # <-
spec:
  selector: {app: llama}
  ports:
    - port: 8000
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: llama
  annotations:
    prometheus.io/port: "8000"
spec:
  selector: {app: llama}
  ports:
    - port: 8000
`,
  },
  messages: {
    block:
      '{object}: {place} takes a text, not {found}: what reads it wants YAML in a text. Write "{key}: |" and leave the lines below it as they are.',
    patch:
      "{object}: {place} takes a mapping from kustomize 5 and kubectl 1.27 on, not {found}: they refuse the kustomization. Write path: {text}.",
    type: "{object}: {place} takes {expected}, not {found}.",
    unit: "{object}: {place} takes a text with a unit, not {found}. Write {better}.",
    quotes: '{object}: {place} takes a text, and {text} without quotes is {found}. Write "{text}".',
    noQuotes: '{object}: {place} takes {expected}, and "{text}" in quotes is a text. Write {text}.',
  },
  reads: checkedKinds,
  check(context) {
    const { object, report } = context;
    const title = titleFor(context);
    for (const problem of told(context, "wrong-type")) {
      const { value, expected, pointer } = problem;
      const text = value.type === "scalar" ? value.text : "";
      const patch = barePatch(object.kind.schema, problem);
      const better = withUnit(object, problem);
      const fixes = patch ? [namedAsPath(patch)] : better === "quotes" ? rewritten(problem) : replaced(value, better);
      report({
        at: value,
        message: isUnwrapped(object, problem)
          ? "block"
          : patch !== undefined
            ? "patch"
            : better !== "quotes" && fixes.length > 0
              ? "unit"
              : fixes.length === 0
                ? "type"
                : expected.includes("string")
                  ? "quotes"
                  : "noQuotes",
        slots: {
          object: title,
          place: whereIs(pointer),
          expected: listed(expected.map((type) => names[type] ?? type)),
          better: better ?? "",
          found:
            fixes.length === 0 || better !== "quotes" || patch !== undefined
              ? kindOfValue(value)
              : /^(?:true|false)$/i.test(text)
                ? "a boolean"
                : "a number",
          text,
          key: pointer.slice(pointer.lastIndexOf("/") + 1),
        },
        fixes,
      });
    }
  },
});

/** A document straight below a key of a ConfigMap, as nested YAML instead of a text. */
function isUnwrapped({ apiKind }: StackObject, { value, pointer }: WrongType): boolean {
  return apiKind === "ConfigMap" && /^\/data\/[^/]+$/.test(pointer) && value.type === "map" && !value.flow;
}

/** The text with the unit that a number lacks; `quotes` where it needs no more than those. */
function withUnit({ kind }: StackObject, { value, expected, pointer }: WrongType): string | undefined {
  const plain = value.type === "scalar" ? plainValue(value) : undefined;
  if (value.type !== "scalar" || typeof plain !== "number" || !expected.includes("string")) return "quotes";
  const text = textOfNumber(kind.schema, pointer, value.text);
  return text === "quotes" ? text : text.better;
}

function replaced(value: WrongType["value"], better: string | undefined): RawFix[] {
  if (value.type !== "scalar" || better === undefined) return [];
  return [{ title: `Change to ${better}`, safe: false, edits: [setScalar(value, better)] }];
}

/** The same value in the type that is read. Safe where the letters stay the same for every reader. */
function rewritten({ value, expected }: WrongType): RawFix[] {
  if (value.type !== "scalar" || value.tag !== undefined || value.style === "literal" || value.style === "folded")
    return [];
  const edit = (newText: string) => [{ doc: value.doc, start: value.start, end: value.end, newText }];
  const plain = plainValue(value);
  if (expected.includes("string") && plain !== null && typeof plain !== "string")
    return [{ title: "Put it in quotes", safe: String(plain) === value.text, edits: edit(JSON.stringify(value.text)) }];
  return fitsUnquoted(value, expected) ? [{ title: "Take the quotes off", safe: true, edits: edit(value.text) }] : [];
}

function fitsUnquoted(value: ScalarNode, expected: readonly string[]): boolean {
  if (value.style === "plain") return false;
  const plain = resolvePlain(value.text);
  if (typeof plain === "boolean") return expected.includes("boolean") && String(plain) === value.text;
  if (typeof plain !== "number" || String(plain) !== value.text) return false;
  return expected.includes("number") || (expected.includes("integer") && Number.isInteger(plain));
}
