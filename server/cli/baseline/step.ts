import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { exists } from "../../disk/exists.ts";
import type { Checked } from "../lint/checked.ts";
import { whyNotWritten } from "../output/why-not-written.ts";
import { counted } from "../report/words.ts";
import { shortened, visible } from "../terminal/visible.ts";
import { compare, type Known, updated } from "./baseline.ts";
import { readBaseline, usualBaseline, writeBaseline } from "./file.ts";

export interface BaselineRequest {
  /** As it was named; absent for the usual one. */
  readonly name: string | undefined;
  readonly update: boolean;
  /** Some findings were left out, so that nothing can be said to be gone. */
  readonly inPart: boolean;
  readonly cwd: string;
  readonly root: string;
}

/** Past these the rest is a number. */
const mostGone = 10;

interface Outcome {
  readonly checked: Checked;
  readonly notes: readonly string[];
}

/** Takes out of a result what is known, or makes all of it known. A mistake is a sentence. */
export async function withBaseline(
  checked: Checked,
  { name = usualBaseline, update, inPart, cwd, root }: BaselineRequest,
): Promise<Outcome | { readonly mistake: string }> {
  const path = resolve(cwd, name);
  const isThere = (file: string) => existsSync(resolve(root, file));
  const read = update && !exists(path) ? { known: [] } : readBaseline(path);
  if ("reason" in read) {
    const mend = update ? "Delete it first" : "--update-baseline writes one";
    return { mistake: `The baseline ${name} does not count. ${read.reason} ${mend}.` };
  }
  const { known, gone, checked: told } = compare(checked, read.known, isThere);
  if (!update) return { checked: told, notes: notesOf(name, known, inPart ? [] : gone) };
  const next = updated(checked, read.known, isThere);
  try {
    await writeBaseline(path, next);
  } catch (error) {
    return { mistake: `The baseline ${name} could not be written. ${whyNotWritten(error)}` };
  }
  const fresh = told.files.reduce((sum, { findings }) => sum + findings.length, 0);
  const says = `${name}: ${counted(next.length, "known finding")}, ${fresh} of them new, ${gone.length} gone`;
  return { checked: { ...told, files: told.files.map((file) => ({ ...file, findings: [] })) }, notes: [says] };
}

function notesOf(name: string, known: number, gone: readonly Known[]): string[] {
  const about = known === 0 ? [] : [`${counted(known, "known finding")} not told (${name})`];
  if (gone.length === 0) return about;
  const listed = gone.slice(0, mostGone).map(({ file, rule, message }) => `gone: ${file} ${rule} ${message}`);
  const more = gone.length > mostGone ? [`gone: ${counted(gone.length - mostGone, "more finding")}`] : [];
  const mend = `${counted(gone.length, "known finding")} ${gone.length === 1 ? "is" : "are"} gone: --update-baseline forgets them`;
  return [...[...listed, ...more, mend].map((line) => visible(shortened(line, 200))), ...about];
}
