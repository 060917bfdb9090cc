import type { Decision } from "../decision/decision.ts";
import type { OriginId, Origins } from "../sourced.ts";

/** More is wanted than was asked for, and this is what it waits for. */
export interface Wanting {
  readonly part: "decision" | "stabilization" | "bound";
  /** The setting that holds it. */
  readonly by?: string;
  readonly origin?: OriginId;
}

const bounds: ReadonlySet<string> = new Set(["maxReplicas", "maxReplicaCount"]);

/** What an autoscaler wanted and did not get. */
export function wantingOf({ from, held }: Decision, origins: Origins | undefined): Wanting | undefined {
  const hold = held.find(({ wanted, allowed }) => wanted > allowed && wanted > from);
  if (hold === undefined) return undefined;
  const origin = origins?.get(hold.by);
  return {
    part: bounds.has(hold.by) ? "bound" : "stabilization",
    by: hold.by,
    ...(origin === undefined ? {} : { origin }),
  };
}

export interface WantingSpan {
  readonly at: number;
  readonly wanting: Wanting | undefined;
}

/** Who wanted what from when on. */
export class Wants {
  readonly #spans = new Map<string, WantingSpan[]>();

  note(subject: string, at: number, wanting: Wanting | undefined): void {
    const spans = this.#spans.get(subject);
    if (spans === undefined) {
      if (wanting !== undefined) this.#spans.set(subject, [{ at, wanting }]);
      return;
    }
    const last = spans.at(-1)?.wanting;
    if (last?.part === wanting?.part && last?.by === wanting?.by) return;
    spans.push({ at, wanting });
  }

  get spans(): ReadonlyMap<string, readonly WantingSpan[]> {
    return this.#spans;
  }
}
