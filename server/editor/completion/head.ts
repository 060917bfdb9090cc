import { CompletionItemKind } from "vscode-languageserver/node";
import { helmInput } from "../../graph/workspace.ts";
import { type ApiHead, apiHeads } from "../../kinds/api-heads.ts";
import { lineStartAt } from "../../text/layout.ts";
import { schemaOf } from "../schema/catalogue.ts";
import type { Place } from "../schema/place.ts";
import type { InDocument } from "../schema/service.ts";
import type { Candidate } from "./candidate.ts";

/** The lines at the head of an object, as far as they are written: of a document or of an item of a `List`. */
interface Head {
  /** At which its keys begin. */
  readonly column: number;
  /** The part of it that the line does not begin with as blanks: a dash and what follows. */
  readonly inset: string;
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  /** Whether anything else is written. */
  readonly bare: boolean;
}

/** `apiVersion` and `kind`, each by the other, and whole objects where nothing is written yet. */
export function headsAt(place: Place): (InDocument & { candidates: readonly Candidate[] }) | undefined {
  const { doc, offset } = place;
  if (doc.carrier?.by === "argument") return undefined;
  const start = lineStartAt(doc.text, offset);
  const found = line.exec(doc.text.slice(start, offset))?.groups;
  if (found === undefined) return undefined;
  const { lead = "", key, colon = "", quote = "", word = "" } = found;
  const rest = /^[\w./-]*/.exec(doc.text.slice(offset))?.[0] ?? "";
  const head = headAround(doc.text, start, lead);
  if (head === undefined) return undefined;
  const at = { start: offset - word.length, end: offset + rest.length };
  const keyStart = start + lead.length;
  if (key === "apiVersion") return { ...at, candidates: versionsFor(head, quote) };
  if (key === "kind") return { ...at, candidates: kindsFor(head, quote, keyStart) };
  const isKey = colon === "" && /^[ \t]*(?:\r?\n|$)/.test(doc.text.slice(at.end));
  return isKey && schemaOf(doc) === undefined
    ? { ...at, candidates: keysFor(head, doc.carrier === undefined && !helmInput.test(doc.file.path)) }
    : undefined;
}

const line = /^(?<lead> *(?:- +)*)(?:(?<key>apiVersion|kind)(?<colon>:[ \t]+)(?<quote>["']?))?(?<word>[\w./-]*)$/;

function versionsFor({ kind, inset }: Head, quote: string): Candidate[] {
  const fitting = apiHeads.filter((head) => kind === undefined || head.kind === kind);
  const versions = [...new Set(fitting.flatMap((head) => head.versions))];
  return versions.map((version) => {
    const kinds = apiHeads.filter((head) => head.versions.includes(version));
    const [only] = kinds;
    // With one kind alone there is no question which.
    const follows = kind === undefined && quote === "" && only !== undefined && kinds.length === 1;
    return {
      label: version,
      detail: kind ?? kinds.map((head) => head.kind).join(", "),
      rank: fitting.some((head) => head.versions[0] === version) ? 0 : 1,
      kind: CompletionItemKind.Value,
      text: follows ? `${version}\n${inset}kind: ${only.kind}` : version,
    };
  });
}

function kindsFor({ apiVersion, column }: Head, quote: string, keyStart: number): Candidate[] {
  return apiHeads
    .filter(({ versions }) => apiVersion === undefined || versions.includes(apiVersion))
    .map(({ kind, versions: [version = ""], about }) => ({
      label: kind,
      detail: apiVersion ?? version,
      documentation: about,
      rank: 0,
      kind: CompletionItemKind.Class,
      text: kind,
      ...(apiVersion === undefined &&
        quote === "" && { before: { offset: keyStart, text: `apiVersion: ${version}\n${" ".repeat(column)}` } }),
    }));
}

function keysFor(head: Head, ownFile: boolean): Candidate[] {
  const { apiVersion, kind } = head;
  if (apiVersion !== undefined && kind === undefined) {
    return apiHeads
      .filter(({ versions }) => versions.includes(apiVersion))
      .map(({ kind: fitting, about }) => key(`kind: ${fitting}`, about));
  }
  if (kind !== undefined && apiVersion === undefined) {
    const versions = apiHeads.find((one) => one.kind === kind)?.versions ?? [];
    return versions.map((version) => key(`apiVersion: ${version}`, `Version of the API that ${kind} belongs to.`));
  }
  if (kind !== undefined || !head.bare || !ownFile) return [];
  return apiHeads.map((one) => whole(one, head.inset));
}

function key(label: string, detail: string): Candidate {
  return { label, detail, rank: 0, kind: CompletionItemKind.Property, text: label };
}

/** What every object of a kind begins with. */
function whole({ kind, versions: [version = ""], spec, lists, about }: ApiHead, inset: string): Candidate {
  const lines = [
    `apiVersion: ${version}`,
    `kind: ${kind}`,
    ...(lists === undefined ? ["metadata:", "  name: $1"] : [`${lists}:`, "  - $0"]),
    ...(spec ? ["spec:", "  $0"] : lists === undefined ? ["$0"] : []),
  ];
  const snippet = lines.join(`\n${inset}`);
  return {
    label: kind,
    detail: version,
    documentation: about,
    rank: 0,
    kind: CompletionItemKind.Class,
    text: snippet.replace(/\$\d/g, "").trimEnd(),
    snippet,
  };
}

const keyLine = /^(?<blank> *)(?<dashes>(?:- +)*)(?<content>[^\s#-].*|-\S.*)$/;
const field = (name: string) => new RegExp(`^${name}:[ \\t]+["']?([\\w./-]+)`);
const [versionField, kindField] = [field("apiVersion"), field("kind")];

/** Absent where the line does not begin an object. Read line by line: text that is being written is seldom YAML. */
function headAround(text: string, start: number, lead: string): Head | undefined {
  const column = lead.length;
  const lines = text.slice(0, start).split("\n").slice(0, -1);
  const above: string[] = [];
  let parent: string | undefined;
  let open = !lead.includes("-");
  for (let index = lines.length - 1; index >= 0; index--) {
    const found = keyLine.exec(lines[index]?.replace(/\r$/, "") ?? "")?.groups;
    if (found === undefined || found["content"]?.startsWith("--")) continue;
    const { blank = "", dashes = "", content = "" } = found;
    const at = blank.length + dashes.length;
    if (open && at === column) above.push(content);
    if (open && at === column && dashes !== "") open = false;
    else if (blank.length < column && (at < column || !open) && dashes === "") {
      parent = content;
      break;
    }
  }
  const isItem = column > 0;
  if (isItem && (!/^items:\s*$/.test(parent ?? "") || !/^kind:[ \t]+["']?\w*List\b/m.test(text))) return undefined;
  const beside = [...above, ...below(text, start, column)];
  const value = (pattern: RegExp) => beside.flatMap((content) => pattern.exec(content)?.[1] ?? [])[0];
  const inset = " ".repeat(column - lead.search(/[^ ]|$/));
  return { column, inset, apiVersion: value(versionField), kind: value(kindField), bare: beside.length === 0 };
}

/** The lines of the same object that follow. */
function below(text: string, start: number, column: number): string[] {
  const found: string[] = [];
  for (const next of text.slice(start).split("\n").slice(1)) {
    const { blank = "", dashes = "", content = "" } = keyLine.exec(next.replace(/\r$/, ""))?.groups ?? {};
    if (content === "" || content.startsWith("--")) continue;
    if (blank.length < column) break;
    if (blank.length === column && dashes === "") found.push(content);
  }
  return found;
}
