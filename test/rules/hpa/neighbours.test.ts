import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Files } from "../../support/lint.ts";
import { hpaOf, mended, running, said } from "./support.ts";

const web = 'HorizontalPodAutoscaler "web"';

describe("variants of one name in several namespaces", () => {
  const rule = "hpa/same-variant-name";
  const variant = (namespace: string | undefined, name = "web") => `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: ${name}${namespace === undefined ? "" : `, namespace: ${namespace}`}}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}, modelID: a/b}
`;
  const hpa = (labels: string, rest = "") =>
    hpaOf({
      namespace: "chat",
      metrics: `[{type: External, external: {metric: {name: wva_desired_replicas, selector: {matchLabels: {${labels}}${rest}}}, target: {type: AverageValue, averageValue: 1}}}]`,
    });
  const several = (at: string, object = web, namespaces = "chat, search") =>
    `warning at ${at}: ${object} selects wva_desired_replicas by variant_name "web" alone, and variants of that name are in the namespaces ${namespaces}: it may follow the sum of all. Select exported_namespace too.`;
  const two = { "a.yaml": variant("chat"), "b.yaml": variant("search") };
  const table: [title: string, files: Files, expected: string[]][] = [
    ["two namespaces", { ...two, "hpa.yaml": hpa("variant_name: web") }, [several("web")]],
    [
      "four namespaces",
      { ...two, "c.yaml": variant("code"), "d.yaml": variant("draw"), "hpa.yaml": hpa("variant_name: web") },
      [several("web", web, "chat, code, draw …")],
    ],
    ["one namespace", { "a.yaml": variant("chat"), "hpa.yaml": hpa("variant_name: web") }, []],
    [
      "a namespace that is not written may be the same",
      { "a.yaml": variant("chat"), "b.yaml": variant(undefined), "hpa.yaml": hpa("variant_name: web") },
      [],
    ],
    [
      "another environment is another cluster",
      { "a.yaml": variant("chat"), "dev/b.yaml": variant("search"), "hpa.yaml": hpa("variant_name: web") },
      [],
    ],
    [
      "a variant of another name",
      { "a.yaml": variant("chat"), "b.yaml": variant("search", "api"), "hpa.yaml": hpa("variant_name: web") },
      [],
    ],
    ["the namespace is selected", { ...two, "hpa.yaml": hpa("variant_name: web, exported_namespace: chat") }, []],
    [
      "expressions may select it",
      {
        ...two,
        "hpa.yaml": hpa(
          "variant_name: web",
          ", matchExpressions: [{key: exported_namespace, operator: In, values: [chat]}]",
        ),
      },
      [],
    ],
    ["a name that is filled in later", { ...two, "hpa.yaml": hpa('variant_name: "${NAME}"') }, []],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  test("the query of a ScaledObject", () => {
    const so = (matchers: string) => ({
      ...two,
      "so.yaml": `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web, namespace: chat}
spec:
  scaleTargetRef: {name: web}
  triggers: [{type: prometheus, metadata: {serverAddress: "http://p:9090", query: 'max(wva_desired_replicas{${matchers}})', threshold: "1"}}]
`,
    });
    const query = `'max(wva_desired_replicas{variant_name="web"})'`;
    assert.deepEqual(said(rule, so('variant_name="web"')), [several(query, 'ScaledObject "web"')]);
    assert.deepEqual(said(rule, so('variant_name="web",exported_namespace="chat"')), []);
  });

  test("the fix selects the namespace of the autoscaler", () => {
    const files = { ...two, "hpa.yaml": hpa("variant_name: web") };
    assert.match(mended(rule, files)["hpa.yaml"] ?? "", /matchLabels: \{variant_name: web, exported_namespace: chat\}/);
  });
});

describe("External metrics beside KEDA", () => {
  const rule = "hpa/external-metrics-server";
  const scaledObject = (target = "batch", namespace = "a") => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: batch, namespace: ${namespace}}
spec:
  scaleTargetRef: {name: ${target}}
  triggers: [{type: kafka, metadata: {bootstrapServers: "k:9092", consumerGroup: g, topic: t, lagThreshold: "5"}}]
`;
  const hpa = (
    metric = "{type: External, external: {metric: {name: jobs}, target: {type: AverageValue, averageValue: 5}}}",
  ) => hpaOf({ namespace: "a", metrics: `[${metric}]` });
  const kustomization = { "kustomization.yaml": "resources: [hpa.yaml, so.yaml]\n" };
  const both = [
    `error at jobs: ${web} reads the External metric "jobs", and ScaledObject "batch" needs KEDA: a cluster has one server for external.metrics.k8s.io, so one of the two reads nothing. Scale both with ScaledObjects.`,
  ];
  const table: [title: string, files: Files, expected: string[]][] = [
    ["in one kustomization", { ...kustomization, "hpa.yaml": hpa(), "so.yaml": scaledObject() }, both],
    ["in one file", { "all.yaml": `${hpa()}---\n${scaledObject()}` }, both],
    [
      "through a base in another directory",
      {
        "prod/kustomization.yaml": "resources: [../base, hpa.yaml]\n",
        "prod/hpa.yaml": hpa(),
        "base/kustomization.yaml": "resources: [so.yaml]\n",
        "base/so.yaml": scaledObject(),
      },
      both,
    ],
    ["in one directory only, where alternatives stand too", { "hpa.yaml": hpa(), "so.yaml": scaledObject() }, []],
    [
      "on one target, which is told as that",
      { ...kustomization, "hpa.yaml": hpa(), "so.yaml": scaledObject("web") },
      [],
    ],
    [
      "a metric of KEDA's own",
      {
        ...kustomization,
        "hpa.yaml": hpa(
          "{type: External, external: {metric: {name: s0-kafka, selector: {matchLabels: {scaledobject.keda.sh/name: batch}}}, target: {type: AverageValue, averageValue: 5}}}",
        ),
        "so.yaml": scaledObject(),
      },
      [],
    ],
    [
      "a Pods metric is of another API",
      {
        ...kustomization,
        "hpa.yaml": hpa("{type: Pods, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: 5}}}"),
        "so.yaml": scaledObject(),
      },
      [],
    ],
    [
      "an HPA that KEDA made",
      {
        ...kustomization,
        "hpa.yaml": hpa().replace(
          "namespace: a}",
          "namespace: a, ownerReferences: [{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, name: web, uid: u}]}",
        ),
        "so.yaml": scaledObject(),
      },
      [],
    ],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));
});

describe("a tolerance by the version of Kubernetes", () => {
  const rule = "hpa/tolerance-dropped";
  const dropped = (version: string, half: string) =>
    `warning at tolerance: ${web}: Kubernetes ${version} drops the tolerance of ${half} unless the feature gate HPAConfigurableTolerance is on, and keeps 10 %. 1.35 reads it.`;
  const behavior = '{scaleUp: {tolerance: "0"}, scaleDown: {tolerance: "0"}}';
  const table: [version: string, expected: string[]][] = [
    ["1.32", []],
    ["1.33", [dropped("1.33", "scaleUp"), dropped("1.33", "scaleDown")]],
    ["1.34", [dropped("1.34", "scaleUp"), dropped("1.34", "scaleDown")]],
    ["1.35", []],
  ];
  for (const [version, expected] of table)
    test(version, () => {
      assert.deepEqual(said(rule, { ...running(version), "hpa.yaml": hpaOf({ behavior }) }), expected);
    });

  test("before 1.33 the schema tells it", () => {
    const files = { ...running("1.32"), "hpa.yaml": hpaOf({ behavior }) };
    assert.equal(said("schema/other-version", files).length, 2);
  });

  test("nobody knows where", () => assert.deepEqual(said(rule, { "hpa.yaml": hpaOf({ behavior }) }), []));
});
