// Printed by `npm run generate` from schemas/data/epp-plugins.json.

/** Types of plugins that are gone, with the routers that had them. */
export const retiredPlugins: ReadonlyMap<string, { readonly since?: string; readonly until?: string }> = new Map([
  ["kv-cache-scorer", { until: "0.2" }],
  ["lora-affinity-filter", { until: "0.2" }],
  ["low-queue-filter", { until: "0.2" }],
  ["least-queue-filter", { until: "0.2" }],
  ["least-kv-cache-filter", { until: "0.2" }],
  ["decision-tree-filter", { until: "0.2" }],
  ["model-server-protocol-metrics", { since: "0.5", until: "0.7" }],
  ["model-server-protocol-models", { since: "0.7", until: "0.8" }],
  ["predicted-latency-scorer", { since: "0.5", until: "0.8" }],
  ["slo-aware-routing", { since: "0.4", until: "0.4" }],
  ["slo-aware-profile-handler", { since: "0.4", until: "0.4" }],
  ["eviction-sheddable-filter", { since: "0.8", until: "0.8" }],
  ["eviction-priority-then-time-ordering", { since: "0.8", until: "0.8" }],
]);

/** The same of feature gates. */
export const retiredGates: ReadonlyMap<string, { readonly since?: string; readonly until?: string }> = new Map([
  ["dataLayer", { until: "0.9" }],
  ["enableLegacyMetrics", { since: "0.8", until: "0.8" }],
  ["prepareDataPlugins", { since: "0.5", until: "0.7" }],
]);
