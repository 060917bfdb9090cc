import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cut, type Files, lint } from "../../support/lint.ts";

const configMap = (yaml: string, block = "|") => `apiVersion: v1
kind: ConfigMap
metadata:
  name: lmcache-config
data:
  config.yaml: ${block}
${yaml.trimEnd().replace(/^(?=.)/gm, "    ")}
`;

const nested = (path: string, enabled = "true") => `storage:
  cpu:
    buffer_size: "8Gi"
  disk:
    enabled: ${enabled}
    path: ${path}
    max_size: "1Ti"
    compression: zstd
`;

const flat = (path: string, size: string | undefined = "500") => `local_cpu: true
max_local_cpu_size: 5
local_disk: ${path}
${size === "" ? "" : `max_local_disk_size: ${size}\n`}`;

interface Pod {
  readonly kind?: string;
  readonly mounts?: readonly string[];
  readonly volumes?: readonly string[];
  readonly env?: readonly string[];
  readonly more?: string;
  readonly image?: string;
}

const list = (indent: string, items: readonly string[]) => items.map((item) => `${indent}- ${item}\n`).join("");

const pod = ({ kind = "Deployment", mounts = [], volumes = [], env, more = "", image }: Pod) => `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: llama
spec:
  template:
    spec:
      containers:
        - name: vllm
${image === "" ? "" : `          image: ${image ?? "vllm/vllm-openai:v0.21.0"}\n`}          env:
${list("            ", env ?? ["{name: LMCACHE_CONFIG_FILE, value: /etc/lmcache/config.yaml}"])}          volumeMounts:
${list("            ", ["{name: config, mountPath: /etc/lmcache}", ...mounts])}      volumes:
${list("        ", ["{name: config, configMap: {name: lmcache-config}}", ...volumes])}${more}`;

const ours = (files: Files) => lint(files).filter(({ rule }) => rule === "lmcache/disk-on-emptydir");
const found = (files: Files) => ours(files).map((finding) => `${finding.severity} ${cut(files, finding)}`);
const stack = (...documents: string[]): Files => ({ "stack.yaml": documents.join("---\n") });

const cacheMount = ["{name: cache, mountPath: /var/cache/lmcache}"];
const emptyDir = ["{name: cache, emptyDir: {}}"];
const onEmptyDir = pod({ mounts: cacheMount, volumes: emptyDir });

