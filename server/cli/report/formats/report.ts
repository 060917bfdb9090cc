import type { Severity } from "../../../findings/finding.ts";
import type { Rule } from "../../../rules/rule.ts";
import type { Checked } from "../../lint/checked.ts";
import type { Part } from "../../shard/part.ts";

/** What every format is made from. */
export interface Report {
  readonly checked: Checked;
  readonly rules: readonly Rule[];
  /** The severity from which on the run fails; absent when findings never make it fail. */
  readonly failsFrom: Severity | undefined;
  /** Sentences that belong to the summary. */
  readonly notes: readonly string[];
  /** The part of a run that this is the report of. */
  readonly part?: Part | undefined;
}

/** How text for people is laid out; other formats are the same everywhere. */
export interface Look {
  readonly colour: boolean;
  readonly width: number;
}
