import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { nameFrom, wayDown } from "../../disk/path-name.ts";
import { Lines } from "../../text/lines.ts";
import type { InputFile } from "../inputs/input.ts";

/** Helm: `# Source: chart/templates/hpa.yaml` at the top of each document. */
const helmSource = /^# Source: [^/\n]+\/(.+)$/m;
/** Kustomize, where `buildMetadata: [originAnnotations]` asks for it. */
const kustomizeOrigin = /^ +config\.kubernetes\.io\/origin: \|\n +path: (.+)$/m;

/** Tells by a line, from zero, of a rendered text which file it was made from, by its name; absent where it does not say. */
export function sourcesOf(
  { absolute, text }: InputFile,
  cwd: string,
  root: string,
): (line: number) => string | undefined {
  const directory = dirname(absolute);
  const lines = new Lines(text);
  const starts: { readonly line: number; readonly source: string | undefined }[] = [];
  let from = 0;
  for (const end of [...[...text.matchAll(/^---(?=\s|$)/gm)].map(({ index }) => index), text.length]) {
    const piece = text.slice(from, end);
    const way = helmSource.exec(piece)?.[1] ?? kustomizeOrigin.exec(piece)?.[1];
    starts.push({ line: lines.positionAt(from).line, source: way && fileAt(join(directory, way.trim()), cwd, root) });
    from = end;
  }
  return (line) => starts.findLast((start) => start.line <= line)?.source;
}

/** A file of the repository that is there. The tool's word alone is not enough to send somebody to it. */
function fileAt(absolute: string, cwd: string, root: string): string | undefined {
  return wayDown(root, absolute) !== undefined && existsSync(absolute) ? nameFrom(cwd, absolute) : undefined;
}
