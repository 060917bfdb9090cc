import { filesInFlight, inFlight } from "../in-flight.ts";
import type { InputFile, InputProblem } from "../inputs/input.ts";
import type { Judgement } from "../lint/judgement.ts";
import { counted } from "../report/words.ts";
import { visible } from "../terminal/visible.ts";
import { unifiedDiff } from "./diff.ts";
import { type Mended, writeFixed } from "./write.ts";

export interface Fixed {
  readonly notes: readonly string[];
  readonly problems: readonly InputProblem[];
}

/** Applies all safe fixes and writes the files. What cannot be written is judged as it still is. */
export async function fixFiles(judgement: Judgement, tree: string, limit: number): Promise<Fixed> {
  const mended = mendedBy(judgement);
  const written = await inFlight(mended, filesInFlight, (file) => writeFixed(file, tree, limit));
  mended.forEach(({ before }, index) => {
    if (written[index] !== undefined) judgement.take(before);
  });
  const done = mended.filter((_, index) => written[index] === undefined);
  return {
    notes: done.map(({ after }) => `fixed: ${visible(after.path)}`),
    problems: written.flatMap((problem) => problem ?? []),
  };
}

/** What `fixFiles` would do, as a diff. */
export function fixesInDiff(judgement: Judgement): { readonly diff: string; readonly summary: string } {
  const mended = mendedBy(judgement);
  return {
    diff: mended.map(({ before, after }) => unifiedDiff(after.path, before.text, after.text)).join(""),
    summary: `${counted(mended.length, "file")} would be fixed`,
  };
}

function mendedBy(judgement: Judgement): Mended[] {
  const before = new Map<string, InputFile>(judgement.wanted.map((file) => [file.absolute, file]));
  return judgement.fix(mayFix).flatMap((after) => {
    const file = before.get(after.absolute);
    return file === undefined ? [] : [{ before: file, after }];
  });
}

/** Only what is a file of its own, as it stands. */
function mayFix({ shown, rendered }: InputFile): boolean {
  return shown === undefined && rendered === undefined;
}
