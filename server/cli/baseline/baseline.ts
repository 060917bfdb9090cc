import type { Checked, CheckedFinding } from "../lint/checked.ts";

/** A finding that is known and was accepted for now. */
export interface Known {
  readonly rule: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly fingerprint: string;
  readonly message: string;
}

export interface Compared {
  /** Without what is known. */
  readonly checked: Checked;
  readonly known: number;
  /** Known findings that are not there any more, in files that were checked or are no more. */
  readonly gone: readonly Known[];
}

/** Tells new findings from known ones. `exists` knows of a file, from the root, whether there still is one. */
export function compare(checked: Checked, baseline: readonly Known[], exists: (file: string) => boolean): Compared {
  const fingerprints = new Set(baseline.map(({ fingerprint }) => fingerprint));
  const found = new Set(findingsIn(checked).map(({ fingerprint }) => fingerprint));
  const isChecked = checkedFiles(checked);
  const gone = baseline.filter(
    ({ file, fingerprint }) => !found.has(fingerprint) && (isChecked.has(file) || !exists(file)),
  );
  const isNew = ({ fingerprint }: CheckedFinding) => !fingerprints.has(fingerprint);
  const files = checked.files.map((file) => ({ ...file, findings: file.findings.filter(isNew) }));
  const told = files.reduce((sum, { findings }) => sum + findings.length, 0);
  return { checked: { ...checked, files }, known: findingsIn(checked).length - told, gone };
}

/** What is known from now on: all that was found, and what is known of files that nobody looked at. */
export function updated(checked: Checked, baseline: readonly Known[], exists: (file: string) => boolean): Known[] {
  const isChecked = checkedFiles(checked);
  const elsewhere = baseline.filter(({ file }) => !isChecked.has(file) && exists(file));
  const found = findingsIn(checked).map(({ rule, file, fingerprint, message }) => ({
    rule,
    file: checked.fromRoot(file),
    fingerprint,
    message,
  }));
  return [...found, ...elsewhere].sort(byFile);
}

function findingsIn({ files }: Checked): readonly CheckedFinding[] {
  return files.flatMap(({ findings }) => findings);
}

function checkedFiles({ files, fromRoot }: Checked): ReadonlySet<string> {
  return new Set(files.map(({ name }) => fromRoot(name)));
}

function byFile(a: Known, b: Known): number {
  const keyOf = ({ file, rule, fingerprint }: Known) => `${file}\0${rule}\0${fingerprint}`;
  return keyOf(a) < keyOf(b) ? -1 : 1;
}
