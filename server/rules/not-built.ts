/** Checks of the reference that no rule expresses, each with the reason. Printed to docs/rules/not-built.md. */
export const notBuilt: Readonly<Record<string, string>> = {
  "C-11 (LeaderWorkerSet)":
    "Whether a LeaderWorkerSet can be scaled depends on the version of its CRD in the cluster, which no manifest shows. The kinds that never can are in autoscaler/not-scalable.",
};
