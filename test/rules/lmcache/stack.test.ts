import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { serverExample } from "../../../server/rules/lmcache/example.ts";
import { type EngineParts, engine, foundBy, mendedBy, variables } from "./support.ts";

const host = { mounts: "- {name: shm, mountPath: /dev/shm}", volumes: "- {name: shm, hostPath: {path: /dev/shm}}" };
const connector = (name: string) => `--kv-transfer-config\n'{"kv_connector":"${name}","kv_role":"kv_both"}'`;

describe("a pod that asks LMCache's operator", () => {
  const rule = "lmcache/injection-skipped";
  const pod = (container: string, name = "node-cache", kind = "LMCacheEngine") => ({
    "stack.yaml": `apiVersion: lmcache.lmcache.ai/v1alpha1
kind: ${kind}
metadata: {name: node-cache}
spec: {l1: {sizeGB: 60}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata:
      labels: {app: llama, lmcache.ai/lmcache-inject: "true"}
      annotations: {lmcache.ai/lmcache-engine: ${name}}
    spec:
      containers:
        - {name: vllm, image: "vllm/vllm-openai:v0.21.0", ${container}}
`,
  });
  const args = "args: [org/model, --block-size=128]";
  test("by args gets it", () => assert.deepEqual(foundBy(rule, pod(args)), []));
  test("by a shell does not", () => {
    assert.deepEqual(foundBy(rule, pod('command: [/bin/sh, -c, "vllm serve org/model"]')), [
      'warning [/bin/sh, -c, "vllm serve org/model"]',
    ]);
  });
  test("with a connector of its own does not", () => {
    assert.deepEqual(foundBy(rule, pod('args: [org/model, "--kv-transfer-config={}"]')), ["warning {}"]);
  });
  test("for an engine that is not there does not", () => {
    assert.deepEqual(foundBy(rule, pod(args, "node-cash")), ["warning node-cash"]);
    assert.deepEqual(foundBy(rule, pod(args, '"${ENGINE}"')), []);
  });
  test("for CacheBlend needs blocks of 64", () => {
    assert.deepEqual(foundBy(rule, pod(args, "node-cache", "CacheBlendEngine")), ["error 128"]);
    assert.deepEqual(foundBy(rule, pod(args.replace("128", "64"), "node-cache", "CacheBlendEngine")), []);
  });
  test("is not judged without the label", () => {
    const text = pod(args, "other")["stack.yaml"].replace(', lmcache.ai/lmcache-inject: "true"', "");
    assert.deepEqual(foundBy(rule, { "stack.yaml": text }), []);
  });
});

describe("the Service of the remote cache", () => {
  const rule = "lmcache/remote-missing";
  const stack = (url: string, service = "kv-redis") => ({
    ...engine({ config: `local_cpu: true\nremote_url: ${url}` }),
    "service.yaml": `apiVersion: v1\nkind: Service\nmetadata: {name: ${service}, namespace: kv}\nspec: {selector: {a: b}, ports: [{port: 6379}]}\n`,
  });
  const cases: [url: string, expected: string[]][] = [
    ["redis://kv-redis.kv:6379", []],
    ["redis://kv-redis.kv.svc.cluster.local:6379", []],
    ["redis://kv-redis.kv", []],
    ["redis://kv-redsi.kv:6379", ["warning redis://kv-redsi.kv:6379"]],
    ["redis://kv-redis.kv:6380", ["warning redis://kv-redis.kv:6380"]],
    ["redis://kv-redis.other:6379", []],
    ["redis://cache.example.com:6379", []],
    ["redis://unheard-of:6379", []],
    ["redis://${HOST}:6379", []],
  ];
  for (const [url, expected] of cases) test(url, () => assert.deepEqual(foundBy(rule, stack(url)), expected));
});

