import { number, told } from "../decision/sentence.ts";
import type { Pick, RefusedEndpoint, ScorePart } from "./pick.ts";

/** A pick in English: `chat-0 takes the request for chat, because it has the highest score: 5.2 (…). chat-1 has 3.1. …` */
export function pickSentence({ endpoint, model, reason, score, parts, losers, refused }: Pick): string {
  const what =
    endpoint === undefined ? `The request for ${model} goes nowhere` : `${endpoint} takes the request for ${model}`;
  const points =
    score === undefined ? "" : `: ${number(score)}${parts.length === 0 ? "" : ` (${parts.map(partText).join(" + ")})`}`;
  const others = losers.map((loser) => ` ${loser.endpoint} has ${number(loser.score)}.`);
  return `${what}, because ${reason.text}${points}.${others.join("")}${refused.map(refusedText).join("")}`;
}

function partText({ scorer, score, weight }: ScorePart): string {
  return `${scorer} ${number(score)} x ${number(weight)}`;
}

function refusedText({ endpoint, because, compared }: RefusedEndpoint): string {
  return ` Not ${endpoint}: ${because}${compared === undefined ? "" : ` (${told(compared)})`}.`;
}
