/**
 * What is wrong with a formula. KEDA refuses `syntax`, `name` and `type` when the ScaledObject is applied and fails on
 * `value` while it runs. `unsupported` is what KEDA may know and we do not: no ground for a finding. `limit` is ours too.
 */
export type FormulaFault = "syntax" | "name" | "type" | "value" | "unsupported" | "limit";

/** The only thing that compiling or evaluating a formula throws. */
export class FormulaError extends Error {
  override readonly name = "FormulaError";
  readonly fault: FormulaFault;
  /** Where in the formula, in UTF-16 units from its start. */
  readonly at: number;

  constructor(fault: FormulaFault, message: string, at: number) {
    super(message);
    this.fault = fault;
    this.at = at;
  }
}

/** A formula of a manifest has some hundred characters; what is longer or deeper was not written by a person. */
export const formulaLimits = {
  characters: 4096,
  /** Parentheses, lists, calls and operators inside each other. */
  depth: 64,
  /** Nodes visited by one evaluation; predicates inside predicates multiply. */
  steps: 100_000,
} as const;