describe("two workloads that share a cache", () => {
  const rule = "lmcache/different-keys";
  const two = (own: Record<string, string>, its: Record<string, string>, args?: string, model = "") => {
    const url = { LMCACHE_REMOTE_URL: "redis://redis:6379" };
    const one = engine({ env: variables({ ...url, ...own }) })["stack.yaml"] ?? "";
    const parts: EngineParts = { env: variables({ ...url, ...its }), ...(args !== undefined && { args }) };
    const other = (engine(parts)["stack.yaml"] ?? "").replace("name: llama", "name: other");
    return {
      "stack.yaml": `${one}---\n${model === "" ? other : other.replace("meta-llama/Llama-3.1-8B-Instruct", model)}`,
    };
  };
  test("find each other's chunks under the same keys", () => assert.deepEqual(foundBy(rule, two({}, {})), []));
  test("find nothing with another chunk size", () => {
    assert.equal(foundBy(rule, two({ LMCACHE_CHUNK_SIZE: "512" }, {})).length, 2);
    assert.equal(foundBy(rule, two({ LMCACHE_CHUNK_SIZE: "256" }, {})).length, 0);
  });
  test("find nothing with another data type or number of ranks", () => {
    const more = (flag: string) => `${flag}\n${connector("LMCacheConnectorV1")}`;
    assert.equal(foundBy(rule, two({}, {}, more("--kv-cache-dtype=fp8"))).length, 2);
    assert.equal(foundBy(rule, two({}, {}, more("-tp=2"))).length, 2);
    assert.equal(foundBy(rule, two({}, {}, more("-tp=$(TP)"))).length, 0);
  });
  test("may differ when their models do", () => {
    assert.equal(foundBy(rule, two({ LMCACHE_CHUNK_SIZE: "512" }, {}, undefined, "Qwen/Qwen3-8B")).length, 0);
  });
});

describe("models with layers of several kinds", () => {
  const rule = "lmcache/hybrid-model";
  const serving = (model: string, args: string) => {
    const text = engine({ ...host, args })["stack.yaml"] ?? "";
    return { "stack.yaml": text.replace("meta-llama/Llama-3.1-8B-Instruct", model) };
  };
  const count = (model: string, args: string) => foundBy(rule, serving(model, args)).length;
  test("want a connector that tells them apart", () => {
    assert.equal(count("openai/gpt-oss-20b", connector("LMCacheConnectorV1")), 1);
    assert.equal(count("openai/gpt-oss-20b", connector("OffloadingConnector")), 1);
    assert.equal(count("openai/gpt-oss-20b", connector("LMCacheMPConnector")), 0);
    assert.equal(count("meta-llama/Llama-3.1-8B-Instruct", connector("LMCacheConnectorV1")), 0);
    assert.equal(count("my/model", connector("LMCacheConnectorV1")), 0);
  });
  test("may have the manager switched off on purpose", () => {
    const off = `--disable-hybrid-kv-cache-manager\n${connector("LMCacheConnectorV1")}`;
    assert.equal(count("openai/gpt-oss-20b", off), 0);
  });
  test("with a state want more", () => {
    const mp = connector("LMCacheMPConnector");
    const found = (args: string) => foundBy(rule, serving("Qwen/Qwen3.5-27B", args)).map((one) => one.split(" ")[0]);
    assert.deepEqual(found(mp), ["error"]);
    assert.deepEqual(found(`--mamba-cache-mode=align\n${mp}`), []);
    assert.deepEqual(found(`--mamba-cache-mode=align\n--no-enable-prefix-caching\n${mp}`), ["error"]);
    const server = (more: string) => ({
      ...serving("Qwen/Qwen3.5-27B", `--mamba-cache-mode=align\n${mp}`),
      "server.yaml": serverExample(`--l1-size-gb=60\n--eviction-policy=LRU${more}`),
    });
    assert.equal(foundBy(rule, server("")).length, 1);
    assert.equal(foundBy(rule, server("\n--separate-object-groups")).length, 0);
  });
});

describe("metrics of lmcache server", () => {
  const rule = "lmcache/server-metrics-port";
  const scraped = (port: string) => ({
    "server.yaml": serverExample("--l1-size-gb=60\n--eviction-policy=LRU").replace(
      "metadata: {labels: {app: lmcache}}",
      `metadata: {labels: {app: lmcache}, annotations: {prometheus.io/port: "${port}"}}`,
    ),
  });
  test("are on the HTTP port", () => {
    assert.deepEqual(foundBy(rule, scraped("9090")), ['info "9090"']);
    assert.deepEqual(foundBy(rule, scraped("8080")), []);
  });
});

