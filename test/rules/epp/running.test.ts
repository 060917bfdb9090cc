import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Files } from "../../support/lint.ts";
import { pool } from "../pool/support.ts";
import { epp, mended, running, said } from "./support.ts";

describe("metrics between two scrapes", () => {
  const rule = "epp/stale-metrics";
  const file = (interval: string, detector: string) => ({
    "epp.yaml": epp(`plugins: [{type: metrics-data-source, parameters: {interval: ${interval}}}${detector}]`),
  });
  const detector = (staleness: string) =>
    `, {type: utilization-detector, parameters: {metricsStalenessThreshold: ${staleness}}}`;
  const usual = ", {type: utilization-detector}";
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["are fresh", file("50ms", detector("200ms"))],
    ["are just fresh", file("199ms", detector("200ms"))],
    ["are stale at the end", file("200ms", detector("200ms")), "warning 200ms"],
    ["are stale by the default", file("1s", usual), "warning 1s"],
    ["are fresh by the default", file("100ms", usual)],
    ["are fresh for longer", file("1s", detector("3s"))],
    ["do not matter to another detector", file("1s", ", {type: concurrency-detector}")],
    ["come as somebody fills in later", file('"{{ .i }}"', usual)],
    ["are stale after what is filled in later", file("1s", detector('"{{ .s }}"'))],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  const refreshed = (interval: string, config: string): Files => ({
    "epp.yaml": epp(`plugins: [${config}]`),
    "router.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: epp}
spec:
  template:
    spec:
      containers:
        - name: epp
          image: ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0
          args: [--pool-name=a, --refresh-metrics-interval=${interval}]
`,
  });
  test("are stale by the router's own interval, unless the source has one", () => {
    const own = "{type: utilization-detector}";
    assert.deepEqual(said(rule, refreshed("199ms", own)), []);
    assert.deepEqual(said(rule, refreshed("200ms", own)), ["warning utilization-detector"]);
    assert.deepEqual(said(rule, refreshed("$(EVERY)", own)), []);
    assert.deepEqual(
      said(rule, refreshed("100ms", `${own}, {type: metrics-data-source, parameters: {interval: 100ms}}`)),
      [],
    );
  });

  test("come in steps of the router's interval, the nearest number of them", () => {
    const source = (interval: string) => `{type: metrics-data-source, parameters: {interval: ${interval}}}`;
    const both = (interval: string) => `{type: utilization-detector}, ${source(interval)}`;
    assert.deepEqual(said(rule, refreshed("1s", both("50ms"))), ["warning 50ms"]);
    assert.deepEqual(said(rule, refreshed("50ms", both("150ms"))), []);
    assert.deepEqual(said(rule, refreshed("50ms", both("70ms"))), ["info 70ms"]);
    assert.deepEqual(said(rule, refreshed("10ms", source("20ms"))), ["info 20ms"]);
    assert.deepEqual(said(rule, refreshed("$(EVERY)", source("70ms"))), []);
    assert.deepEqual(said(rule, file("70ms", "")), [], "nobody knows the router");
    const usual = refreshed("50ms", source("70ms"));
    const flagless = {
      ...usual,
      "router.yaml": usual["router.yaml"]?.replace(", --refresh-metrics-interval=50ms", "") ?? "",
    };
    assert.deepEqual(said(rule, flagless), ["info 70ms"]);
  });

  test("are fresh again by three times the interval", () => {
    const title = "Set metricsStalenessThreshold to 3s";
    assert.deepEqual(mended(rule, file("1s", detector("200ms")), title), file("1s", detector("3s")));
  });
});

const router = (args: string, replicas = "1", more = "") => `apiVersion: apps/v1
kind: Deployment
metadata: {name: epp}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: epp}}
  template:
    metadata: {labels: {app: epp}}
    spec:
      serviceAccountName: epp
      containers:
        - name: epp
          image: ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0
          args: ${args}
${more}---
`;

describe("replicas of an endpoint picker", () => {
  const rule = "epp/state-per-replica";
  const config = (plugins: string) => epp(`plugins: [${plugins}]`);
  const at = (replicas: string, args: string, plugins: string) => ({
    "a.yaml": router(args, replicas),
    "b.yaml": config(plugins),
  });
  const prefix = "{type: prefix-cache-scorer}";
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["are one", at("1", "[--pool-name=a]", prefix)],
    ["are two and remember apart", at("2", "[--pool-name=a]", prefix), "warning 2"],
    ["are two of which one leads", at("2", "[--pool-name=a, --ha-enable-leader-election]", prefix)],
    ["are two without the election", at("2", "[--ha-enable-leader-election=false]", prefix), "warning 2"],
    ["remember nothing", at("2", "[--pool-name=a]", "{type: queue-scorer}")],
    ["are told by the engines", at("2", "[--pool-name=a]", `${prefix}, {type: precise-prefix-cache-producer}`)],
    ["run what a script says", at("2", '[sh, -c, "epp $FLAGS"]', prefix)],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));
});

describe("the rights of an endpoint picker", () => {
  const rule = "pool/role-rights";
  const role = (rules: string, kind = "Role") =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: {name: epp}\nrules: [${rules}]\n---\n`;
  const binding = (subject = "epp", kind = "Role") =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: epp}\nsubjects: [{kind: ServiceAccount, name: ${subject}}]\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: epp}\n---\n`;
  const on = (groups: string, resources = "[inferencepools]") =>
    `{apiGroups: ${groups}, resources: ${resources}, verbs: [get]}`;
  const old = "[inference.networking.x-k8s.io]";
  const all = (...parts: string[]) => ({ "a.yaml": pool() + parts.join("") + router("[--pool-name=llama]") });
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["are on the pool's group", all(role(on("[inference.networking.k8s.io]")), binding())],
    ["are on another group", all(role(on(old)), binding()), `error ${old}`],
    [
      "are on another group, by a ClusterRole",
      all(role(on(old), "ClusterRole"), binding("epp", "ClusterRole")),
      `error ${old}`,
    ],
    ["are on every group", all(role(on('["*"]')), binding())],
    ["are on every resource", all(role(`${on(old)}, ${on("[inference.networking.k8s.io]", '["*"]')}`), binding())],
    ["say nothing of pools", all(role(on('[""]', "[pods]")), binding())],
    ["are of another account", all(role(on(old)), binding("other"))],
    ["stand in no file", all(binding())],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  test("get the group", () => {
    assert.deepEqual(
      mended(rule, all(role(on(old)), binding()), "Add inference.networking.k8s.io"),
      all(role(on("[inference.networking.x-k8s.io, inference.networking.k8s.io]")), binding()),
    );
  });
});

describe("triggers beside an endpoint picker", () => {
  const scaled = (query: string, threshold = "5", more = "", trigger = "") => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama}
spec:
  scaleTargetRef: {name: llama}
  maxReplicaCount: 8
${more}  triggers:
    - type: prometheus
${trigger}      metadata: {serverAddress: "http://p:9090", threshold: "${threshold}", query: '${query}'}
---
`;
  const averaged = (metric: string, value: number) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 8
  metrics:
    - type: Pods
      pods: {metric: {name: ${metric}}, target: {type: AverageValue, averageValue: ${value}}}
