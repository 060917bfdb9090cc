import type { Reason } from "../decision/decision.ts";

export const eppReasons = {
  highest: { id: "epp/highest", text: "it has the highest score" },
  tied: { id: "epp/tied", text: "it was drawn among those of the highest score" },
  weighted: { id: "epp/weighted", text: "it was drawn by score" },
  random: { id: "epp/random", text: "it was drawn" },
  amongTop: { id: "epp/among-top", text: "it was drawn among the best" },
  roundRobin: { id: "epp/round-robin", text: "no endpoint passed and it was its turn" },
  nobody: { id: "epp/nobody", text: "no endpoint passed" },
} as const satisfies Record<string, Reason>;
