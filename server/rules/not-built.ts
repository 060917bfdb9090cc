/** Checks of the reference that no rule expresses, each with the reason. Printed to docs/rules/not-built.md. */
export const notBuilt: Readonly<Record<string, string>> = {
  "S-13":
    "An engine serves no metrics before its model is loaded, and of a pod without a sample the HPA assumes 0 only when it would scale up: that damps what was ordered already, and there is no metric type whose mend is better for everybody.",
  "S-15":
    "Several metrics on one HPA are the documented way, and the largest proposal is what people want from them. Where it hurts, a rule says so: a metric that cannot be read (S-01), WVA's number beside another load (C-06).",
};
