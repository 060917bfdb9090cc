import { type AdmissionProblem, problem } from "./admission-problem.ts";
import { floatOf } from "./float.ts";
import { FormulaError } from "./formula/error.ts";
import { evaluateFormula } from "./formula/formula.ts";
import { formulaOf, isOurs } from "./observe.ts";
import { modifiersOf, type ScaledObjectSpec } from "./spec.ts";
import { formulaNames } from "./trigger.ts";

/** Compiled, and run once with every trigger at -1, as the webhook does. What is not evaluated here is no problem. */
export function modifierProblems(spec: ScaledObjectSpec): readonly AdmissionProblem[] {
  const using = modifiersOf(spec);
  if (using === undefined) return [];
  const refused = (key: string, message: string) =>
    problem("K-21", ["spec", "advanced", "scalingModifiers", key], message);
  if (!using.formula) return [refused("formula", "error ScalingModifiers.Formula is mandatory")];
  if (!using.target) return [refused("target", "formula is given but target is empty")];
  const found: AdmissionProblem[] = [];
  const fault = formulaFault(spec);
  if (fault !== undefined) found.push(refused("formula", `error validating formula in ScalingModifiers: ${fault}`));
  const target = floatOf(using.target);
  if (target === undefined || target <= 0) found.push(refused("target", "target is no number above 0"));
  if (using.metricType === "Utilization") {
    found.push(
      refused("metricType", "the type is Utilization, but it needs to be AverageValue or Value for external metrics"),
    );
  }
  return found;
}

function formulaFault(spec: ScaledObjectSpec): string | undefined {
  const formula = formulaOf(spec);
  if (formula === undefined) return undefined;
  if (formula instanceof FormulaError) return told(formula);
  try {
    evaluateFormula(formula, new Map(formulaNames(spec).map((name) => [name, -1])));
  } catch (error) {
    if (error instanceof FormulaError) return told(error);
    throw error;
  }
  return undefined;
}

function told(error: FormulaError): string | undefined {
  return isOurs(error) ? undefined : error.message;
}
