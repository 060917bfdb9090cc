import { checks } from "./support/schema.ts";

const rules = (rule: string, group = "name: llama, ") => `groups: [{${group}rules: [${rule}]}]`;
const rule = "/groups/0/rules/0";

checks("prometheus-rules", [
  ["an alert and a series", rules("{alert: A, expr: b > 1, for: 0, labels: {severity: 1}}, {record: 'a:b', expr: 1}")],
  ["a group without rules", "groups: [{name: a}]"],
  ["no group", "groups: []"],
  [
    "groups of Mimir and of Thanos",
    "namespace: a\ngroups: [{name: a, source_tenants: [b], partial_response_strategy: warn}]",
  ],
  ["an unknown key of a rule", rules("{alert: A, expr: b, severity: c}"), `${rule} additionalProperties severity`],
  ["an unknown key of the file", "groups: []\nrules: []", "/ additionalProperties rules"],
  ["a group without a name", rules("{alert: A, expr: b}", ""), "/groups/0 required name"],
  ["an alert without an expression", rules("{alert: A}"), `${rule} required expr`],
  ["seconds without a unit", rules("{alert: A, expr: b, for: 300}"), `${rule}/for not`],
  ["words for a time", rules("{alert: A, expr: b, for: 5 minutes}"), `${rule}/for pattern`],
  ["a series with a dash", rules("{record: a-b, expr: b}"), `${rule}/record pattern`],
  ["an alert that is a series too", rules("{alert: A, record: b, expr: c}"), `${rule} oneOf`],
  ["an expression alone", rules("{expr: b}"), `${rule} required alert`, `${rule} required record`, `${rule} oneOf`],
]);

const job = (text: string) => `scrape_configs: [{job_name: vllm, ${text}}]`;

checks("prometheus-config", [
  [
    "clean",
    `global: {scrape_interval: 15s, evaluation_interval: 30s, external_labels: {cluster: a}}
rule_files: [/etc/prometheus/rules/*.yaml]
alerting: {alertmanagers: [{static_configs: [{targets: [a]}]}]}
remote_write: [{url: http://mimir, anything: goes}]
scrape_configs:
  - job_name: vllm
    metrics_path: /metrics
    kubernetes_sd_configs: [{role: pod}]
    relabel_configs: [{source_labels: [a], regex: "true", action: keep}]
    tls_config: {ca_file: a}
`,
  ],
  ["sections with nothing in them", "global:\nrule_files:\nscrape_configs:\nalerting:\n"],
  ["discovery of any kind", job("consul_sd_configs: [{server: a}], future_sd_configs: []")],
  ["an unknown key", job("metric_path: /m"), "/scrape_configs/0 additionalProperties metric_path"],
  ["an unknown section", "rules: []", "/ additionalProperties rules"],
  ["a job without a name", "scrape_configs: [{scheme: http}]", "/scrape_configs/0 required job_name"],
  ["a scheme that there is not", job("scheme: HTTP"), "/scrape_configs/0/scheme enum"],
  [
    "an action that there is not",
    job("relabel_configs: [{action: retain}]"),
    "/scrape_configs/0/relabel_configs/0/action enum",
  ],
  [
    "one target that is no list",
    job("static_configs: [{targets: a}]"),
    "/scrape_configs/0/static_configs/0/targets type",
  ],
  ["a pace without a unit", "global: {scrape_interval: 15}", "/global/scrape_interval not"],
  ["the name of before", job("scrape_classic_histograms: true")],
]);

const series = "seriesQuery: 'queue{pod!=\"\"}'";

checks("prometheus-adapter-config", [
  [
    "clean",
    `rules: [{${series}, seriesFilters: [{isNot: ^a$}], resources: {template: "<<.Resource>>"}, name: {matches: a, as: b}, metricsQuery: q}]
externalRules:
resourceRules: {cpu: {containerQuery: q, nodeQuery: q, resources: {overrides: {pod: {resource: pod}}}, containerLabel: c}, window: 3m}
`,
  ],
  ["an unknown key", `externalRules: [{${series}, query: q}]`, "/externalRules/0 additionalProperties query"],
  ["an unknown section", "external: []", "/ additionalProperties external"],
  ["no series", "rules: [{metricsQuery: q}]", "/rules/0 required seriesQuery"],
  ["a name that is no mapping", `rules: [{${series}, name: queue}]`, "/rules/0/name type"],
  ["a window without a unit", "resourceRules: {window: '3'}", "/resourceRules/window pattern"],
  [
    "a label without a resource",
    `rules: [{${series}, resources: {overrides: {pod: {group: apps}}}}]`,
    "/rules/0/resources/overrides/pod required resource",
  ],
]);

checks("prometheus-adapter-values", [
  [
    "clean",
    `prometheus: {url: http://p, port: 0}\nrules: {default: false, existing: null, external: [{${series}}]}\nreplicas: 2`,
  ],
  ["the keys of the configuration file", "rules: {externalRules: []}", "/rules additionalProperties externalRules"],
  [
    "an unknown key of a rule",
    `rules: {custom: [{${series}, query: q}]}`,
    "/rules/custom/0 additionalProperties query",
  ],
  ["a switch in quotes", 'rules: {default: "false"}', "/rules/default type"],
]);

