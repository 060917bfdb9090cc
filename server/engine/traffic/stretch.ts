import { ln } from "../random/portable.ts";
import type { LengthLaw } from "./length.ts";
import { requestMeans } from "./summary.ts";
import type { Traffic } from "./traffic.ts";

/** Means of a request, in tokens. */
export interface Lengths {
  readonly promptTokens?: number;
  readonly outputTokens?: number;
}

/** Prompts of sessions hold earlier answers, so that their mean does not grow with their laws alone. */
const attempts = 6;

/** The same traffic with longer or shorter requests: every law keeps its form. */
export function stretched(traffic: Traffic, { promptTokens, outputTokens }: Lengths): Traffic {
  const { output } = traffic;
  const answers =
    outputTokens === undefined
      ? traffic
      : { ...traffic, output: times(output, outputTokens / requestMeans(traffic).outputTokens) };
  if (promptTokens === undefined) return answers;
  let factor = 1;
  let found = answers;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const missing = promptTokens / requestMeans(found).promptTokens;
    if (Math.abs(missing - 1) < 0.001) break;
    factor *= missing;
    found = withPrompts(answers, factor);
  }
  return found;
}

function withPrompts(traffic: Traffic, factor: number): Traffic {
  const { prompt, system, sessions } = traffic;
  const later = sessions?.prompt;
  return {
    ...traffic,
    prompt: times(prompt, factor),
    ...(system && { system: { ...system, tokens: Math.round(system.tokens * factor) } }),
    ...(sessions && { sessions: { ...sessions, ...(later && { prompt: times(later, factor) }) } }),
  };
}

function times(law: LengthLaw, factor: number): LengthLaw {
  switch (law.law) {
    case "fixed":
      return { law: "fixed", tokens: law.tokens * factor };
    case "uniform":
      return { law: "uniform", from: law.from * factor, to: law.to * factor };
    case "lognormal":
      return { ...law, mu: law.mu + ln(factor), cap: law.cap * factor };
    case "empirical":
      return { ...law, tokens: law.tokens.map((tokens) => tokens * factor) };
  }
}