describe("the volume below the disk tier", () => {
  const volumes: [name: string, volume: string, expected: string[]][] = [
    ["an emptyDir", "emptyDir: {}", ["warning /var/cache/lmcache"]],
    ["an emptyDir with a size", "emptyDir: {sizeLimit: 600Gi}", ["warning /var/cache/lmcache"]],
    ["an emptyDir in memory", "emptyDir: {medium: Memory}", ["error /var/cache/lmcache"]],
    ["a claim", "persistentVolumeClaim: {claimName: cache}", []],
    ["a claim of the pod", "ephemeral: {volumeClaimTemplate: {spec: {}}}", []],
    ["a host path", "hostPath: {path: /opt/lmcache, type: DirectoryOrCreate}", []],
    ["a CSI volume", "csi: {driver: local.csi.example}", []],
  ];
  for (const [name, volume, expected] of volumes) {
    const files = (config: string) =>
      stack(configMap(config), pod({ mounts: cacheMount, volumes: [`{name: cache, ${volume}}`] }));
    test(`${name}, nested form`, () => assert.deepEqual(found(files(nested("/var/cache/lmcache"))), expected));
    test(`${name}, flat form`, () => assert.deepEqual(found(files(flat("/var/cache/lmcache"))), expected));
  }

  test("no volume at all is an error", () => {
    const files = stack(configMap(nested("/var/cache/lmcache")), pod({}));
    assert.deepEqual(found(files), ["error /var/cache/lmcache"]);
    assert.equal(
      ours(files)[0]?.message,
      'The disk tier /var/cache/lmcache of container "vllm" in Deployment "llama" lies on no volume: LMCache writes into the container\'s own layer, which counts as ephemeral storage, can get the pod evicted, and is gone at each restart of the container. Mount a PersistentVolumeClaim there.',
    );
  });

  test("says that an emptyDir outlives the container but not the pod, and where it is", () => {
    const [finding] = ours(stack(configMap(nested("/var/cache/lmcache")), onEmptyDir));
    assert.equal(
      finding?.message,
      'The disk tier /var/cache/lmcache of container "vllm" in Deployment "llama" lies on the emptyDir "cache", which survives a restart of the container but not the pod: each rollout, eviction or move to another node begins with an empty cache. Without a sizeLimit it may fill the disk of the node as well. Mount a PersistentVolumeClaim there.',
    );
    assert.deepEqual(
      finding?.related.map(({ message }) => message),
      ['the emptyDir "cache", mounted at /var/cache/lmcache'],
    );
    assert.deepEqual(finding?.fixes, []);
  });

  test("a claim template of a StatefulSet, also before a volume of the same name", () => {
    const claims = "  volumeClaimTemplates:\n    - metadata: {name: cache}\n";
    const claimed = pod({ kind: "StatefulSet", mounts: cacheMount, more: claims });
    assert.deepEqual(found(stack(configMap(nested("/var/cache/lmcache")), claimed)), []);
    const both = pod({ kind: "StatefulSet", mounts: cacheMount, volumes: emptyDir, more: claims });
    assert.deepEqual(found(stack(configMap(nested("/var/cache/lmcache")), both)), []);
    const other = pod({ kind: "StatefulSet", mounts: cacheMount, volumes: emptyDir });
    assert.deepEqual(found(stack(configMap(nested("/var/cache/lmcache")), other)), ["warning /var/cache/lmcache"]);
  });

  test("a volume that the template does not define says nothing", () => {
    assert.deepEqual(found(stack(configMap(nested("/var/cache/lmcache")), pod({ mounts: cacheMount }))), []);
  });

  test("mounts above and below the path", () => {
    const above = pod({ mounts: ["{name: cache, mountPath: /var}"], volumes: emptyDir });
    assert.deepEqual(found(stack(configMap(nested("/var/cache/lmcache")), above)), ["warning /var/cache/lmcache"]);
    const below = pod({ mounts: ["{name: cache, mountPath: /var/cache/lmcache/disk}"], volumes: emptyDir });
    assert.deepEqual(found(stack(configMap(nested("/var/cache/lmcache")), below)), ["error /var/cache/lmcache"]);
    const sibling = pod({ mounts: ["{name: cache, mountPath: /var/cache/lm}"], volumes: emptyDir });
    assert.deepEqual(found(stack(configMap(nested("/var/cache/lmcache")), sibling)), ["error /var/cache/lmcache"]);
    const deepest = pod({
      mounts: ["{name: root, mountPath: /var}", ...cacheMount],
      volumes: [...emptyDir, "{name: root, persistentVolumeClaim: {claimName: var}}"],
    });
    assert.deepEqual(found(stack(configMap(nested("/var/cache/lmcache")), deepest)), ["warning /var/cache/lmcache"]);
  });

  test("mounts that are not known, or not all there, are no missing mounts", () => {
    const templated = pod({ mounts: ['{name: cache, mountPath: "${CACHE}"}'], volumes: emptyDir });
    assert.deepEqual(found(stack(configMap(nested("/var/cache/lmcache")), templated)), []);
    const partial = pod({ image: "" });
    assert.deepEqual(found(stack(configMap(nested("/var/cache/lmcache")), partial)), []);
    const files = {
      "kustomization.yaml": "resources: [lmcache.yaml]\npatches: [{path: patch.yaml}]\n",
      "lmcache.yaml": configMap(nested("/var/cache/lmcache")),
      "patch.yaml": pod({}),
    };
    assert.deepEqual(found(files), []);
  });
});

