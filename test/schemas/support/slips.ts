/** A change to a clean document, and what is found then: the rule and the text it points at. */
export interface Slip {
  readonly from: string;
  readonly to: string;
  readonly found: readonly [rule: string, at: string];
  /** Why the validator of @kubernetes-models lets it through; absent where it refuses the document too. */
  readonly theirs?: string;
}

/** A slip that nobody can make in a document of this kind, and why. */
export interface NoSlip {
  readonly never: string;
}

/** The five documents of one kind: a clean one, and four changes to it. */
export interface KindCase {
  /** What its first object calls itself, or the name of its schema. */
  readonly kind: string;
  readonly clean: string;
  /** What is said of every document of this kind, the clean one included: that its API is going away. */
  readonly always?: string;
  readonly unknown: Slip | NoSlip;
  readonly type: Slip;
  readonly value: Slip | NoSlip;
  readonly missing: Slip | NoSlip;
}

export const slipNames = ["unknown", "type", "value", "missing"] as const;

/** The slips of a case that can be made. */
export function slipsOf(one: KindCase): [name: (typeof slipNames)[number], slip: Slip][] {
  return slipNames.flatMap((name) => {
    const slip = one[name];
    return "from" in slip ? [[name, slip]] : [];
  });
}

export const unknown = (from: string, to: string, at: string): Slip => ({
  from,
  to,
  found: ["schema/unknown-key", at],
});
export const type = (from: string, to: string, at: string): Slip => ({ from, to, found: ["schema/wrong-type", at] });
export const value = (from: string, to: string, at: string): Slip => ({ from, to, found: ["schema/wrong-value", at] });
export const missing = (from: string, to: string, at: string): Slip => ({
  from,
  to,
  found: ["schema/missing-key", at],
});
export const never = (reason: string): NoSlip => ({ never: reason });
