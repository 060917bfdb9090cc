import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Workspace } from "../../server/graph/workspace.ts";
import type { HelmfileView } from "../../server/kinds/helmfile/kind.ts";
import { kinds } from "../../server/kinds/registry.ts";

function objectsIn(text: string, path = "manifest.yaml") {
  const workspace = new Workspace(kinds);
  return workspace.objectsIn(workspace.update(path, text).file);
}

const kindsIn = (text: string, path?: string) => objectsIn(text, path).map(({ kind }) => kind.id);

describe("eksctl", () => {
  const cluster = (apiVersion: string) => `apiVersion: ${apiVersion}\nkind: ClusterConfig\nmetadata: {name: llm}\n`;

  test("a cluster", () => assert.deepEqual(kindsIn(cluster("eksctl.io/v1alpha5")), ["eksctl-cluster"]));
  test("a ClusterConfig of another group", () =>
    assert.deepEqual(kindsIn(cluster("talos.dev/v1alpha1")), ["kubernetes-object"]));
});

describe("helmfiles", () => {
  const release = "releases: [{name: llama, chart: llm-d/modelservice, values: [values.yaml, {a: 1}]}]\n";
  const table: [title: string, path: string, text: string, ...kinds: string[]][] = [
    ["releases of charts", "any.yaml", release, "helmfile"],
    ["by its name", "helmfile.yaml", "helmfiles: [{path: a.yaml}]\n", "helmfile"],
    ["by its directory", "helmfile.d/10-llama.yaml", "releases: [{name: a}]\n", "helmfile"],
    ["releases of music", "any.yaml", "releases: [{title: a}]\n"],
    ["a template is left alone", "helmfile.yaml", `${release}environments: {{ .x }}\n`],
  ];
  for (const [title, path, text, ...expected] of table)
    test(title, () => assert.deepEqual(kindsIn(text, path), expected));

  test("say their releases, and of values the files", () => {
    const view = objectsIn(release)[0]?.view as HelmfileView | undefined;
    assert.deepEqual(
      view?.releases.map(({ name, chart, values }) => [name?.value, chart?.value, values.map(({ value }) => value)]),
      [["llama", "llm-d/modelservice", ["values.yaml"]]],
    );
  });
});