describe("what counts as a disk tier", () => {
  const paths: [name: string, config: string, expected: string[]][] = [
    ["nested, switched off", nested("/var/cache/lmcache", "false"), []],
    ["nested, perhaps", nested("/var/cache/lmcache", '"${DISK}"'), []],
    ["nested, templated", nested('"${DISK}/lmcache"'), []],
    ["nested, relative", nested("lmcache"), []],
    ["a URL", flat("file:///var/cache/lmcache/"), ["warning file:///var/cache/lmcache/"]],
    ["a URL in quotes", flat('"file:///var/cache/lmcache/"'), ['warning "file:///var/cache/lmcache/"']],
    ["no size", flat("/var/cache/lmcache", ""), []],
    ["size zero", flat("/var/cache/lmcache", "0"), []],
    ["a size that LMCache cannot read", flat("/var/cache/lmcache", '"1Ti"'), []],
    ["a size in quotes", flat("/var/cache/lmcache", '"1024"'), ["warning /var/cache/lmcache"]],
    ["relative", flat('"file://cache/"'), []],
    ["null", flat("null"), []],
    [
      "several paths, each by itself",
      flat('"file:///var/cache/lmcache/0, /var/cache/lmcache/1,/scratch/"'),
      ["warning file:///var/cache/lmcache/0", "warning /var/cache/lmcache/1", "error /scratch/"],
    ],
  ];
  for (const [name, config, expected] of paths) {
    test(name, () => assert.deepEqual(found(stack(configMap(config), onEmptyDir)), expected));
  }

  test("block scalars with and without a last line break", () => {
    for (const block of ["|", "|-", "|+"])
      assert.deepEqual(found(stack(configMap(nested("/var/cache/lmcache"), block), onEmptyDir)), [
        "warning /var/cache/lmcache",
      ]);
  });

  const disk = (path: string) => `{name: LMCACHE_LOCAL_DISK, value: "${path}"}`;
  const size = (gib: string) => `{name: LMCACHE_MAX_LOCAL_DISK_SIZE, value: "${gib}"}`;
  const file = "{name: LMCACHE_CONFIG_FILE, value: /etc/lmcache/config.yaml}";
  const environment: [name: string, env: readonly string[], config: string, expected: string[]][] = [
    ["both from the environment", [disk("/var/cache/lmcache"), size("500")], "", ['warning "/var/cache/lmcache"']],
    ["a path without a size", [disk("/var/cache/lmcache")], "", []],
    ["a path over the file's", [file, disk("/scratch")], flat("/var/cache/lmcache"), ['error "/scratch"']],
    ["a size over the file's", [file, size("0")], flat("/var/cache/lmcache"), []],
    ["a size for the file's path", [file, size("9")], flat("/var/cache/lmcache", ""), ["warning /var/cache/lmcache"]],
    ["a path that is filled in later", [file, disk("$(POD)")], flat("/var/cache/lmcache"), []],
  ];
  for (const [name, env, config, expected] of environment) {
    test(name, () => {
      const documents = config === "" ? [] : [configMap(config)];
      assert.deepEqual(found(stack(...documents, pod({ mounts: cacheMount, volumes: emptyDir, env }))), expected);
    });
  }

  test("items of a List", () => {
    const item = (yaml: string) => `  - ${yaml.trimEnd().replaceAll("\n", "\n    ")}\n`;
    const items = [configMap(nested("/var/cache/lmcache")), onEmptyDir].map(item).join("");
    assert.deepEqual(found({ "list.yaml": `apiVersion: v1\nkind: List\nitems:\n${items}` }), [
      "warning /var/cache/lmcache",
    ]);
  });

  test("two workloads that read one file are named each", () => {
    const second = onEmptyDir.replace("name: llama", "name: qwen");
    const messages = ours(stack(configMap(nested("/var/cache/lmcache")), onEmptyDir, second)).map(
      ({ message }) => /Deployment "\w+"/.exec(message)?.[0],
    );
    assert.deepEqual(messages, ['Deployment "llama"', 'Deployment "qwen"']);
  });
});
