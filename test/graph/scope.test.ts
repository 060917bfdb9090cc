import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Graph } from "../../server/graph/graph.ts";
import { wouldBeTargets } from "../../server/graph/scale-target.ts";
import { meet, nearest, nearestOne } from "../../server/graph/scope.ts";
import { Workspace } from "../../server/graph/workspace.ts";
import type { HpaView } from "../../server/kinds/hpa/kind.ts";
import { kinds } from "../../server/kinds/registry.ts";
import type { StackObject } from "../../server/kinds/stack-object.ts";
import type { Files } from "../support/lint.ts";

function graphOf(files: Files): Graph {
  const workspace = new Workspace(kinds);
  for (const [path, text] of Object.entries(files)) workspace.update(path, text);
  return new Graph(workspace);
}

const object = (kind: string, name: string, namespace = "") =>
  `apiVersion: ${kind === "HorizontalPodAutoscaler" ? "autoscaling/v2" : "apps/v1"}\nkind: ${kind}\nmetadata: {name: ${name}${namespace}}\n`;
const deployment = (name: string, namespace = "") => object("Deployment", name, namespace);
const hpa = (target: string, namespace = "") =>
  `${object("HorizontalPodAutoscaler", "h", namespace)}spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${target}}}\n`;

/** The object of a kind in one file. */
function the(graph: Graph, kind: string, path?: string): StackObject {
  const found = graph.lookup(`api/${kind}`).filter((one) => path === undefined || one.path === path);
  assert.equal(found.length, 1, `${found.length} ${kind} in ${path}`);
  return found[0] as StackObject;
}

describe("the nearest candidates", () => {
  const places = (files: Files): string[] => {
    const graph = graphOf(files);
    return nearest(graph, the(graph, "HorizontalPodAutoscaler"), graph.lookup("api/Deployment")).map(
      ({ path, name }) => `${path} ${name?.value}`,
    );
  };
  const table: [title: string, files: Files, expected: string[]][] = [
    ["none", { "a/hpa.yaml": hpa("x") }, []],
    [
      "of the same directory before others",
      { "a/hpa.yaml": hpa("x"), "a/d.yaml": deployment("x"), "b/d.yaml": deployment("x") },
      ["a/d.yaml x"],
    ],
    [
      "anywhere, when the directory has none: all of them",
      { "a/hpa.yaml": hpa("x"), "b/d.yaml": deployment("x"), "c/d.yaml": deployment("x") },
      ["b/d.yaml x", "c/d.yaml x"],
    ],
    [
      "of the own kustomization before those of the directory",
      {
        "a/kustomization.yaml": "resources: [hpa.yaml, ../base]\n",
        "a/hpa.yaml": hpa("x"),
        "a/unlisted.yaml": deployment("x"),
        "base/kustomization.yaml": "resources: [d.yaml]\n",
        "base/d.yaml": deployment("x"),
      },
      ["base/d.yaml x"],
    ],
    [
      "of the base before those of its overlays",
      {
        "base/kustomization.yaml": "resources: [hpa.yaml, d.yaml]\n",
        "base/hpa.yaml": hpa("x"),
        "base/d.yaml": deployment("x"),
        "prod/kustomization.yaml": "resources: [../base, d.yaml]\n",
        "prod/d.yaml": deployment("x"),
      },
      ["base/d.yaml x"],
    ],
    [
      "of all overlays, when the base has none",
      {
        "base/kustomization.yaml": "resources: [hpa.yaml]\n",
        "base/hpa.yaml": hpa("x"),
        "dev/kustomization.yaml": "resources: [../base, d.yaml]\n",
        "dev/d.yaml": deployment("x"),
        "prod/kustomization.yaml": "resources: [../base, d.yaml]\n",
        "prod/d.yaml": deployment("x"),
      },
      ["dev/d.yaml x", "prod/d.yaml x"],
    ],
    [
      "never of another namespace",
      {
        "a/hpa.yaml": hpa("x", ", namespace: one"),
        "a/d.yaml": deployment("x", ", namespace: two"),
        "b/d.yaml": deployment("x", ", namespace: one"),
        "c/d.yaml": deployment("x"),
      },
      ["b/d.yaml x", "c/d.yaml x"],
    ],
    [
      "never a patch",
      {
        "kustomization.yaml": "resources: [hpa.yaml, d.yaml]\npatches: [{path: patch.yaml}]\n",
        "hpa.yaml": hpa("x"),
        "d.yaml": deployment("x"),
        "patch.yaml": deployment("x"),
      },
      ["d.yaml x"],
    ],
    [
      "never a broken document",
      { "hpa.yaml": hpa("x"), "d.yaml": deployment("x"), "e.yaml": `${deployment("x")}spec: {a: [}\n` },
      ["d.yaml x"],
    ],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(places(files), expected));

  test("two of them are no answer to which one", () => {
    const graph = graphOf({ "a/hpa.yaml": hpa("x"), "b/d.yaml": deployment("x"), "c/d.yaml": deployment("x") });
    assert.equal(nearestOne(graph, the(graph, "HorizontalPodAutoscaler"), graph.lookup("api/Deployment")), undefined);
  });
});

