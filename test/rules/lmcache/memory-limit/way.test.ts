import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pipelineOf } from "../../../support/lint.ts";
import { configMap, found, nested, type Pod, sidecar, stack } from "./support.ts";

describe("the way from a container to its configuration", () => {
  const wrong = configMap(nested('"150Gi"'));

  test("either variable, any block scalar, a List", () => {
    const deployment = sidecar({ limit: "10Gi" });
    for (const block of ["|", "|-", "|+", "|2-"]) {
      const map = configMap(nested('"150Gi"'), { block }).replace(/^ {4}(?=.)/gm, "    ");
      assert.deepEqual(found(stack(map, deployment)), ["error 10Gi"], block);
    }
    assert.deepEqual(found(stack(wrong, sidecar({ limit: "10Gi", variable: "LMCACHE_CONFIG_FILE" }))), ["error 10Gi"]);
    const item = (yaml: string) => `  - ${yaml.trimEnd().replaceAll("\n", "\n    ")}\n`;
    const list = `apiVersion: v1\nkind: List\nitems:\n${item(wrong)}${item(deployment)}`;
    assert.deepEqual(found({ "list.yaml": list }), ["error 10Gi"]);
  });

  test("a server without the variable reads the one configuration among its mounts", () => {
    const unset = sidecar({ limit: "10Gi", variable: "LOG_LEVEL", file: "info" });
    assert.deepEqual(found(stack(wrong, unset)), ["error 10Gi"]);
    const two = `${wrong}  other.yaml: |\n${nested('"8Gi"').replace(/^/gm, "    ")}\n`;
    assert.deepEqual(found(stack(two, unset)), []);
    const named = unset.replace("image: lmcache/lmcache-server:latest", "image: registry.local/kv-cache:1");
    assert.deepEqual(found(stack(wrong, named)), ["error 10Gi"]);
    assert.deepEqual(found(stack(wrong, named.replace("- name: lmcache\n", "- name: proxy\n"))), []);
  });

  const ways: [name: string, pod: Pod, expected: string[]][] = [
    ["the file of another key", { file: "/etc/lmcache/other.yaml" }, []],
    ["a file outside every mount", { file: "/config/config.yaml" }, []],
    ["a file that the environment fills in", { file: "$(CONFIG_DIR)/config.yaml" }, []],
    ["a path with a slash too many", { file: "/etc//lmcache/./config.yaml" }, ["error 10Gi"]],
    [
      "a mounted single key",
      { mount: "{name: config, mountPath: /etc/lmcache/config.yaml, subPath: config.yaml}" },
      ["error 10Gi"],
    ],
    [
      "a mounted single key under another name",
      { mount: "{name: config, mountPath: /srv/cache.yaml, subPath: config.yaml}", file: "/srv/cache.yaml" },
      ["error 10Gi"],
    ],
    [
      "another key mounted there",
      { mount: "{name: config, mountPath: /etc/lmcache/config.yaml, subPath: other.yaml}" },
      [],
    ],
    [
      "a key that the volume renames",
      {
        volume: "configMap: {name: lmcache-config, items: [{key: config.yaml, path: cache/lmc.yaml}]}",
        file: "/etc/lmcache/cache/lmc.yaml",
      },
      ["error 10Gi"],
    ],
    [
      "a key that the volume leaves out",
      { volume: "configMap: {name: lmcache-config, items: [{key: other.yaml, path: other.yaml}]}" },
      [],
    ],
    ["a projected volume", { volume: "projected: {sources: [{configMap: {name: lmcache-config}}]}" }, ["error 10Gi"]],
    ["a ConfigMap that is not there", { volume: "configMap: {name: other-config}" }, []],
    ["a Secret", { volume: "secret: {secretName: lmcache-config}" }, []],
  ];
  for (const [name, pod, expected] of ways) {
    test(name, () => assert.deepEqual(found(stack(wrong, sidecar({ limit: "10Gi", ...pod }))), expected));
  }

  test("the deepest mount wins", () => {
    const pod = sidecar({ limit: "10Gi" })
      .replace("{name: config, mountPath: /etc/lmcache}", "{name: scratch, mountPath: /etc}\n            - $&")
      .replace("      volumes:\n", "$&        - {name: scratch, emptyDir: {}}\n");
    assert.deepEqual(found(stack(wrong, pod)), ["error 10Gi"]);
  });

  test("the nested form is told by its keys, whatever its file is called", () => {
    const map = configMap(nested('"150Gi"'), { key: "lmcache.yaml" });
    assert.deepEqual(
      found({ "lmcache.yaml": `${map}---\n${sidecar({ limit: "10Gi", file: "/etc/lmcache/lmcache.yaml" })}` }),
      ["error 10Gi"],
    );
  });

  test("a ConfigMap of another directory counts when it is the only one", () => {
    const files = { "base/deployment.yaml": sidecar({ limit: "10Gi" }), "config/lmcache.yaml": wrong };
    assert.deepEqual(found(files), ["error 10Gi"]);
  });

  test("an edit of the ConfigMap is seen at the limit", () => {
    const pipeline = pipelineOf({ "pods.yaml": sidecar({ limit: "10Gi" }), "config.yaml": wrong });
    const isFound = () => pipeline.findingsOf("pods.yaml").some(({ rule }) => rule === "lmcache/memory-limit");
    assert.equal(isFound(), true);
    pipeline.update("config.yaml", configMap(nested('"8Gi"')));
    pipeline.refresh();
    assert.equal(isFound(), false);
  });

  test("two overlays with their own ConfigMap leave the base alone", () => {
    const overlay = "resources: [../../base, lmcache.yaml]\n";
    const files = {
      "base/kustomization.yaml": "resources: [deployment.yaml]\n",
      "base/deployment.yaml": sidecar({ limit: "10Gi" }),
      "overlays/dev/kustomization.yaml": overlay,
      "overlays/dev/lmcache.yaml": configMap(nested('"8Gi"')),
      "overlays/prod/kustomization.yaml": overlay,
      "overlays/prod/lmcache.yaml": wrong,
    };
    assert.deepEqual(found(files), []);
  });

  test("another namespace's ConfigMap is not meant", () => {
    const at = (yaml: string, namespace: string) => yaml.replace("metadata:\n", `$&  namespace: ${namespace}\n`);
    assert.deepEqual(found(stack(at(wrong, "a"), at(sidecar({ limit: "10Gi" }), "b"))), []);
    assert.deepEqual(found(stack(at(wrong, "a"), at(sidecar({ limit: "10Gi" }), "a"))), ["error 10Gi"]);
  });

  test("a template inside the ConfigMap says nothing", () => {
    const templated = configMap("{{ if .Values.cpu }}\nstorage:\n  cpu:\n    buffer_size: 150Gi\n{{ end }}\n");
    assert.deepEqual(found(stack(templated, sidecar({ limit: "10Gi" }))), []);
  });
});
