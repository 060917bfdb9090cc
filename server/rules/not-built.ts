/** Checks of the reference that no rule expresses, each with the reason. Printed to docs/rules/not-built.md. */
export const notBuilt: Readonly<Record<string, string>> = {
  "S-13":
    "An engine serves no metrics before its model is loaded, and of a pod without a sample the HPA assumes 0 only when it would scale up: that damps what was ordered already, and there is no metric type whose mend is better for everybody.",
  "S-15":
    "Several metrics on one HPA are the documented way, and the largest proposal is what people want from them. Where it hurts, a rule says so: a metric that cannot be read (S-01), WVA's number beside another load (C-06).",
  "C-11 (LeaderWorkerSet)":
    "Whether a LeaderWorkerSet can be scaled depends on the version of its CRD in the cluster, which no manifest shows. The kinds that never can are in autoscaler/not-scalable.",
  "G-02 (Cluster Autoscaler, WVA's limiter)":
    "The sizes of node groups stand at the cloud, and the limiter of WVA counts nodes of the running cluster; neither is in the files. Karpenter's limits are in capacity/node-pool.",
  "G-08 (unrelated metrics)":
    "Prefill and decode on a metric of their own each is what guides for disaggregated serving do, and files do not show whether two metrics move together. One stage alone, and both on one number, are in autoscaler/prefill-decode.",
  "VAL-06 (values of llm-d modelservice)":
    "The chart names its Deployments after the release, which the values do not say, so no autoscaler can be matched with them. What the chart renders is in autoscaler/replicas-in-manifest.",
  "W-06 (profile of a VariantAutoscaling)":
    "The thresholds stand in one ConfigMap for all models, so what one VariantAutoscaling serves does not decide them. The annotation counts on the ConfigMap: wva/workload-profile.",
  "W-09 (namespace)":
    "WVA looks in its own namespace, which POD_NAMESPACE or the installation decides, and in the namespaces of the models: a ConfigMap in any of them may be right.",
  "W-19 (prerequisites)":
    "Whether a target may go to zero is told of the HPA (hpa/scale-to-zero). Whether flow control holds requests for a model at zero stands in how the router was installed, often not in these files.",
  "P-06 (spread)":
    "Kubernetes spreads the pods of a workload over nodes and zones by itself (the scheduler's default constraints), and where GPU nodes are few a stricter spread leaves pods Pending. One replica alone is in pods/single-replica.",
  "VLM-18 (size of the model)":
    "How fast weights load stands in no file: a page cache or NVMe reads tens of times what a download brings, so a budget that is short for one is ample for the other. A start that is written is held against the probes: pods/killed-while-loading.",
  "LMC-052 (port 9090)":
    "The server has its metrics on its HTTP port; only images of old had them on a port of their own. The two ports that it binds are in lmcache/host-port.",
  "LMC-067 (batched tokens)":
    "The bound counts in the block that vLLM chooses for such a model at its start, which no manifest says, and it falls with --separate-object-groups, whose absence lmcache/hybrid-model tells.",
  "VLM-29 (versions that disagree)":
    "Which versions of router, sidecar and chart go together is told by no list: each has numbers of its own. Where a difference breaks something, a rule says so: vllm/sidecar-flag, vllm/other-version.",
};
