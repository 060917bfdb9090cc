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
      "hpa/cpu-signal, CPU in place of the queue: chat-wva/base/hpa.yaml:13",
      "wva/metric-name, WVA's metric one letter short: chat-wva/base/hpa.yaml:16",
      "hpa/metric-type, a body under the name of another type: chat-wva/base/hpa.yaml:14",
      "hpa/metric-type, a metric without a type: chat-wva/base/hpa.yaml:13",
      "hpa/behavior-range, a window of more than an hour: chat-wva/base/hpa.yaml:33",
      "hpa/scale-up-burst, twenty pods a minute: chat-wva/base/hpa.yaml:27",
      "autoscaler/wva-ignored, another metric than WVA's: chat-wva/base/hpa.yaml:16",
      "autoscaler/wva-beside-load, a queue beside WVA's count: chat-wva/base/hpa.yaml:13",
      "wva/variant-name, a variant that is not there: chat-wva/base/hpa.yaml:19",
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
    lives: [
      "lmcache/chunk-size, a chunk of 100 tokens: lmcache-disk/lmcache.yaml:1",
      "lmcache/config-file-missing, a file that is not mounted: lmcache-disk/deployment.yaml:52",
      "lmcache/environment-over-file, another chunk size in the environment: lmcache-disk/deployment.yaml:51",
      "lmcache/half-disk-tier, a disk tier without a size: lmcache-disk/lmcache.yaml:4",
      "lmcache/huge-pages, huge pages that nobody asks for: lmcache-disk/lmcache.yaml:9",
      "lmcache/memory-limit, a limit below the cache: lmcache-disk/deployment.yaml:94",
      "lmcache/memory-request, a request below the pool: lmcache-disk/deployment.yaml:91",
    ],
  },
  {
    because: "variant_name and exported_namespace leave one series.",
    lives: ["keda/several-series, a query without its sum: wva-keda/scaledobject.yaml:42"],
  },
  {
    because: "WVA's count comes to nothing there, which autoscaler/wva-ignored says.",
    lives: [
      "hpa/cpu-signal, CPU in place of the queue: wva-0.5.0/scaling.yaml:26",
    ],
  },
  {
    because: "The maximum leaves room for a few pods only, so there is no burst.",
    lives: [
      "hpa/scale-up-burst, twenty pods a minute: keda-forms/batch/scaledobject.yaml:20",
      "hpa/scale-up-burst, twenty pods a minute: lmcache/hpa.yaml:19",
      "hpa/scale-up-burst, twenty pods a minute: one-file/phi-4.yaml:138",
      "hpa/scale-up-burst, twenty pods a minute: pd/scaling-decode.yaml:20",
      "hpa/scale-up-burst, twenty pods a minute: pd/scaling-prefill.yaml:20",
      "hpa/scale-up-burst, twenty pods a minute: wide-ep/hpa.yaml:25",
      "hpa/scale-up-burst, twenty pods a minute: wva-0.5.0/scaling.yaml:40",
    ],
  },
  {
    because: "WVA 0.9 has no VariantAutoscaling beside which another metric would be wrong, and its bounds are the HPA's.",
    lives: [
      "autoscaler/wva-ignored, another metric than WVA's: wva-annotations/hpa.yaml:21",
      "wva/bounds-deadlock, a minimum of 3: wva-annotations/hpa.yaml:15",
    ],
  },
  {
    because: "Another API group may have a DaemonSet that can be scaled.",
    lives: [
      "autoscaler/not-scalable, a DaemonSet as the target: wide-ep/hpa.yaml:9",
    ],
  },
  {
    because: "From 0.6 on WVA finds the GPU in the target's nodeSelector.",
    lives: [
      "wva/accelerator-label, the accelerator under another name: wva-keda/variant.yaml:7",
    ],
  },
  {
    because: "WVA 0.4 names its target by the variant's own name, and no Deployment of it is there.",
    lives: [
      "wva/model-id, a model that nobody serves: wva-0.4/variant.yaml:9",
      "wva/two-variants, the variant once more, under another name: wva-0.4/variant.yaml:19",
    ],
  },
  {
    because: "These versions have built-in numbers, so only the entry itself is of no use; it is told at its key.",
    lives: [
      "wva/entry-never-read, no default: wva-0.4/capacity-scaling-config.yaml:4",
      "wva/entry-never-read, no default: wva-keda/wva-config.yaml:4",
    ],
  },
  {
    because: "These versions fill in what is missing.",
    lives: [
      "wva/entry-refused, no cache threshold: wva-0.4/capacity-scaling-config.yaml:15",
      "wva/entry-refused, no cache threshold: wva-keda/wva-config.yaml:11",
    ],
  },
  {
    because: "These versions take 0 for what is not said, and fill in their own numbers.",
    lives: [
      "wva/dead-thresholds, triggers of 0: wva-0.4/capacity-scaling-config.yaml:10",
      "wva/dead-thresholds, triggers of 0: wva-keda/wva-config.yaml:12",
    ],
  },
  {
    because: "vLLM's renderer serves no model; the rule speaks of servers that do.",
    lives: [
      "monitors/scrape-annotation, the port of the GPU's exporter: not-vllm/render-server.yaml:14",
    ],
  },
  {
    because: "LMCache has the prefixes that vLLM does not keep.",
    lives: [
      "values/prefix-caching-off, no prefix caching: charts-kvaware/values.yaml:13",
      "values/prefix-caching-off, no prefix caching: charts/stack/values.yaml:27",
    ],
  },
  {
    because: "A script may start a proxy beside vLLM, which has the port.",
    lives: ["vllm/port, another port: vllm-forms/script.yaml:35"],
  },
  {
    because: "Eight GPUs of 141 GB hold 405 billion weights of two bytes, 101 GB on each.",
    lives: [
      "capacity/weights, a model of another size: pd-mooncake/decode.yaml:54",
      "capacity/weights, a model of another size: pd-mooncake/prefill.yaml:35",
      "capacity/weights, a model of another size: vllm-forms/pipeline.yaml:46",
    ],
  },
  {
    because: "What that share leaves beside the weights holds a request of the whole length.",
    lives: [
      "capacity/kv-cache, a share that the weights nearly fill: chat-wva/base/deployment.yaml:51",
      "capacity/kv-cache, a share that the weights nearly fill: lmcache-cpu/deployment.yaml:48",
      "capacity/kv-cache, a share that the weights nearly fill: vllm-forms/quantized.yaml:38",
    ],
  },
  {
    because: "With enable_pd chunks go through a buffer of their own, and nothing is kept in host memory.",
    lives: [
      "capacity/cpu-tier, a tier of a hundredth: lmcache-pd/receiver-config.yaml:10",
      "capacity/cpu-tier, a tier of a hundredth: lmcache-pd/sender-config.yaml:10",
    ],
  },
  {
    because: "Nothing there runs the router, so that its flags are not known, or it runs with the flag for experiments.",
    lives: [
      "epp/experimental-plugin, a scorer that is an experiment: chat-wva/base/router.yaml:16",
      "epp/experimental-plugin, a scorer that is an experiment: epp-configs/encode-prefill-decode.yaml:21",
      "epp/experimental-plugin, a scorer that is an experiment: epp-configs/flow-control.yaml:17",
      "epp/experimental-plugin, a scorer that is an experiment: epp-configs/load-only.yaml:4",
      "epp/experimental-plugin, a scorer that is an experiment: epp-configs/lora.yaml:5",
      "epp/experimental-plugin, a scorer that is an experiment: epp-configs/prefix.yaml:14",
      "epp/experimental-plugin, a scorer that is an experiment: epp-experimental/epp.yaml:18",
    ],
  },
  {
    because: "Without pluginsCustomConfig the file is one that the chart brings, and which it brings depends on its version.",
    lives: ["epp/plugins-config-file, a file that nobody writes: charts/router-standalone/values.yaml:11"],
  },
  {
    because: "None of its plugins remembers what it sent where; the engines tell each replica what they hold.",
    lives: [
      "epp/state-per-replica, a second picker that knows nothing of the first: epp-experimental/epp.yaml:36",
      "epp/state-per-replica, a second picker that knows nothing of the first: epp-precise/epp.yaml:50",
    ],
  },
  {
    because: "A simulator serves no model; tests of filters give it what labels they like.",
    lives: [
      "pool/role-label, a role that no filter knows: not-vllm/simulated-pd.yaml:17",
      "pool/role-label, a role that no filter knows: not-vllm/simulated-pd.yaml:62",
      "pool/role-label, a role that no filter knows: not-vllm/simulator.yaml:13",
    ],
  },
  {
    because: "Prefill and decode have no pool in host memory there: its size is 0.",
    lives: [
      "lmcache/huge-pages, huge pages that nobody asks for: lmcache-pd/receiver-config.yaml:20",
      "lmcache/huge-pages, huge pages that nobody asks for: lmcache-pd/sender-config.yaml:19",
      "lmcache/memory-request, a request below the pool: lmcache-pd/decode.yaml:58",
      "lmcache/memory-request, a request below the pool: lmcache-pd/prefill.yaml:54",
    ],
  },
  {
    because: "Without its digit in place the flag is near to none: such a name may be of a later version, and is not judged.",
    lives: [
      "lmcache/server-flag, flags with two letters exchanged: lmcache-mp-isolated/server.yaml:23",
      "lmcache/server-flag, flags with two letters exchanged: lmcache-mp-isolated/server.yaml:29",
      "lmcache/server-flag, flags with two letters exchanged: lmcache-mp/server.yaml:30",
    ],
  },
];

/** The reason of each mutant that no rule is to find. */
export const survivors: Readonly<Record<string, string>> = Object.fromEntries(
  reasons.flatMap(({ because, lives }) => lives.map((name) => [name, because])),
);
