import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Workspace } from "../../server/graph/workspace.ts";
import { kinds } from "../../server/kinds/registry.ts";

/** The kinds of the documents in a file, outer ones first. */
function kindsIn(text: string, path = "manifest.yaml"): string[] {
  const workspace = new Workspace(kinds);
  return workspace.objectsIn(workspace.update(path, text).file).map(({ kind }) => kind.id);
}

const resource = (kind: string, apiVersion = "lmcache.lmcache.ai/v1alpha1") =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: cache}\nspec: {l1: {sizeGB: 60}}\n`;

describe("resources of the LMCache operator", () => {
  for (const [kind, id] of [
    ["LMCacheEngine", "lmcache-engine"],
    ["CacheBlendEngine", "cache-blend-engine"],
    ["LMCacheCoordinator", "lmcache-coordinator"],
  ] as const) {
    test(kind, () => assert.deepEqual(kindsIn(resource(kind)), [id]));
  }

  test("in every version of their group, also as items of a List", () => {
    assert.deepEqual(kindsIn(resource("LMCacheEngine", "lmcache.lmcache.ai/v1")), ["lmcache-engine"]);
    const item = resource("LMCacheEngine").replace(/^/gm, "    ").replace("    ", "  - ");
    assert.deepEqual(kindsIn(`apiVersion: v1\nkind: List\nitems:\n${item}`), ["lmcache-engine"]);
  });

  test("other groups have their own", () => {
    assert.deepEqual(kindsIn(resource("LMCacheEngine", "example.org/v1")), ["kubernetes-object"]);
    assert.deepEqual(kindsIn(resource("VLLMRouter")), ["kubernetes-object"]);
  });
});

describe("LMCache's files", () => {
  const configMap = (key: string, text: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: lmcache-config}\ndata:\n  ${key}: |\n${text.replace(/^/gm, "    ")}\n`;

  test("the flat one, as a file and in a ConfigMap", () => {
    assert.deepEqual(kindsIn("max_local_cpu_size: 20\n"), ["lmcache-config"]);
    assert.deepEqual(kindsIn(configMap("lmcache.yaml", "chunk_size: 256\nlocal_cpu: true")), [
      "config-map",
      "lmcache-config",
    ]);
  });

  test("the guides' nested one", () => {
    assert.deepEqual(kindsIn(configMap("config.yaml", "storage:\n  cpu:\n    buffer_size: 150Gi")), [
      "config-map",
      "lmcache-nested",
    ]);
  });
});