describe("two objects meet", () => {
  const meeting = (files: Files, a = "a.yaml", b = "b.yaml"): string => {
    const graph = graphOf(files);
    const hpaAt = Object.keys(files).find((path) => path.endsWith(a));
    const deploymentAt = Object.keys(files).find((path) => path.endsWith(b));
    const [one, two] = [the(graph, "HorizontalPodAutoscaler", hpaAt), the(graph, "Deployment", deploymentAt)];
    assert.equal(meet(graph, one, two), meet(graph, two, one), "it depends on who asks");
    return meet(graph, one, two) ?? "no";
  };
  const [a, b] = [hpa("x"), deployment("x")];
  const table: [title: string, expected: "certain" | "likely" | "no", files: Files][] = [
    ["in one directory", "likely", { "k/a.yaml": a, "k/b.yaml": b }],
    ["in two directories that nothing joins", "no", { "k/a.yaml": a, "l/b.yaml": b }],
    ["in a directory below", "no", { "k/a.yaml": a, "k/l/b.yaml": b }],
    ["in files that name two environments", "no", { "k/dev-a.yaml": a, "k/prod-b.yaml": b }],
    [
      "in two namespaces",
      "no",
      { "k/a.yaml": hpa("x", ", namespace: one"), "k/b.yaml": deployment("x", ", namespace: two") },
    ],
    [
      "in one namespace",
      "likely",
      { "k/a.yaml": hpa("x", ", namespace: one"), "k/b.yaml": deployment("x", ", namespace: one") },
    ],
    ["where one namespace is not written", "no", { "k/a.yaml": hpa("x", ", namespace: one"), "k/b.yaml": b }],
    [
      "where both namespaces are filled in alike",
      "likely",
      { "k/a.yaml": hpa("x", ', namespace: "${NS}"'), "k/b.yaml": deployment("x", ', namespace: "${NS}"') },
    ],
    ["where one namespace is filled in later", "no", { "k/a.yaml": hpa("x", ', namespace: "${NS}"'), "k/b.yaml": b }],
    [
      "in one kustomization",
      "certain",
      { "kustomization.yaml": "resources: [k/a.yaml, l/b.yaml]\n", "k/a.yaml": a, "l/b.yaml": b },
    ],
    [
      "where one file is not listed",
      "no",
      { "k/kustomization.yaml": "resources: [a.yaml]\n", "k/a.yaml": a, "k/b.yaml": b },
    ],
    [
      "in a base and its overlay",
      "certain",
      {
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": a,
        "prod/kustomization.yaml": "resources: [../base, b.yaml]\n",
        "prod/b.yaml": b,
      },
    ],
    [
      "in two overlays of one base",
      "no",
      {
        "base/kustomization.yaml": "resources: []\n",
        "dev/kustomization.yaml": "resources: [../base, a.yaml]\n",
        "dev/a.yaml": a,
        "prod/kustomization.yaml": "resources: [../base, b.yaml]\n",
        "prod/b.yaml": b,
      },
    ],
    [
      "in overlays that one kustomization takes together, in namespaces of their own",
      "no",
      {
        "kustomization.yaml": "resources: [dev, prod]\n",
        "dev/kustomization.yaml": "namespace: dev\nresources: [a.yaml]\n",
        "dev/a.yaml": a,
        "prod/kustomization.yaml": "namespace: prod\nresources: [b.yaml]\n",
        "prod/b.yaml": b,
      },
    ],
    [
      "in parts that one kustomization takes together, one with a prefix",
      "no",
      {
        "kustomization.yaml": "resources: [one, two]\n",
        "one/kustomization.yaml": "namePrefix: one-\nresources: [a.yaml]\n",
        "one/a.yaml": a,
        "two/kustomization.yaml": "resources: [b.yaml]\n",
        "two/b.yaml": b,
      },
    ],
    [
      "in parts that one kustomization takes together",
      "certain",
      {
        "kustomization.yaml": "namePrefix: all-\nresources: [one, two]\n",
        "one/kustomization.yaml": "resources: [a.yaml]\n",
        "one/a.yaml": a,
        "two/kustomization.yaml": "resources: [b.yaml]\n",
        "two/b.yaml": b,
      },
    ],
    [
      "where the kustomization gives both its namespace",
      "certain",
      {
        "kustomization.yaml": "namespace: llm\nresources: [a.yaml, b.yaml]\n",
        "a.yaml": hpa("x", ", namespace: one"),
        "b.yaml": b,
      },
    ],
    [
      "where an overlay takes one away in a patch of its own file",
      "no",
      {
        "base/kustomization.yaml": "resources: [a.yaml, b.yaml]\n",
        "base/a.yaml": a,
        "base/b.yaml": b,
        "prod/kustomization.yaml": "resources: [../base]\npatches: [{path: gone.yaml}]\n",
        "prod/gone.yaml": `$patch: delete\n${object("HorizontalPodAutoscaler", "h")}`,
      },
    ],
    [
      "where an overlay takes one away in an inline patch",
      "no",
      {
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": a,
        "prod/kustomization.yaml":
          "resources: [../base, b.yaml]\npatches:\n  - target: {kind: HorizontalPodAutoscaler}\n    patch: |\n      $patch: delete\n      kind: HorizontalPodAutoscaler\n      metadata: {name: h}\n",
        "prod/b.yaml": b,
      },
    ],
    [
      "in the one overlay that takes nothing away",
      "certain",
      {
        "base/kustomization.yaml": "resources: [a.yaml, b.yaml]\n",
        "base/a.yaml": a,
        "base/b.yaml": b,
        "dev/kustomization.yaml": "resources: [../base]\n",
        "prod/kustomization.yaml": "resources: [../base]\npatches: [{path: gone.yaml}]\n",
        "prod/gone.yaml": `$patch: delete\n${object("HorizontalPodAutoscaler", "h")}`,
      },
    ],
    [
      "where an overlay changes something else",
      "certain",
      {
        "base/kustomization.yaml": "resources: [a.yaml, b.yaml]\n",
        "base/a.yaml": a,
        "base/b.yaml": b,
        "prod/kustomization.yaml": "resources: [../base]\npatches: [{path: replicas.yaml}]\n",
        "prod/replicas.yaml": `${deployment("x")}spec: {replicas: 3}\n`,
      },
    ],
  ];
  for (const [title, expected, files] of table)
    test(`${title}: ${expected}`, () => assert.equal(meeting(files), expected));

  test("in one file", () => {
    assert.equal(meeting({ "all.yaml": `${a}---\n${b}` }, "all.yaml", "all.yaml"), "certain");
  });
});

