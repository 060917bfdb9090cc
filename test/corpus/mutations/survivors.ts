/** Why a mutant may live, and which do: rule, operator and place. */
const reasons: readonly { readonly because: string; readonly lives: readonly string[] }[] = [
  {
    because: "Every overlay writes this value of the base anew, so what the base says of it is never applied.",
    lives: [
      "capacity/quota, a maximum that no quota allows: chat-wva/base/hpa.yaml:11",
      "hpa/min-above-max, a minimum above the maximum: chat-wva/base/hpa.yaml:11",
      "hpa/scale-down-window, a scale-down window below the scale-up window: chat-wva/base/hpa.yaml:33",
      "hpa/scale-down-window, a scale-down window of 0 s: chat-wva/base/hpa.yaml:33",
      "hpa/scale-up-window, a scale-up window of 0 s: chat-wva/base/hpa.yaml:26",
      "hpa/scale-up-window, a scale-up window of 15 s: chat-wva/base/hpa.yaml:26",
      "hpa/scale-up-window, a scale-up window of 60 s: chat-wva/base/hpa.yaml:26",
      "schema/missing-key, no maxReplicas: chat-wva/base/hpa.yaml:5",
      "schema/wrong-type, bounds in words: chat-wva/base/hpa.yaml:11",
      "schema/wrong-value, a metric of no known type: chat-wva/base/hpa.yaml:13",
      "wva/metric-target, Value in place of AverageValue: chat-wva/base/hpa.yaml:22",
      "wva/metric-target, a target of 2: chat-wva/base/hpa.yaml:23",
      "wva/metric-target, no variant_name: chat-wva/base/hpa.yaml:16",
    ],
  },
  {
    because: "A chart's values lie beside the HPA, and the chart may bring the target.",
    lives: ["autoscaler/target-missing, a target one letter short: lmcache/hpa.yaml:7"],
  },
  {
    because: "authMode is what KEDA called authModes first, and it reads both.",
    lives: [
      "schema/unknown-key, metadata keys one letter short: keda-forms/office-hours/scaledobject.yaml:47",
      "schema/unknown-key, metadata keys one letter short: wva-keda/scaledobject.yaml:46",
    ],
  },
  {
    because: "No version of Kubernetes is said, and 1.37 takes 0 with an Object or External metric.",
    lives: [
      "hpa/scale-to-zero, a minimum of 0: gateway/embedder.yaml:7",
      "hpa/scale-to-zero, a minimum of 0: one-file/phi-4.yaml:122",
    ],
  },
  {
    because: "The cache holds no memory of this container, or so little that the limit is enough.",
    lives: [
      "lmcache/memory-limit, a limit below the cache: lmcache-lm-server/model.yaml:103",
      "lmcache/memory-limit, a limit below the cache: lmcache-mp/engines.yaml:92",
      "lmcache/memory-limit, a limit below the cache: lmcache-mp-isolated/engine.yaml:52",
      "lmcache/memory-limit, a limit below the cache: lmcache-pd/decode.yaml:59",
      "lmcache/memory-limit, a limit below the cache: lmcache-pd/prefill.yaml:55",
    ],
  },
  {
    because: "Nothing else in that file says which chart its values are for.",
    lives: ["schema/unknown-key, keys one letter short: charts-layers/production.yaml:2"],
  },
  {
    because: "kustomize makes the ConfigMap of a file, and what a generator makes is not looked into.",
    lives: ["lmcache/memory-limit, a limit below the cache: lmcache-disk/deployment.yaml:94"],
  },
  {
    because: "variant_name and exported_namespace leave one series.",
    lives: ["keda/several-series, a query without its sum: wva-keda/scaledobject.yaml:42"],
  },
];

/** The reason of each mutant that no rule is to find. */
export const survivors: Readonly<Record<string, string>> = Object.fromEntries(
  reasons.flatMap(({ because, lives }) => lives.map((name) => [name, because])),
);
