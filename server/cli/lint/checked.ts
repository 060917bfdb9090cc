import type { Finding, RelatedPlace } from "../../findings/finding.ts";
import type { Lines } from "../../text/lines.ts";
import type { InputProblem } from "../inputs/input.ts";

/** What there is to say about the files that were named. */
export interface Checked {
  /** Without those that a configuration tells us to ignore. */
  readonly files: readonly CheckedFile[];
  readonly ignored: number;
  /** What was to be checked and could not be. */
  readonly problems: readonly InputProblem[];
  readonly failures: readonly Failure[];
  /** The name of a file as the root of the repository knows it, which is what services show; absolute when outside. */
  readonly fromRoot: (name: string) => string;
  /** Rule ids in suppressions of other parts' files that held something back. */
  readonly used?: readonly Place[];
}

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly character: number;
}

export interface CheckedFile {
  readonly name: string;
  readonly lines: Lines;
  readonly documents: number;
  readonly findings: readonly CheckedFinding[];
  /** It belongs to another part; only what this part's objects have to do with it is here. */
  readonly foreign?: true;
  /** Findings that are counted and not shown. */
  readonly untold?: readonly CheckedFinding[];
}

export interface CheckedFinding extends Finding {
  readonly related: readonly (RelatedPlace & { readonly rendered?: true })[];
  /** Its place is a line of what was made from the file, not one of the file. */
  readonly rendered?: true;
  /** Its name from run to run (`findings/fingerprint.ts`). */
  readonly fingerprint: string;
}

/** A mistake of ours. */
export interface Failure {
  readonly what: string;
  readonly file: string;
  readonly error: unknown;
}
