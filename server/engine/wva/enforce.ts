import type { Decision } from "../decision/decision.ts";
import { type WvaProfile, wvaProfiles } from "./profiles.ts";
import { wvaReasons } from "./reasons.ts";
import { defaultVariantCost } from "./variant.ts";

export interface ZeroPolicy {
  readonly scaleToZero: boolean;
  /** Requests of the model in the retention period; null when nobody could tell. */
  readonly requestCount: number | null;
  /** Of the variants whose cost is known; the others count as 10. */
  readonly costs: ReadonlyMap<string, number>;
  readonly profile: WvaProfile;
}

export interface Enforcement {
  readonly targets: ReadonlyMap<string, number>;
  readonly law: "idle" | "minimum-one" | "requests-unknown" | "kept";
}

/**
 * After the targets (internal/engines/pipeline/enforcer.go at v0.5.1): an idle model goes to zero where that is allowed,
 * and keeps one replica where it is not.
 */
export function enforceZero(targets: ReadonlyMap<string, number>, policy: ZeroPolicy): Enforcement {
  if (policy.scaleToZero) {
    if (policy.requestCount === null) return { targets, law: "requests-unknown" };
    if (policy.requestCount > 0) return { targets, law: "kept" };
    return { targets: new Map([...targets.keys()].map((variant) => [variant, 0])), law: "idle" };
  }
  let total = 0;
  for (const target of targets.values()) total += target;
  const cheapest = total > 0 ? undefined : cheapestOf(targets.keys(), policy);
  if (cheapest === undefined) return { targets, law: "kept" };
  return { targets: new Map(targets).set(cheapest, 1), law: "minimum-one" };
}

function cheapestOf(variants: Iterable<string>, { costs, profile }: ZeroPolicy): string | undefined {
  const freeIsUnknown = wvaProfiles[profile].freeVariant === "counts as unknown";
  let best: { readonly variant: string; readonly cost: number } | undefined;
  for (const variant of variants) {
    const known = costs.get(variant);
    const cost = known === undefined || (freeIsUnknown && known <= 0) ? defaultVariantCost : known;
    if (best === undefined || cost < best.cost || (cost === best.cost && variant < best.variant))
      best = { variant, cost };
  }
  return best?.variant;
}

/** The same, on decisions that are told: those it changes get its reason, and what they wanted becomes a hold. */
export function enforceZeroOnDecisions(decisions: readonly Decision[], policy: ZeroPolicy): Decision[] {
  const { targets, law } = enforceZero(new Map(decisions.map(({ subject, to }) => [subject, to])), policy);
  if (law === "kept" || law === "requests-unknown") return [...decisions];
  return decisions.map((decision) => {
    const to = targets.get(decision.subject) ?? decision.to;
    if (to === decision.to) return decision;
    const held = { by: law === "idle" ? "scale to zero" : "the minimum of one", wanted: decision.to, allowed: to };
    return { ...decision, to, reason: wvaReasons[law], compared: requestsOf(policy), held: [...decision.held, held] };
  });
}

function requestsOf({ requestCount }: ZeroPolicy): Decision["compared"] {
  if (requestCount === null) return [];
  return [
    {
      left: { name: "requests", value: requestCount },
      relation: requestCount > 0 ? ">" : "<=",
      right: { name: "threshold", value: 0 },
    },
  ];
}
