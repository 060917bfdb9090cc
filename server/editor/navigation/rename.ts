import { LSPErrorCodes, type Position, type PrepareRenameResult, ResponseError } from "vscode-languageserver/node";
import type { Edit } from "../../findings/finding.ts";
import { locateEdit } from "../../findings/locate.ts";
import { definitionsIn } from "../../graph/references/definitions.ts";
import type { Name } from "../../graph/references/name.ts";
import { isFile, isSame, type NamedTarget, titleOf } from "../../graph/references/reference.ts";
import { type Mention, type Use, usesOf } from "../../graph/references.ts";
import { meet } from "../../graph/scope.ts";
import { nodeAt, type Span } from "../../text/node.ts";
import { isTemplated } from "../../text/template.ts";
import type { PlacedEdit } from "../diagnostics.ts";
import { sharedElsewhere } from "./aliases.ts";
import { wrongName } from "./names.ts";
import type { View } from "./view.ts";

/** What would be renamed; null where there is no name. Tells why where there is one that cannot be renamed. */
export function prepareRename(view: View, position: Position): PrepareRenameResult | null {
  const mention = view.mentionAt(position);
  if (mention === undefined && !isFilledInLater(view, position)) return null;
  const { name } = renamed(view, position, mention).mention;
  return { range: view.file.rangeOf(name), placeholder: name.text };
}

/** A name in every place that means it: the one where it is defined, and all that refer to it. */
export function rename(view: View, position: Position, newName: string): PlacedEdit[] {
  const { target } = renamed(view, position, view.mentionAt(position));
  const title = titleOf(target);
  const wrong = wrongName(target, newName);
  if (wrong !== undefined) refuse(`"${newName}" cannot be the new name of ${title}: ${wrong}.`);
  if (newName === target.name.text) return [];
  const taken = takenBy(view, target, newName);
  if (taken !== undefined) refuse(`${titleOf(taken)} is there already (${where(view, taken.name)}).`);
  const uses = usesOf(view.workspace, target);
  const unclear = uses.find(({ reference, targets }) => reference.byName && targets.length > 1);
  if (unclear !== undefined) refuse(unclearUse(view, title, unclear));
  const names = [target.name, ...uses.flatMap(({ reference }) => (reference.byName ? [reference.at] : []))];
  const shared = sharedElsewhere(names);
  if (shared !== undefined) {
    refuse(`${title} cannot be renamed: an anchor gives its name to something else too (${where(view, shared)}).`);
  }
  return unique(names.map((name) => edit(view, title, name, newName))).map(({ file, ...rest }) => ({
    ...rest,
    uri: view.uriOf(file),
  }));
}

/** The one thing that a name means, if its name can be changed. */
function renamed(view: View, position: Position, mention: Mention | undefined) {
  if (mention === undefined) {
    return refuse(
      isFilledInLater(view, position)
        ? "This name is filled in later, so it cannot be told what it names."
        : "No name stands here that can be renamed.",
    );
  }
  const { name, targets, reference } = mention;
  const [target, ...others] = targets;
  if (target === undefined) return refuse(`Nothing in these files defines "${name.text}".`);
  if (isFile(target)) return refuse(`"${name.text}" is a file. Move the file, then change its path here.`);
  if (others.length > 0) {
    const places = targets.flatMap((one) => (isFile(one) ? [] : `${titleOf(one)} in ${where(view, one.name)}`));
    return refuse(`"${name.text}" may mean ${places.slice(0, 5).join(" or ")}, so it is not renamed.`);
  }
  if (target.fixed !== undefined) return refuse(`"${name.text}" cannot be renamed: ${target.fixed}.`);
  if (reference?.byName === false) {
    return refuse(`This leads to ${titleOf(target)}, but by another name. Rename it in ${where(view, target.name)}.`);
  }
  if (![name, target.name].every(({ doc }) => doc.readable)) {
    return refuse("The document cannot be read in full. Mend it first.");
  }
  return { mention, target };
}

function isFilledInLater({ file }: View, position: Position): boolean {
  const offset = file.offsetAt(position);
  const doc = file.documents.findLast(({ base }) => base <= offset);
  if (doc?.template !== undefined) return true;
  const node = nodeAt(doc?.root, offset - (doc?.base ?? 0));
  // Longer texts hold names in other ways.
  return node?.type === "scalar" && isTemplated(node.text) && !/\s/.test(node.text.replace(/\{\{.*?\}\}/g, ""));
}

/** What has the new name already, where the two would meet. */
function takenBy(view: View, target: NamedTarget, newName: string): NamedTarget | undefined {
  const { graph } = view;
  const { meaning, object } = target;
  const others =
    meaning.type === "object"
      ? graph.lookup(`name/${meaning.kind}/${newName}`).filter((other) => meet(graph, object, other) !== undefined)
      : [object];
  return others
    .flatMap((other) => definitionsIn(graph, other))
    .find((one) => one.name.text === newName && one.meaning.type === meaning.type && !isSame(one, target));
}

function unclearUse(view: View, title: string, { reference, targets }: Use): string {
  const meanings = targets.slice(0, 5).map(titleOf).join(" or ");
  return `${title} is not renamed: "${reference.at.text}" in ${where(view, reference.at)} may mean ${meanings}.`;
}

function edit(view: View, title: string, name: Name, newName: string): Edit {
  const written = name.rewrite(newName);
  const edit = written === undefined ? undefined : locateEdit(written);
  return edit ?? refuse(`${title} is not renamed: the new name cannot be written in ${where(view, name)}.`);
}

function unique(edits: readonly Edit[]): Edit[] {
  return [...new Map(edits.map((edit) => [JSON.stringify([edit.file, edit.range]), edit])).values()];
}

function where(view: View, span: Span): string {
  const { range } = view.locate(span);
  return `${span.doc.file.path}:${range.start.line + 1}`;
}

function refuse(message: string): never {
  throw new ResponseError(LSPErrorCodes.RequestFailed, message);
}
