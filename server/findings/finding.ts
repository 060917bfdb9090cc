import type { Range } from "../text/lines.ts";

export const severities = ["error", "warning", "info"] as const;

/**
 * Error: it will be refused, ignored or do the opposite. Warning: it will run and hurt. Information: worth knowing,
 * never noise in CI.
 */
export type Severity = (typeof severities)[number];

/** One thing wrong. This one shape runs from the rules to every output. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly range: Range;
  /** Whose place that is, by name: `Deployment prod/llama`. Empty where nothing has a name. */
  readonly object: string;
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
  /** The page that explains the rule. */
  readonly docs: string;
}

export interface RelatedPlace {
  readonly file: string;
  readonly range: Range;
  readonly message: string;
}

export interface Fix {
  readonly title: string;
  /** Safe fixes may be applied without asking. */
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

export interface Edit {
  readonly file: string;
  readonly range: Range;
  readonly newText: string;
}
