import { analyzeTokens, type TokenInput } from "./analyze.ts";
import type { DecidedTokens } from "./explain.ts";
import type { TokenKnowledge } from "./knowledge.ts";
import { optimizeCost } from "./optimize.ts";

/** Analysis and targets of one model by tokens, and what is known for the next cycle. */
export function runTokens(input: TokenInput): DecidedTokens & { readonly knowledge: TokenKnowledge } {
  const { thresholds, states, profile } = input;
  const { analysis, knowledge } = analyzeTokens(input);
  return { thresholds, analysis, states, targets: optimizeCost(analysis, states, profile), profile, knowledge };
}
