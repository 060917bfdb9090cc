import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { Stack } from "../../server/forecast/stack.ts";
import { stackAround } from "../../server/forecast/stack-scope.ts";
import { Workspace } from "../../server/graph/workspace.ts";
import { kinds } from "../../server/kinds/registry.ts";
import { hpa, server } from "../scenario/stack.ts";

type Files = Readonly<Record<string, string>>;

function workspaceOf(files: Files): Workspace {
  const workspace = new Workspace(kinds);
  for (const [path, text] of Object.entries(files)) workspace.update(path, text);
  return workspace;
}

const scope = (files: Files, path: string) => [...stackAround(workspaceOf(files), path)].sort();

function targetsAround(workspace: Workspace, path: string): readonly string[] {
  const stack = new Stack();
  stack.take(new Map([...stackAround(workspace, path)].map((one) => [one, workspace.files.get(one)?.text ?? ""])));
  return stack.targets();
}

const kustomization = (...lines: readonly string[]) =>
  ["apiVersion: kustomize.config.k8s.io/v1beta1", "kind: Kustomization", ...lines, ""].join("\n");
const named = (text: string, name: string) => text.replaceAll("chat", name);
const saturation = `apiVersion: v1
kind: ConfigMap
metadata: {name: wva-saturation-scaling-config}
data:
  default: |
    kvCacheThreshold: 0.8
    queueLengthThreshold: 5
    kvSpareTrigger: 0.1
    queueSpareTrigger: 3
`;

describe("the files that are simulated with a file", () => {
  test("are those beside it and below where no kustomization is", () => {
    const files = { "a/server.yaml": server, "a/deep/hpa.yaml": hpa, "b/server.yaml": named(server, "other") };
    assert.deepEqual(scope(files, "a/server.yaml"), ["a/deep/hpa.yaml", "a/server.yaml"]);
  });

  test("are looked for upwards until a model server is found", () => {
    const files = { "a/server.yaml": server, "a/scaling/deep/hpa.yaml": hpa, "b/server.yaml": named(server, "other") };
    assert.deepEqual(scope(files, "a/scaling/deep/hpa.yaml"), ["a/scaling/deep/hpa.yaml", "a/server.yaml"]);
  });

  test("are those of the smallest kustomization with the server and its autoscaler", () => {
    const files = {
      "base/kustomization.yaml": kustomization("resources: [server.yaml]"),
      "base/server.yaml": server,
      "prod/kustomization.yaml": kustomization("resources: [../base, hpa.yaml]", "patches: [{path: patch.yaml}]"),
      "prod/hpa.yaml": hpa,
      "prod/patch.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: chat}\nspec: {replicas: 3}\n",
      "all/kustomization.yaml": kustomization("resources: [../prod, extra.yaml]"),
      "all/extra.yaml": "a: 1\n",
    };
    const prod = [
      "base/kustomization.yaml",
      "base/server.yaml",
      "prod/hpa.yaml",
      "prod/kustomization.yaml",
      "prod/patch.yaml",
    ];
    for (const path of ["base/server.yaml", "prod/hpa.yaml", "prod/patch.yaml", "prod/kustomization.yaml"])
      assert.deepEqual(scope(files, path), prod, path);
    assert.equal(scope(files, "all/extra.yaml").length, 7);
  });

  test("never stand in another kustomization", () => {
    const files = {
      "a/kustomization.yaml": kustomization("resources: [server.yaml]"),
      "a/server.yaml": server,
      "a/loose.yaml": "a: 1\n",
      "b/kustomization.yaml": kustomization("resources: [notes.yaml]"),
      "b/notes.yaml": "a: 1\n",
    };
    assert.deepEqual(scope(files, "a/loose.yaml"), []);
    assert.deepEqual(scope(files, "b/notes.yaml"), []);
  });

  test("bring along what counts for a whole cluster, from the nearest place above", () => {
    const files = {
      "headroom.config.yaml": "versions: {wva: '0.6'}\n",
      "chat/server.yaml": server,
      "chat/hpa.yaml": hpa,
      "wva/kustomization.yaml": kustomization("resources: [saturation.yaml]"),
      "wva/saturation.yaml": saturation,
    };
    const stack = ["chat/hpa.yaml", "chat/server.yaml", "headroom.config.yaml", "wva/saturation.yaml"];
    assert.deepEqual(scope(files, "chat/hpa.yaml"), stack);
    assert.deepEqual(scope(files, "wva/saturation.yaml"), stack, "and it is the stacks that it counts for");
    const own = { ...files, "chat/saturation.yaml": saturation };
    assert.ok(!scope(own, "chat/hpa.yaml").includes("wva/saturation.yaml"));
  });

  test("may serve several models, each of which is a target", () => {
    const files = {
      "server.yaml": server,
      "hpa.yaml": hpa,
      "other.yaml": named(server, "code").replace("Qwen/Qwen3-32B", "Qwen/Qwen3-14B"),
      "other-hpa.yaml": named(hpa, "code"),
    };
    const workspace = workspaceOf(files);
    assert.deepEqual(targetsAround(workspace, "server.yaml"), ["code", "chat"]);
    const stack = new Stack();
    stack.take(new Map(Object.entries(files)));
    assert.equal(stack.targetOf("other-hpa.yaml"), "code");
    assert.equal(stack.targetOf("hpa.yaml"), "chat");
  });
});

describe("the stacks of the examples", () => {
  const workspace = workspaceOf(
    Object.fromEntries(
      readdirSync("examples", { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith(".yaml"))
        .map((path) => [path.replaceAll("\\", "/"), readFileSync(`examples/${path}`, "utf8")]),
    ),
  );
  const around = (path: string) => [...stackAround(workspace, path)];

  test("have a base for itself and each overlay with it", () => {
    const base = around("production/base/model-server.yaml");
    assert.ok(base.includes("production/base/autoscaling.yaml"));
    assert.ok(base.every((path) => !path.includes("/overlays/") && !path.includes("/batch/")));
    for (const overlay of ["dev", "staging", "production"]) {
      const files = around(`production/overlays/${overlay}/autoscaling.yaml`);
      assert.ok(files.includes("production/base/model-server.yaml"), overlay);
      assert.ok(
        files.every((path) => !path.includes("/overlays/") || path.includes(`/overlays/${overlay}/`)),
        overlay,
      );
    }
  });

  test("share the configuration of WVA, which knows them all", () => {
    assert.ok(around("production/base/autoscaling.yaml").includes("production/wva/saturation.yaml"));
    assert.ok(around("production/base/autoscaling.yaml").includes("production/headroom.config.yaml"));
    const all = around("production/wva/saturation.yaml");
    assert.ok(all.includes("production/base/model-server.yaml") && all.includes("production/batch/model-server.yaml"));
  });

  test("keep the broken one apart", () => {
    const files = around("broken/saturation.yaml");
    assert.ok(files.length > 4 && files.every((path) => path.startsWith("broken/")));
  });
});
