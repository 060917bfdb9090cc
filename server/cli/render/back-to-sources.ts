import type { InputFile } from "../inputs/input.ts";
import type { Checked, CheckedFile, CheckedFinding } from "../lint/checked.ts";
import { sourcesOf } from "./sources.ts";

type SourceOf = (file: string, line: number) => string | undefined;

/** Findings of rendered text as findings of the files that it was made from, marked, since their lines are not known. */
export function backToSources(checked: Checked, renderings: readonly InputFile[], cwd: string, root: string): Checked {
  if (renderings.length === 0) return checked;
  const sources = new Map(renderings.map((file) => [file.path, sourcesOf(file, cwd, root)]));
  const sourceOf: SourceOf = (file, line) => sources.get(file)?.(line);
  const files = checked.files.flatMap((file) => (sources.has(file.name) ? bySource(file, sourceOf) : [file]));
  return { ...checked, files };
}

/** The rendering itself stays, with what nobody knows the source of. */
function bySource(file: CheckedFile, sourceOf: SourceOf): CheckedFile[] {
  const told = file.findings.map((finding) => fromSource(finding, file.name, sourceOf));
  const names = [...new Set([file.name, ...told.map((finding) => finding.file)])];
  return names.map((name) => ({
    ...file,
    name,
    documents: name === file.name ? file.documents : 0,
    ...(name !== file.name && { foreign: true as const }),
    findings: told.filter((finding) => finding.file === name),
  }));
}

function fromSource(finding: CheckedFinding, rendering: string, sourceOf: SourceOf): CheckedFinding {
  const placed = <Place extends { readonly file: string; readonly range: CheckedFinding["range"] }>(place: Place) => {
    if (place.file !== rendering) return place;
    return { ...place, file: sourceOf(place.file, place.range.start.line) ?? place.file, rendered: true as const };
  };
  return { ...placed(finding), related: finding.related.map(placed), fixes: [] };
}
