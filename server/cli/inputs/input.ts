/**
 * What the command line named, read. Every path ends in one of the two lists, so that nothing is passed over in
 * silence.
 */
export interface Inputs {
  readonly files: readonly InputFile[];
  /** The names of manifests that each directory has that was looked into, wanted or not. */
  readonly listed?: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly InputProblem[];
}

/** A file to check. */
export interface InputFile {
  /** With forward slashes; relative to the working directory when below it, else absolute. */
  readonly path: string;
  readonly absolute: string;
  readonly text: string;
  /** What people see in its place, of the same length: the Markdown around the YAML. Such a file is not fixed. */
  readonly shown?: string;
  /** What came out of a tool, for the file that it was made from: its lines are not those of the file. */
  readonly rendered?: true;
}

/** Something that was to be checked and could not be. */
export interface InputProblem {
  readonly path: string;
  /** Sentences for people. */
  readonly reason: string;
}
