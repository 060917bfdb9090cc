import { sentence } from "../../engine/decision/sentence.ts";
import type { Difference } from "../../engine/simulation/difference.ts";
import type { LogEntry } from "../../engine/simulation/log.ts";
import { figureTitle, figureUnit, foremostFirst } from "../../forecast/figures.ts";
import { visible } from "../terminal/visible.ts";
import { hang } from "../terminal/wrap.ts";
import { clock, figure as told } from "./words.ts";

const mostChanges = 10;

/** What came out differently, from what it is compared with to what was asked for. */
export function differenceInText(difference: Difference | undefined, against: string, width: number): string {
  const name = visible(against);
  if (difference === undefined) return `No difference to ${name}.\n`;
  const { since, figures, changesBefore, changesAfter } = difference;
  const head = Number.isFinite(since) ? `Difference to ${name}, from ${clock(since)} on` : `Difference to ${name}`;
  const rows = foremostFirst(figures).flatMap(({ name: figure, before, after }) => {
    const [from, to] = [told(before, figureUnit(figure)), told(after, figureUnit(figure))];
    return from === to ? [] : [`  ${figureTitle(figure).padEnd(34)} ${from.padStart(12)}  ->  ${to}`];
  });
  const lines = [
    head,
    ...rows,
    ...changes(`  only ${name}:`, changesBefore, width),
    ...changes("  only these files:", changesAfter, width),
  ];
  return `${lines.join("\n")}\n`;
}

function changes(title: string, log: readonly LogEntry[], width: number): string[] {
  if (log.length === 0) return [];
  const rest = log.length - mostChanges;
  return [
    title,
    ...log
      .slice(0, mostChanges)
      .flatMap(({ at, decision }) => hang(`${clock(at)}  `, visible(sentence(decision)), width, "    ")),
    ...(rest > 0 ? [`    and ${rest} more`] : []),
  ];
}