---
`;
  const control = (more = "", gates = "[flowControl]") =>
    epp(
      `featureGates: ${gates}\nplugins: [{type: utilization-detector, parameters: {queueDepthThreshold: 5}}]\n${more}`,
    );
  const waiting = "sum(vllm:num_requests_waiting)";

  const inNamespace = (name: string) => scaled(waiting).replace("{name: llama}", `{name: llama, namespace: ${name}}`);
  const router = (name: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: epp, namespace: ${name}}\ndata:\n  epp.yaml: |\n${control().replace(/^(?=.)/gm, "    ")}`;

  const held: [title: string, files: Files, ...said: string[]][] = [
    ["at the depth", { "a.yaml": `${scaled(waiting)}${control()}` }, 'warning "5"'],
    ["below the depth", { "a.yaml": `${scaled(waiting, "4")}${control()}` }],
    ["with the gate off", { "a.yaml": `${scaled(waiting)}${control("", "[]")}` }],
    ["as a total", { "a.yaml": `${scaled(waiting, "5", "", "      metricType: Value\n")}${control()}` }],
    ["by another measure", { "a.yaml": `${scaled("sum(vllm:num_requests_running)")}${control()}` }],
    ["without a router", { "a.yaml": scaled(waiting) }],
    ["in another namespace", { "a.yaml": `${inNamespace("a")}${router("b")}` }],
    ["in the namespace of the router's ConfigMap", { "a.yaml": `${inNamespace("a")}${router("a")}` }, 'warning "5"'],
    ["of an HPA at the depth", { "a.yaml": `${averaged("vllm_num_requests_waiting", 5)}${control()}` }, "warning 5"],
    ["of an HPA below the depth", { "a.yaml": `${averaged("vllm_num_requests_waiting", 4)}${control()}` }],
    ["beside another metric of an HPA", { "a.yaml": `${averaged("vllm_num_requests_running", 5)}${control()}` }],
  ];
  for (const [title, files, ...expected] of held)
    test(`vLLM's queue ${title}`, () => assert.deepEqual(said("prometheus/held-back-queue", files), expected));

  const queue = 'sum(llm_d_epp_flow_control_queue_size{inference_pool="llama"})';
  const zero = "  minReplicaCount: 0\n";
  const started = (seconds: number, router = "0.10") => ({
    "headroom.config.yaml": `podStartup: ${seconds}s\nversions: {router: "${router}"}\n`,
  });
  const at = (text: string, seconds: number, router?: string) => ({ "a.yaml": text, ...started(seconds, router) });
  const waits: [title: string, files: Files, ...said: string[]][] = [
    [
      "shorter than a start",
      at(scaled(queue, "5", zero) + control("flowControl: {defaultRequestTTL: 60s}"), 61),
      "warning 0",
    ],
    ["as long as a start", at(scaled(queue, "5", zero) + control("flowControl: {defaultRequestTTL: 60s}"), 60)],
    ["for ever", at(scaled(queue, "5", zero) + control("flowControl: {defaultRequestTTL: 0s}"), 240)],
    ["by the default of 0.10", at(scaled(queue, "5", zero) + control(), 240), "warning 0"],
    ["by the default of 0.9", at(scaled(queue, "5", zero) + control(), 240, "0.9")],
    [
      "longer without a pod",
      at(scaled(queue, "5", zero) + control("flowControl: {defaultRequestTTL: 60s, noEndpointRequestTTL: 5m}"), 240),
    ],
    ["beside a workload that keeps a replica", at(scaled(queue, "5", "  minReplicaCount: 1\n") + control(), 240)],
    ["nowhere with the gate off", at(scaled(queue, "5", zero) + control("", "[]"), 240)],
  ];
  for (const [title, files, ...expected] of waits)
    test(`requests wait ${title}`, () => assert.deepEqual(said("keda/wait-at-zero", files), expected));

  const all = "sum(llm_d_epp_flow_control_queue_size)";
  const lama = queue.replace("llama", "lama");
  const rule = "prometheus/other-pool";
  const pools: [title: string, text: string, ...said: string[]][] = [
    ["of its pool", scaled(queue) + pool()],
    ["of a misspelt pool", scaled(lama) + pool(), "warning lama"],
    ["of no pool that is here", scaled(lama)],
    ["of a pattern", scaled(queue.replace('="llama"', '=~"lama.*"')) + pool()],
    ["of the only pool", scaled(all) + pool()],
    ["of both pools", scaled(all) + pool() + pool({ name: "qwen" }), "warning llm_d_epp_flow_control_queue_size"],
    ["of a namespace", scaled(all.replace(")", '{namespace="a"})')) + pool() + pool({ name: "qwen" })],
  ];
  for (const [title, text, ...expected] of pools)
    test(`the router's queue ${title}`, () => assert.deepEqual(said(rule, { "a.yaml": text }), expected));

  test("the pool's name is mended in the query", () => {
    assert.deepEqual(mended(rule, { "a.yaml": scaled(lama) + pool() }, "Write llama"), {
      "a.yaml": scaled(queue) + pool(),
    });
  });

  test("nothing is said when the router is of another version than anybody knows", () => {
    assert.deepEqual(
      said("keda/wait-at-zero", {
        "a.yaml": scaled(queue, "5", zero) + epp("featureGates: [flowControl]\nplugins: [{type: queue-scorer}]"),
        ...running("main"),
      }),
      [],
    );
  });
});
