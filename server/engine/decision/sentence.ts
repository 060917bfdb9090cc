import type { Comparison, Decision, Named } from "./decision.ts";

/** A decision in English: `llama-a: 3 -> 4, because … (avgSpareKv 0.08 < kvSpareTrigger 0.1). …` */
export function sentence({ subject, from, to, reason, compared, held, lost }: Decision): string {
  const step = from === to ? `${subject} stays at ${from}` : `${subject}: ${from} -> ${to}`;
  const numbers = compared.length === 0 ? "" : ` (${compared.map(told).join(", ")})`;
  const holds = held.map(
    ({ by, wanted, allowed, forSeconds }) =>
      ` It wanted ${wanted}; ${by} allows ${allowed}${forSeconds === undefined ? "" : ` for another ${number(forSeconds)} s`}.`,
  );
  const losers = lost.map(({ name, because }) => ` Not ${name}: ${because}.`);
  return `${step}, because ${reason.text}${numbers}.${holds.join("")}${losers.join("")}`;
}

export function told({ left, relation, right }: Comparison): string {
  return `${named(left)} ${relation} ${named(right)}`;
}

function named({ name, value, unit }: Named): string {
  return `${name} ${number(value)}${unit === undefined ? "" : ` ${unit}`}`;
}

/** Four digits that count are what a person reads; whole numbers stay whole, and what arithmetic leaves of 0 is 0. */
export function number(value: number): string {
  if (Math.abs(value) < 1e-6) return "0";
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}
