import type { Decision } from "../decision/decision.ts";
import type { OriginId, Origins } from "../sourced.ts";

export type Outcome = "changed" | "held" | "same";

/** A change, or decisions one after another that were held back by the same, or that changed nothing for the same reason. */
export interface LogEntry {
  readonly at: number;
  /** The last of them. */
  readonly until: number;
  /** How many decisions stand behind it. */
  readonly count: number;
  readonly outcome: Outcome;
  /** The first of them. */
  readonly decision: Decision;
  /** What was compared lay between these, from the first of them to the last. */
  readonly ranges: readonly Range[];
  /** Where the settings stand that it names. */
  readonly origins: readonly { readonly name: string; readonly origin: OriginId }[];
}

export interface Range {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

interface OpenEntry extends LogEntry {
  until: number;
  count: number;
  ranges: readonly Range[];
}

/** Who decided what, grouped as it is told. Entries stand in the order of their first decision. */
export class DecisionLog {
  readonly #entries: OpenEntry[] = [];
  readonly #open = new Map<string, OpenEntry>();

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** Notes a decision, and says what it came to. */
  add(at: number, decision: Decision, origins?: Origins): Outcome {
    const whose = `${decision.controller} ${decision.subject}`;
    const open = this.#open.get(whose);
    const outcome = outcomeOf(decision, open?.decision);
    if (open !== undefined && outcome !== "changed" && open.outcome === outcome && isAlike(open.decision, decision)) {
      open.until = at;
      open.count += 1;
      open.ranges = widened(open.ranges, decision);
      return outcome;
    }
    const entry: OpenEntry = {
      at,
      until: at,
      count: 1,
      outcome,
      decision,
      ranges: widened([], decision),
      origins: originsOf(decision, origins),
    };
    this.#entries.push(entry);
    this.#open.set(whose, entry);
    return outcome;
  }
}

/** WVA only publishes: what it has published already and nobody has done yet is no second change. */
function outcomeOf({ controller, from, to, held }: Decision, before: Decision | undefined): Outcome {
  if (from !== to) return controller === "wva" && before?.to === to ? "held" : "changed";
  return held.some(({ wanted }) => wanted !== to) ? "held" : "same";
}

function isAlike(a: Decision, b: Decision): boolean {
  return (
    a.reason.id === b.reason.id &&
    a.to === b.to &&
    a.held.length === b.held.length &&
    a.held.every(({ by, allowed }, index) => by === b.held[index]?.by && allowed === b.held[index]?.allowed)
  );
}

/** What is measured moves, and what was wanted of it; a setting that it is compared with stands in the decision. */
function widened(ranges: readonly Range[], { compared, held }: Decision): readonly Range[] {
  if (compared.length === 0 && held.length === 0) return ranges;
  const byName = new Map(ranges.map((range) => [range.name, range]));
  const note = (name: string, value: number) => {
    const known = byName.get(name);
    if (known === undefined) byName.set(name, { name, least: value, most: value });
    else if (value < known.least || value > known.most)
      byName.set(name, { name, least: Math.min(known.least, value), most: Math.max(known.most, value) });
  };
  for (const { left } of compared) note(left.name, left.value);
  for (const { wanted } of held) note("wanted", wanted);
  return [...byName.values()];
}

function originsOf({ compared, held }: Decision, origins: Origins | undefined): LogEntry["origins"] {
  if (origins === undefined) return [];
  const names = new Set([
    ...compared.flatMap(({ left, right }) => [left.name, right.name]),
    ...held.map(({ by }) => by),
  ]);
  return [...names].flatMap((name) => {
    const origin = origins.get(name);
    return origin === undefined ? [] : [{ name, origin }];
  });
}
