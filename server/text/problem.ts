/** Something the text layer could not read, or read only in part. Rules of the subject `yaml` turn it into findings. */
export type Problem = SyntaxProblem | DuplicateKey | LimitReached;

interface ProblemBase {
  readonly start: number;
  readonly end: number;
}

export interface SyntaxProblem extends ProblemBase {
  readonly type: "syntax";
  readonly message: string;
}

export interface DuplicateKey extends ProblemBase {
  readonly type: "duplicate-key";
  readonly key: string;
  /** Where the same key stood first. */
  readonly first: { readonly start: number; readonly end: number };
}

export interface LimitReached extends ProblemBase {
  readonly type: "limit";
  readonly what: string;
  readonly limit: number;
}