describe("a disk tier that outlives the pod", () => {
  const tier = (volume: string) =>
    engine({
      config: "local_disk: /cache\nmax_local_disk_size: 100",
      mounts: "- {name: disk, mountPath: /cache}",
      volumes: `- {name: disk, ${volume}}`,
    });
  test("has an index that does not", () => {
    const found = (volume: string) => foundBy("lmcache/disk-index", tier(volume));
    assert.deepEqual(found("persistentVolumeClaim: {claimName: kv}"), ["info /cache"]);
    assert.deepEqual(found("hostPath: {path: /mnt}"), ["info /cache"]);
    assert.deepEqual(found("emptyDir: {}"), []);
    assert.deepEqual(found("ephemeral: {volumeClaimTemplate: {spec: {}}}"), []);
  });
});

describe("two engines on the network of the node", () => {
  const one = (name: string, port: number, network = true) => `apiVersion: lmcache.lmcache.ai/v1alpha1
kind: LMCacheEngine
metadata: {name: ${name}}
spec: {l1: {sizeGB: 60}, hostNetwork: ${network}, server: {port: ${port}, httpPort: ${port + 1}}}
`;
  const found = (...engines: string[]) => foundBy("lmcache/host-port", { "stack.yaml": engines.join("---\n") });
  test("want ports of their own", () => {
    assert.deepEqual(found(one("a", 5555), one("b", 5555)), ["warning a", "warning b"]);
    assert.deepEqual(found(one("a", 5555), one("b", 6555)), []);
    assert.deepEqual(found(one("a", 5555), one("b", 5555, false)), []);
  });
  test("of both kinds, one for pods and one for HTTP", () => {
    const blend = one("b", 5555).replace("LMCacheEngine", "CacheBlendEngine");
    assert.deepEqual(found(one("a", 5555), blend), ["warning a", "warning b"]);
    assert.deepEqual(found(one("a", 5555), one("b", 5556)), ["warning a", "warning b"]);
  });
  test("unless arguments of their own say more, or the nodes are others", () => {
    const more = one("b", 5555).replace("server:", "extraArgs: [--port, '7000'], server:");
    assert.deepEqual(found(one("a", 5555), more), []);
    const there = (key: string) => one(key, 5555).replace("server:", `nodeSelector: {pool: ${key}, gpu: "1"}, server:`);
    assert.deepEqual(found(there("a"), there("b")), []);
    const turned = one("b", 5555).replace("server:", 'nodeSelector: {gpu: "1", pool: a}, server:');
    assert.deepEqual(found(there("a"), turned), ["warning a", "warning b"]);
  });

  const daemon = (name: string, flags: string, network = true) => `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      hostNetwork: ${network}
      containers:
        - {name: cache, image: lmcache/standalone:v0.4.0, command: [lmcache, server, ${flags}]}
`;
  test("or as DaemonSets", () => {
    const large = "--l1-size-gb, '60', --eviction-policy, LRU";
    assert.deepEqual(found(daemon("a", large), daemon("b", large)), ["warning a", "warning b"]);
    assert.deepEqual(found(daemon("a", large), daemon("b", `${large}, --port=6555`)), ["warning a", "warning b"]);
    assert.deepEqual(found(daemon("a", large), daemon("b", `${large}, --port=6555, --http-port=8081`)), []);
    assert.deepEqual(found(daemon("a", large), daemon("b", large, false)), []);
    assert.deepEqual(found(daemon("a", large), daemon("b", `${large}, --port=$(PORT)`)), []);
  });
});

test("LMCACHE_USE_EXPERIMENTAL is read by nobody any more", () => {
  const files = engine({ env: variables({ LMCACHE_USE_EXPERIMENTAL: "True" }) });
  assert.deepEqual(foundBy("lmcache/variable", files), ["warning LMCACHE_USE_EXPERIMENTAL"]);
  assert.doesNotMatch(mendedBy("lmcache/variable", files).text, /USE_EXPERIMENTAL/);
});

test("the names of metrics that guides invent are told", () => {
  const rule = `groups:
  - name: cache
    rules:
      - {alert: Misses, expr: 'rate(lmcache_cache_hits_total[5m]) < 1'}
`;
  assert.equal(foundBy("prometheus/unknown-metric", { "rules.yaml": rule }).length, 1);
});
