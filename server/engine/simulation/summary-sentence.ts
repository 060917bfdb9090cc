import { number } from "../decision/sentence.ts";
import { timeInWords } from "../decision/time-in-words.ts";
import type { BlamePart, Violation } from "./blame.ts";
import type { Run } from "./simulation.ts";

const parts: Readonly<Record<BlamePart, string>> = {
  nobody: "an autoscaler, of which there is none",
  signal: "a signal that shows the need",
  decision: "a decision that had not come through",
  stabilization: "a window or a policy of the autoscaler",
  bound: "the autoscaler's maximum",
  node: "a node",
  image: "the image",
  load: "the model to load",
  probe: "a tick of the probe",
  recovery: "what had piled up",
};

/** A run in English: how many requests met their objectives, what breaches waited for, and what it cost. */
export function summarySentence({ summary, violations }: Run): string {
  const { attainment, dollars, replicaHours, scaleUps, scaleDowns, cut } = summary;
  const met = Number.isNaN(attainment.both)
    ? "No request came."
    : `${number(Math.round(attainment.both * 1000) / 10)} % of the requests met their objectives.`;
  const steps = `${count(scaleUps, "scale-up")} and ${count(scaleDowns, "scale-down")}`;
  const cuts = cut < 0.5 ? "" : ` ${count(Math.round(cut), "generation")} cut.`;
  const cost = `${number(replicaHours)} replica ${replicaHours === 1 ? "hour" : "hours"}, $${dollars.toFixed(2)}, ${steps}.${cuts}`;
  return [met, ...breachSentence(violations), cost].join(" ");
}

/** Generations that are cut are whole ones; a fluid expects shares of them, of which the smallest are what never quite drains. */
export function cutsInWords(cut: number): string {
  if (cut < 0.05) return "0";
  return cut < 1 ? "<1" : String(Math.round(cut));
}

/** Over all breaches: what they waited for longest. */
function breachSentence(violations: readonly Violation[]): readonly string[] {
  if (violations.length === 0) return [];
  const seconds = new Map<BlamePart, number>();
  let all = 0;
  for (const { blame } of violations)
    for (const one of blame) {
      seconds.set(one.part, (seconds.get(one.part) ?? 0) + one.seconds);
      all += one.seconds;
    }
  const [most] = [...seconds].toSorted((a, b) => b[1] - a[1]);
  if (most === undefined) return [];
  const [part, longest] = most;
  return [
    `${count(violations.length, "breach", "breaches")} of ${timeInWords(all)}${violations.length > 1 ? " together" : ""}, ${timeInWords(longest)} of it waiting for ${parts[part]}.`,
  ];
}

function count(of: number, one: string, many = `${one}s`): string {
  return `${of} ${of === 1 ? one : many}`;
}
