import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Workspace } from "../../server/graph/workspace.ts";
import type { AdapterView } from "../../server/kinds/prometheus/adapter.ts";
import type { PrometheusConfigView } from "../../server/kinds/prometheus/config.ts";
import type { RuleFileView } from "../../server/kinds/prometheus/rule-file.ts";
import { kinds } from "../../server/kinds/registry.ts";
import type { StackObject } from "../../server/kinds/stack-object.ts";

function objectsIn(text: string, path = "manifest.yaml"): readonly StackObject[] {
  const workspace = new Workspace(kinds);
  return workspace.objectsIn(workspace.update(path, text).file);
}

const kindsIn = (text: string, path?: string) => objectsIn(text, path).map(({ kind }) => kind.id);
const viewOf = <V>(text: string) => objectsIn(text)[0]?.view as V;

const inConfigMap = (key: string, text: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: any}\ndata:\n  ${key}: |\n${text.replace(/^/gm, "    ")}`;

const adapterRule = "seriesQuery: 'wva_desired_replicas{variant_name!=\"\"}', name: {as: desired}, metricsQuery: q";

describe("prometheus-adapter", () => {
  const table: [title: string, text: string, ...kinds: string[]][] = [
    ["rules of both APIs", `rules: [{${adapterRule}}]\nexternalRules: []\n`, "prometheus-adapter-config"],
    ["rules of the external API", `externalRules: [{${adapterRule}}]\n`, "prometheus-adapter-config"],
    ["resources alone", "resourceRules: {cpu: {containerQuery: q}}\n", "prometheus-adapter-config"],
    [
      "the ConfigMap that the chart makes",
      inConfigMap("config.yaml", `rules:\n- seriesQuery: a\n`),
      "config-map",
      "prometheus-adapter-config",
    ],
    ["values with external rules", `rules: {external: [{${adapterRule}}]}\n`, "prometheus-adapter-values"],
    ["values with custom rules", `rules: {default: false, custom: [{${adapterRule}}]}\n`, "prometheus-adapter-values"],
    ["values with resources", "rules: {resource: {memory: {containerQuery: q}}}\n", "prometheus-adapter-values"],
    ["rules of somebody else", "rules: [{apiGroups: [], verbs: [get]}]\n"],
    ["values with rules of somebody else", "rules: {external: [{host: a}], custom: []}\n"],
    ["values without a rule", "rules: {default: true}\nprometheus: {url: http://p}\n"],
    ["values inside a ConfigMap", inConfigMap("values.yaml", "rules:\n  external: [{seriesQuery: a}]\n"), "config-map"],
  ];
  for (const [title, text, ...expected] of table) test(title, () => assert.deepEqual(kindsIn(text), expected));

  test("says what it publishes, in both forms alike", () => {
    for (const text of [`externalRules: [{${adapterRule}}]\n`, `rules: {external: [{${adapterRule}}]}\n`]) {
      const { rules } = viewOf<AdapterView>(text);
      assert.deepEqual(
        rules.map(({ api, as, matches, seriesQuery, metricsQuery }) => [
          api,
          as?.value,
          matches?.value,
          seriesQuery?.value,
          metricsQuery?.value,
        ]),
        [["external", "desired", undefined, 'wva_desired_replicas{variant_name!=""}', "q"]],
      );
    }
  });
});

describe("rule files of Prometheus", () => {
  const group = (rule: string, more = "") => `groups: [{name: llama, ${more}rules: [${rule}]}]\n`;
  const table: [title: string, text: string, ...kinds: string[]][] = [
    ["an alert", group("{alert: QueueLong, expr: sum(queue) > 100}"), "prometheus-rules"],
    ["a recorded series", group("{record: one, expr: 1}"), "prometheus-rules"],
    [
      "in a ConfigMap",
      inConfigMap("llama.rules", group("{alert: A, expr: b}").replace("groups: ", "groups:\n  ")),
      "config-map",
      "prometheus-rules",
    ],
    ["one rule among others tells it", group("{alert: A}, {alert: B, expr: b}"), "prometheus-rules"],
    ["groups of users", "groups: [{name: admins, members: [a]}]\n"],
    ["rules of a firewall", group("{name: ssh, port: 22}")],
    ["an alert without an expression", group("{alert: A, condition: C}")],
    [
      "alerts of Grafana",
      "apiVersion: 1\ngroups: [{orgId: 1, name: a, rules: [{uid: a, data: [{model: {expr: b}}]}]}]\n",
    ],
    ["rules of vmalert", group("{alert: A, expr: b}", "concurrency: 2, ")],
    ["rules of vmalert by a rule", group("{alert: A, expr: b, debug: true}")],
    [
      "a wrapped one is a PrometheusRule",
      "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\n",
      "prometheus-rule",
    ],
  ];
  for (const [title, text, ...expected] of table) test(title, () => assert.deepEqual(kindsIn(text), expected));

  test("say their alerts and series", () => {
    const { rules } = viewOf<RuleFileView>(group("{alert: A, expr: b}, {record: c, expr: d}"));
    assert.deepEqual(
      rules.map(({ type, name, expr }) => [type, name.value, expr?.value]),
      [
        ["alert", "A", "b"],
        ["record", "c", "d"],
      ],
    );
  });
});

describe("configuration of Prometheus", () => {
  const jobs = "scrape_configs: [{job_name: vllm, static_configs: [{targets: ['vllm:8000']}]}]\n";
  const table: [title: string, text: string, ...kinds: string[]][] = [
    ["jobs", jobs, "prometheus-config"],
    ["rules alone", "global: {evaluation_interval: 30s}\nrule_files: [rules/*.yaml]\n", "prometheus-config"],
    ["in a ConfigMap", inConfigMap("prometheus.yml", `global:\n${jobs}`), "config-map", "prometheus-config"],
    ["promtail", `${jobs}clients: [{url: http://loki}]\npositions: {filename: a}\n`],
    ["promtail by its jobs", "scrape_configs: [{job_name: a, pipeline_stages: []}]\n"],
    ["vmagent by its jobs", "scrape_configs: [{job_name: a, stream_parse: true}]\n"],
    ["tests of rules", "rule_files: [a.yaml]\nevaluation_interval: 1m\ntests: []\n"],
    ["tests of rules with a global", "rule_files: [a.yaml]\nglobal: {scrape_interval: 1m}\ntests: []\n"],
    ["a global of somebody else", "global: {image: a}\nalerting: {enabled: true}\n"],
    ["a collector of OpenTelemetry", `receivers: {prometheus: {config: {${jobs.trim()}}}}\n`],
  ];
  for (const [title, text, ...expected] of table) test(title, () => assert.deepEqual(kindsIn(text), expected));

  test("says its jobs and its files of rules", () => {
    const view = viewOf<PrometheusConfigView>(`${jobs}rule_files: [a.yaml, b/*.yaml]\n`);
    assert.deepEqual(
      view.jobs.map(({ name }) => name?.value),
      ["vllm"],
    );
    assert.deepEqual(
      view.ruleFiles.map(({ value }) => value),
      ["a.yaml", "b/*.yaml"],
    );
  });
});
