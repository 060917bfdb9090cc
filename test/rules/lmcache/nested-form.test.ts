import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine, foundBy, mendedBy, messagesOf } from "./support.ts";

const rule = "lmcache/nested-form";

const guide = `storage:
  cpu:
    enabled: true
    buffer_size: "150Gi"
    eviction_policy: lru
  disk:
    enabled: true
    path: /var/cache/lmcache
    max_size: "1Ti"
    compression: zstd
  remote:
    enabled: true
    backend: redis
    endpoint: redis:6379
async: {max_workers: 8}
observability: {metrics_port: 8001}`;

const sidecar = `- name: lmcache
  image: lmcache/lmcache-server:latest
  env:
    - name: LMCACHE_CONFIG_PATH
      value: /etc/lmcache/lmcache.yaml
  volumeMounts:
    - {name: lmcache-config, mountPath: /etc/lmcache}`;

describe("the nested form", () => {
  test("is warned of once, on its root, alone or mounted", () => {
    assert.deepEqual(foundBy(rule, { "lmcache.yaml": guide }), ["warning storage"]);
    assert.deepEqual(foundBy(rule, engine({ config: guide })), ["warning storage"]);
    assert.deepEqual(foundBy(rule, engine({ config: guide, beside: sidecar })), ["warning storage"]);
  });

  test("is the only one to speak of its variable and its place", () => {
    const files = engine({ config: guide, beside: sidecar });
    assert.deepEqual(messagesOf(rule, files), [
      'LMCache configuration (nested) "lmcache.yaml": no LMCache version reads this nested form. Every key is dropped, and the defaults apply: 5 GiB of host memory, no disk, nothing remote. LMCACHE_CONFIG_PATH is not read either: it is LMCACHE_CONFIG_FILE. And the cache lives in the vLLM container, where variable and mount belong. Write the flat form with max_local_cpu_size in GiB for each rank.',
    ]);
    assert.deepEqual(foundBy("lmcache/config-path", files), []);
  });

  test("is rewritten to the flat form, with the variable", () => {
    const { text, left } = mendedBy(rule, engine({ config: guide, beside: sidecar }));
    assert.deepEqual(left, []);
    assert.match(
      text,
      / {2}lmcache\.yaml: \|\n {4}local_cpu: true\n {4}max_local_cpu_size: 150\n {4}cache_policy: LRU\n {4}local_disk: file:\/\/\/var\/cache\/lmcache\/\n {4}max_local_disk_size: 1024\n {4}remote_url: redis:\/\/redis:6379\n---\n/,
    );
    assert.doesNotMatch(text, /LMCACHE_CONFIG_PATH/);
  });

  test("of a server beside the engine is told to the engine, with the mounts of file and disk", () => {
    const pod = (containers: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
${containers}      volumes:
        - name: config
          configMap: {name: lmcache-config}
        - name: disk
          hostPath: {path: /opt/lmcache}
`;
    const vllm = (more: string) => `        - name: vllm
          image: lmcache/vllm-openai:v0.4.3
          args: [m, --kv-transfer-config, '{"kv_connector":"LMCacheConnectorV1","kv_role":"kv_both"}']
${more}`;
    const server = (env: string, mounts: string) => `        - name: lmcache
          image: lmcache/lmcache-server:v0.4.3
${env}${mounts}`;
    const setting = (name: string) => `            - name: ${name}\n              value: /etc/lmcache/lmcache.yaml\n`;
    const level = "            - name: LMCACHE_LOG_LEVEL\n              value: INFO\n";
    const mounts = `            - name: config
              mountPath: /etc/lmcache # read only
            - name: disk
              mountPath: /var/cache/lmcache
`;
    const config = `apiVersion: v1
kind: ConfigMap
metadata: {name: lmcache-config}
data:
  lmcache.yaml: |
${guide.replace(/^/gm, "    ")}
`;
    const files = (workload: string) => ({ "config.yaml": config, "pod.yaml": workload });
    const before = pod(
      vllm('          env:\n            - name: PYTHONHASHSEED\n              value: "0"\n') +
        server(`          env:\n${setting("LMCACHE_CONFIG_PATH")}${level}`, `          volumeMounts:\n${mounts}`),
    );
    const { text } = mendedBy(rule, files(before));
    assert.equal(
      text.slice(text.indexOf("---\n") + 4),
      pod(
        vllm(
          `          env:\n            - name: PYTHONHASHSEED\n              value: "0"\n${setting("LMCACHE_CONFIG_FILE")}          volumeMounts: [{ name: config, mountPath: /etc/lmcache }, { name: disk, mountPath: /var/cache/lmcache }]\n`,
        ) + server(`          env:\n${level}`, ""),
      ),
    );
  });

  test("has its sizes divided by the ranks of the engine", () => {
    const args = "--tensor-parallel-size=4";
    for (const beside of ["", sidecar]) {
      const { text } = mendedBy(rule, engine({ config: guide, args, beside }));
      assert.match(text, /max_local_cpu_size: 37\.5\n/);
      assert.match(text, /max_local_disk_size: 256\n/);
    }
  });

  test("leaves out tiers that are off, and what LMCache has no word for", () => {
    const off = guide.replaceAll("enabled: true", "enabled: false").replace("policy: lru", "policy: arc");
    assert.equal(mendedBy(rule, { "a.yaml": off }).text, "local_cpu: false");
  });

  test("that is filled in later is warned of, and left to its author", () => {
    const open = engine({ config: guide.replace("150Gi", "${SIZE}") });
    assert.deepEqual(foundBy(rule, open), ["warning storage"]);
    assert.throws(() => mendedBy(rule, open), /offers no fix/);
  });
});

describe("LMCACHE_CONFIG_PATH", () => {
  const flat = engine({ config: "max_local_cpu_size: 20" });
  const renamed = { "stack.yaml": (flat["stack.yaml"] ?? "").replace("LMCACHE_CONFIG_FILE", "LMCACHE_CONFIG_PATH") };

  test("is read by nobody", () => {
    assert.deepEqual(foundBy("lmcache/config-path", renamed), ["error LMCACHE_CONFIG_PATH"]);
    assert.deepEqual(mendedBy("lmcache/config-path", renamed).text, flat["stack.yaml"]);
  });

  test("beside the right one is only idle", () => {
    const env = "- {name: LMCACHE_CONFIG_PATH, value: /etc/lmcache/lmcache.yaml}";
    assert.deepEqual(foundBy("lmcache/config-path", engine({ config: "max_local_cpu_size: 20", env })), [
      "warning LMCACHE_CONFIG_PATH",
    ]);
  });
});