describe("the objects among which a missing target should have been", () => {
  const names = (files: Files): (string | undefined)[] => {
    const graph = graphOf(files);
    const from = the(graph, "HorizontalPodAutoscaler") as StackObject<HpaView>;
    assert.ok(from.view.target !== undefined);
    return wouldBeTargets(graph, from, from.view.target).map(({ name }) => name?.value);
  };
  const [here, other] = [{ "k/hpa.yaml": hpa("x") }, { "k/d.yaml": deployment("y") }];
  const table: [title: string, files: Files, expected: string[]][] = [
    [
      "those of the directory",
      { ...here, ...other, "k/e.yaml": deployment("z"), "l/d.yaml": deployment("w") },
      ["y", "z"],
    ],
    ["none of another directory", { ...here, "l/d.yaml": deployment("y") }, []],
    ["none of another kind", { ...here, "k/s.yaml": object("StatefulSet", "y") }, []],
    [
      "none of another namespace",
      { "k/hpa.yaml": hpa("x", ", namespace: one"), "k/d.yaml": deployment("y", ", namespace: two") },
      [],
    ],
    ["none when the target is anywhere", { ...here, ...other, "l/d.yaml": deployment("x") }, []],
    ["none beside a template", { ...here, ...other, "k/t.yaml": "metadata: {{ .Values.meta }}\n" }, []],
    ["none beside a broken file", { ...here, ...other, "k/t.yaml": "a: [\n" }, []],
    ["a template elsewhere says nothing", { ...here, ...other, "l/t.yaml": "a: [\n" }, ["y"]],
    ["none beside a chart", { ...here, ...other, "k/Chart.yaml": "name: c\nversion: 1.0.0\n" }, []],
    ["none beside the values of a chart", { ...here, ...other, "k/vllm-values.prod.yaml": "replicas: 3\n" }, []],
    ["none beside a helmfile", { ...here, ...other, "k/helmfile.yaml": "releases: []\n" }, []],
    ["none when a name is filled in later", { ...here, ...other, "k/e.yaml": deployment('"${NAME}"') }, []],
    [
      "none beside an object that makes others",
      {
        ...here,
        ...other,
        "k/l.yaml": "apiVersion: serving.kserve.io/v1alpha1\nkind: LLMInferenceService\nmetadata: {name: q}\n",
      },
      [],
    ],
    [
      "none when an object that makes others gave the target its name",
      { ...here, ...other, "l/l.yaml": "apiVersion: llm-d.ai/v1alpha1\nkind: ModelService\nmetadata: {name: x}\n" },
      [],
    ],
    [
      "such an object elsewhere, of another name, says nothing",
      { ...here, ...other, "l/l.yaml": "apiVersion: llm-d.ai/v1alpha1\nkind: ModelService\nmetadata: {name: q}\n" },
      ["y"],
    ],
    [
      "objects that make no workloads say nothing",
      {
        ...here,
        ...other,
        "k/m.yaml": "apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: m}\n",
        "k/p.yaml": "apiVersion: inference.networking.x-k8s.io/v1alpha2\nkind: InferencePool\nmetadata: {name: p}\n",
        "k/s.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n",
      },
      ["y"],
    ],
    [
      "those of the kustomization, in all its directories",
      {
        "base/kustomization.yaml": "resources: [d.yaml]\n",
        "base/d.yaml": deployment("y"),
        "prod/kustomization.yaml": "resources: [../base, hpa.yaml]\n",
        "prod/hpa.yaml": hpa("x"),
        "other/d.yaml": deployment("z"),
      },
      ["y"],
    ],
    [
      "none with a remote base",
      {
        "k/kustomization.yaml": "resources: [hpa.yaml, d.yaml, 'https://example.com/base?ref=v1']\n",
        ...here,
        ...other,
      },
      [],
    ],
    [
      "none with a chart in the kustomization",
      { "k/kustomization.yaml": "resources: [hpa.yaml, d.yaml]\nhelmCharts: [{name: vllm}]\n", ...here, ...other },
      [],
    ],
    [
      "none with a generator",
      { "k/kustomization.yaml": "resources: [hpa.yaml, d.yaml]\ngenerators: [g.yaml]\n", ...here, ...other },
      [],
    ],
    [
      "a generator of ConfigMaps makes no targets",
      { "k/kustomization.yaml": "resources: [hpa.yaml, d.yaml]\nconfigMapGenerator: [{name: c}]\n", ...here, ...other },
      ["y"],
    ],
    [
      "none when a file of the kustomization was not handed in",
      { "k/kustomization.yaml": "resources: [hpa.yaml, d.yaml, e.yaml]\n", ...here, ...other },
      [],
    ],
    [
      "none when a base was not handed in",
      { "k/kustomization.yaml": "resources: [hpa.yaml, d.yaml, ../base]\n", ...here, ...other },
      [],
    ],
    [
      "none when an overlay writes another target",
      {
        "k/kustomization.yaml": "resources: [hpa.yaml, d.yaml]\n",
        ...here,
        ...other,
        "prod/kustomization.yaml":
          "resources: [../k]\npatches:\n  - target: {kind: HorizontalPodAutoscaler}\n    patch: |\n      - {op: replace, path: /spec/scaleTargetRef/name, value: y}\n",
      },
      [],
    ],
    [
      "none when a replacement writes another target",
      {
        "k/kustomization.yaml":
          "resources: [hpa.yaml, d.yaml]\nreplacements:\n  - source: {kind: Deployment, fieldPath: metadata.name}\n    targets: [{select: {kind: HorizontalPodAutoscaler}, fieldPaths: [spec.scaleTargetRef.name]}]\n",
        ...here,
        ...other,
      },
      [],
    ],
    [
      "with a prefix both sides get it",
      { "k/kustomization.yaml": "namePrefix: dev-\nresources: [hpa.yaml, d.yaml]\n", ...here, ...other },
      ["y"],
    ],
    [
      "none when the target is a name with its prefix written out",
      {
        "k/kustomization.yaml": "namePrefix: dev-\nresources: [hpa.yaml, d.yaml]\n",
        "k/hpa.yaml": hpa("dev-llama"),
        "k/d.yaml": deployment("llama"),
      },
      [],
    ],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(names(files), expected));

  test("the answer is asked again when a missing file comes", () => {
    const workspace = new Workspace(kinds);
    workspace.update("k/kustomization.yaml", "resources: [hpa.yaml, d.yaml, e.yaml]\n");
    workspace.update("k/hpa.yaml", hpa("x"));
    workspace.update("k/d.yaml", deployment("y"));
    const graph = new Graph(workspace);
    const from = the(graph, "HorizontalPodAutoscaler") as StackObject<HpaView>;
    assert.ok(from.view.target !== undefined);
    assert.deepEqual(wouldBeTargets(graph, from, from.view.target), []);
    const { keys } = workspace.update("k/e.yaml", "# nothing yet\n");
    assert.ok([...keys].some((key) => graph.names().has(key)));
    assert.equal(wouldBeTargets(graph, from, from.view.target).length, 1);
  });
});