const cluster = (text: string, metadata = "{name: llm, region: us-west-2}") =>
  `apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: ${metadata}\n${text}\n`;

checks("eksctl-cluster", [
  ["the least", cluster("")],
  [
    "Auto Mode, as it is written in guides",
    cluster("autoModeConfig: {enabled: true}", '{name: llm, region: us-west-2, version: "1.34"}'),
  ],
  [
    "GPU nodes of both kinds",
    cluster(`managedNodeGroups:
  - {name: a, instanceType: p5.48xlarge, minSize: 0, maxSize: 2, efaEnabled: true, volumeSize: 500, spot: true, taints: [{key: nvidia.com/gpu, value: "true", effect: NoSchedule}]}
nodeGroups:
  - {name: b, amiFamily: AmazonLinux2023, taints: {nvidia.com/gpu: "true:NoSchedule"}, instancesDistribution: {instanceTypes: [g6.xlarge]}}
addons: [{name: vpc-cni, version: latest}]
iam: {withOIDC: true}`),
  ],
  ["an unknown key", cluster("nodegroups: []"), "/ additionalProperties nodegroups"],
  [
    "an unknown key of nodes",
    cluster("nodeGroups: [{name: a, spot: true}]"),
    "/nodeGroups/0 additionalProperties spot",
  ],
  ["no region", cluster("", "{name: llm}"), "/metadata required region"],
  ["a version without quotes", cluster("", "{name: a, region: b, version: 1.3}"), "/metadata/version type"],
  ["nodes without a name", cluster("managedNodeGroups: [{maxSize: 1}]"), "/managedNodeGroups/0 required name"],
  ["a pool that there is not", cluster("autoModeConfig: {nodePools: [gpu]}"), "/autoModeConfig/nodePools/0 enum"],
  ["a disk that there is not", cluster("nodeGroups: [{name: a, volumeType: gp4}]"), "/nodeGroups/0/volumeType enum"],
]);

const patch = (text: string) => `patches: [{${text}}]`;

checks("kustomization", [
  [
    "all that older kustomizations say",
    `bases: [../base]
commonLabels: {app: a}
patchesStrategicMerge: [a.yaml]
patchesJson6902: [{path: a.yaml, target: {group: apps, version: v1, kind: Deployment, name: a}}]
vars: [{name: A, objref: {apiVersion: v1, kind: Service, name: a}, fieldref: {fieldPath: metadata.name}}]
imageTags: [{name: a, newTag: b}]
helmChartInflationGenerator: [{chartName: a, chartRepoUrl: b, values: c.yaml}]
configMapGenerator: [{name: a, env: a.env}]
`,
  ],
  [
    "everything that generates",
    `helmGlobals: {chartHome: charts}
helmCharts: [{name: vllm-stack, repo: https://a, version: 0.1.5, releaseName: a, includeCRDs: true, valuesInline: {a: [1]}}]
configMapGenerator: [{name: a, files: [b.yaml, c=d.yaml], literals: [A=, "B=c=d"], options: {immutable: true}}]
secretGenerator: [{name: a, envs: [a.env], type: Opaque}]
generatorOptions: {disableNameSuffixHash: true, labels: {a: b}}
`,
  ],
  [
    "a replacement in a file, one from a field and one of a value",
    `replacements:
  - path: a.yaml
  - source: {kind: Deployment, name: a, fieldPath: metadata.name, options: {delimiter: "/", index: 1}}
    targets: [{select: {kind: ScaledObject}, reject: [{name: b}], fieldPaths: [spec.scaleTargetRef.name], options: {create: true}}]
  - sourceValue: a
    targets: [{select: {name: b}}]
`,
  ],
  [
    "plugins, and what they are told",
    "transformers: [a.yaml]\nvalidators: []\nopenapi: {path: a.json}\ncrds: [a.json]\n",
  ],
  ["order and notes", "sortOptions: {order: fifo}\nbuildMetadata: [originAnnotations]\nmetadata: {name: a}\n"],
  ["the keys of another kind", "resources: []\nspec: {}", "/ additionalProperties spec"],
  ["a patch as kustomize took it before 5", "patches: [a.yaml]", "/patches/0 type"],
  ["a patch twice", patch("path: a, patch: b"), "/patches/0 not"],
  [
    "a patch of nothing",
    patch("target: {}"),
    "/patches/0 required path",
    "/patches/0 required patch",
    "/patches/0 anyOf",
  ],
  [
    "a literal without a value",
    "configMapGenerator: [{name: a, literals: [B]}]",
    "/configMapGenerator/0/literals/0 pattern",
  ],
  ["a label that is a number", "commonLabels: {version: 1}", "/commonLabels/version type"],
  [
    "a target of everything",
    "replacements: [{targets: [{fieldPaths: [a]}]}]",
    "/replacements/0/targets/0 required select",
  ],
  ["a chart without a name", "helmCharts: [{repo: a}]", "/helmCharts/0 required name"],
]);
