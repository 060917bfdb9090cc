import { type KindCase, missing, type, unknown, value } from "./slips.ts";

const adapterRule =
  "seriesQuery: 'queue{pod!=\"\"}', resources: {overrides: {pod: {resource: pod}}}, name: {as: queue}, metricsQuery: q";

/** What a stack is measured by, and what it stands on. */
export const platformKinds: readonly KindCase[] = [
  {
    kind: "prometheus-rules",
    clean:
      "groups:\n  - name: llama\n    interval: 30s\n    rules:\n      - {alert: QueueLong, expr: sum(queue) > 100, for: 5m, labels: {severity: warning}}\n      - {record: one, expr: 1}\n",
    unknown: unknown("for: 5m", "fore: 5m", "fore"),
    type: type("labels: {severity: warning}", "labels: [warning]", "[warning]"),
    value: value("for: 5m", "for: five", "five"),
    missing: missing("name: llama\n    interval", "interval", "interval"),
  },
  {
    kind: "prometheus-config",
    clean:
      "global: {scrape_interval: 15s}\nrule_files: [rules/*.yaml]\nscrape_configs:\n  - job_name: vllm\n    scheme: http\n    static_configs: [{targets: ['vllm:8000']}]\n    kubernetes_sd_configs: [{role: pod}]\n    relabel_configs: [{source_labels: [__meta_kubernetes_pod_label_app], regex: vllm, action: keep}]\n",
    unknown: unknown("source_labels", "source_label", "source_label"),
    type: type("[rules/*.yaml]", "rules.yaml", "rules.yaml"),
    value: value("action: keep", "action: retain", "retain"),
    missing: missing("  - job_name: vllm\n    scheme", "  - {job_name: other}\n  - scheme", "scheme"),
  },
  {
    kind: "prometheus-adapter-config",
    clean: `rules: [{${adapterRule}}]\nexternalRules: [{${adapterRule}}]\nresourceRules: {cpu: {containerQuery: q, containerLabel: container}, window: 3m}\n`,
    unknown: unknown("metricsQuery", "metricQuery", "metricQuery"),
    type: type("name: {as: queue}", "name: queue", "queue"),
    value: value("window: 3m", "window: 3 min", "3 min"),
    missing: missing("{resource: pod}", "{group: apps}", "pod"),
  },
  {
    kind: "prometheus-adapter-values",
    clean: `prometheus: {url: http://prometheus, port: 9090}\nrules:\n  default: false\n  external: [{${adapterRule}}]\n  resource: {cpu: {containerQuery: q}, window: 3m}\n`,
    unknown: unknown("default: false", "defaults: false", "defaults"),
    type: type("default: false", 'default: "false"', '"false"'),
    value: value("window: 3m", "window: 3 min", "3 min"),
    missing: missing("{resource: pod}", "{group: apps}", "pod"),
  },
  {
    kind: "eksctl-cluster",
    clean: `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: {name: llm, region: us-west-2, version: "1.34"}
autoModeConfig: {enabled: true, nodePools: [general-purpose]}
managedNodeGroups:
  - name: gpu
    instanceType: p5.48xlarge
    maxSize: 2
    efaEnabled: true
    taints: [{key: nvidia.com/gpu, effect: NoSchedule}]
`,
    unknown: unknown("maxSize", "maxSizes", "maxSizes"),
    type: type('"1.34"', "1.34", "1.34"),
    value: value("NoSchedule", "NoSchedul", "NoSchedul"),
    missing: missing(", region: us-west-2", "", "metadata"),
  },
  {
    kind: "Kustomization",
    clean: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: llm
resources: [../../base]
components:
labels: [{pairs: {team: llm}, includeTemplates: true}]
patches: [{path: scale.yaml, target: {kind: Deployment, name: vllm-.*}}]
images: [{name: vllm/vllm-openai, newTag: v0.21.0}]
configMapGenerator: [{name: lmcache, behavior: merge, files: [lmcache.yaml]}]
`,
    unknown: unknown("includeTemplates", "includeTemplate", "includeTemplate"),
    type: type("v0.21.0", "0.21", "0.21"),
    value: value("behavior: merge", "behavior: marge", "marge"),
    missing: missing("name: lmcache, ", "", "behavior"),
  },
  {
    kind: "Component",
    clean:
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n  - {patch: '[]', target: {kind: Deployment}}\n",
    unknown: unknown("patches", "patchs", "patchs"),
    type: type("target: {kind: Deployment}", "target: Deployment", "Deployment"),
    value: value("patch: '[]'", "patch: '[]', path: b.yaml", "{patch: '[]', path: b.yaml, target: {kind: Deployment}}"),
    missing: missing("patch: '[]', ", "", "target"),
  },
  {
    kind: "traffic",
    clean: `apiVersion: headroom/v1
kind: Traffic
preset: ramp
rate: {steps: [{rate: 2, for: 5m}, {rate: 8, for: 90s}]}
spikes: [{at: 1m, for: 30s, rise: 10, times: 4}]
arrivals: {law: gamma, variation: 2}
prompt: {lognormal: {median: 900, sigma: 1.2, cap: 8192}}
sessions: {turns: {uniform: {from: 1, to: 9}}, pause: 30s}
`,
    unknown: unknown("rise: 10", "raise: 10", "raise"),
    type: type("sigma: 1.2", "sigma: wide", "wide"),
    value: value("for: 5m", "for: 5 minutes", "5 minutes"),
    missing: missing(", pause: 30s", "", "sessions"),
  },
];
