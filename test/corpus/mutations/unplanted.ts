/** Why a rule's mistake is put nowhere into the clean corpus; each has tables and examples of its own. */
const reasons: readonly { readonly because: string; readonly rules: readonly string[] }[] = [
  {
    because: "The mistake is made in one file and told in another; a mutant changes one file and is looked for there.",
    rules: [
      "autoscaler/prefill-decode",
      "autoscaler/variant-not-scaled",
      "capacity/no-budget",
      "capacity/rollout",
      "hpa/missing-request",
      "keda/missing-request",
      "prometheus/flow-control-off",
      "wva/target-without-version", "lmcache/disk-room"],
  },
  {
    because: "It takes a second object of a kind that no stack has there, not a change of one.",
    rules: ["autoscaler/vertical-on-same-resource", "hpa/external-metrics-server", "hpa/same-variant-name", "lmcache/host-port"],
  },
  {
    because: "It takes two or three wrong settings at once, which no single change plants.",
    rules: ["hpa/stuck-at-zero", "hpa/zero-behind-service", "pods/single-replica"],
  },
  {
    because: "It hangs on a version that the stack's configuration would have to say as well.",
    rules: ["hpa/replica-steps", "hpa/tolerance-dropped", "schema/other-version", "wva/interval-without-effect", "wva/maximum-left-out"],
  },
  {
    because: "The corpus has nothing of this: adapter rules of this form, success rates, annotated thresholds.",
    rules: [
      "prometheus/pods-metric-summed",
      "prometheus/rate-as-ratio",
      "prometheus/unpublished-metric",
      "wva/workload-profile",
    ],
  },
  {
    because: "It is no mistake, but worth knowing, and stands in clean files too.",
    rules: ["prometheus/unwatched", "wva/last-version", "yaml/template"],
  },
  {
    because: "The corpus has no server of this form: a workload with a stated ISL:OSL, a gated model from the hub, a hub's cache on an emptyDir, a Service called vllm, two engines at one remote cache, a router of prefixes beside a switch of its own, flags with dots.",
    rules: [
      "autoscaler/prefill-decode-ratio",
      "vllm/dotted-key",
      "vllm/gated-model",
      "vllm/hash-seed",
      "vllm/model-volume",
      "vllm/prefix-caching-off",
      "vllm/service-links",
      "vllm/transfer-time",
    ],
  },
  {
    because: "It is a line too many, and mutants change or drop what stands there.",
    rules: ["keda/old-metric-name"],
  },
  { because: "A mutant of the size that this takes would be a file of its own.", rules: ["yaml/limit"] },
  {
    because: "The whole document is the mistake, and no right one is a change away from it.",
    rules: ["epp/shorthand"],
  },
  {
    because: "No stack there has what it speaks of: a data source with an interval, two engines at one written cache, a sidecar with settings.",
    rules: ["epp/stale-metrics", "lmcache/different-keys", "lmcache/settings-on-sidecar"],
  },
];

export const unplanted: Readonly<Record<string, string>> = Object.fromEntries(
  reasons.flatMap(({ because, rules }) => rules.map((rule) => [rule, because])),
);
