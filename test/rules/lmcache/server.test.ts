import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { serverExample } from "../../../server/rules/lmcache/example.ts";
import type { Files } from "../../support/lint.ts";
import { engine, foundBy, mendedBy } from "./support.ts";

const sized = "--l1-size-gb=60\n--eviction-policy=LRU";
const server = (args: string, pod?: string, resources?: string): Files => ({
  "server.yaml": serverExample(args, pod, resources),
});

function cases(
  rule: string,
  table: readonly (readonly [name: string, files: Files, expected: readonly string[]])[],
): void {
  for (const [name, files, expected] of table) test(name, () => assert.deepEqual(foundBy(rule, files), expected));
}

const connect = (extra: object = {}, more = "") =>
  `${more}--kv-transfer-config\n'${JSON.stringify({ kv_connector: "LMCacheMPConnector", kv_role: "kv_both", kv_connector_extra_config: extra })}'`;
const host = { mounts: "- {name: shm, mountPath: /dev/shm}", volumes: "- {name: shm, hostPath: {path: /dev/shm}}" };
const both = (args: string, extra: object = {}, more = ""): Files => ({
  ...server(args),
  ...engine({ ...host, args: connect({ "lmcache.mp.host": "tcp://$(NODE_IP)", ...extra }, more) }),
});

describe("flags that lmcache server must have", () => {
  cases("lmcache/server-flag-missing", [
    ["both", server(sized), []],
    ["no policy", server("--l1-size-gb=60"), ["error server"]],
    ["no size", server("--eviction-policy=LRU"), ["error server"]],
    ["another manager of the tier", server("--l1-manager=mine\n--eviction-policy=LRU"), []],
    ["flags that are filled in later", server("$(ARGS)"), []],
    ["a misspelt one", server("--l1-size=60\n--evictionpolicy=LRU"), []],
  ]);
  test("get a policy", () => {
    const { text, left } = mendedBy("lmcache/server-flag-missing", server("--l1-size-gb=60"));
    assert.deepEqual(left, []);
    assert.match(text, /- --l1-size-gb=60\n {12}- --eviction-policy=LRU\n/);
  });
});

describe("memory of lmcache server", () => {
  const memory = (request: string, limit: string, args = sized) =>
    server(args, undefined, `resources: {requests: {${request}}, limits: {${limit}}}`);
  cases("lmcache/server-memory", [
    ["a limit of the tier", memory("cpu: 4", "memory: 60Gi"), ["error 60Gi"]],
    ["a limit with little beside", memory("cpu: 4", "memory: 64Gi"), ["warning 64Gi"]],
    ["a limit with enough", memory("cpu: 4", "memory: 65Gi"), []],
    ["a request below", memory("memory: 10Gi", "memory: 98Gi"), ["warning 10Gi"]],
    ["a tier on a disk", memory("cpu: 4", "memory: 10Gi", `${sized}\n--gds-l1-path=/nvme`), []],
    ["no limit", memory("cpu: 4", "cpu: 8"), []],
  ]);
  test("is counted as the operator does", () => {
    assert.match(mendedBy("lmcache/server-memory", memory("cpu: 4", "memory: 10Gi")).text, /memory: 98Gi/);
  });
  test("of an LMCacheEngine may be overridden too low", () => {
    const engineOf = (limit: string) => ({
      "engine.yaml": `apiVersion: lmcache.lmcache.ai/v1alpha1
kind: LMCacheEngine
metadata: {name: cache}
spec: {l1: {sizeGB: 60}, resourceOverrides: {limits: {memory: ${limit}}}}
`,
    });
    assert.deepEqual(foundBy("lmcache/server-memory", engineOf("40Gi")), ["error 40Gi"]);
    assert.deepEqual(foundBy("lmcache/server-memory", engineOf("98Gi")), []);
  });
});

describe("/dev/shm between engine and server", () => {
  const emptyDir = {
    mounts: "- {name: shm, mountPath: /dev/shm}",
    volumes: "- {name: shm, emptyDir: {medium: Memory}}",
  };
  const rule = "lmcache/shared-memory";
  const inEngine = (parts: object, extra: object = {}) => engine({ args: connect(extra), ...parts });
  cases(rule, [
    ["the host's", inEngine(host), []],
    ["an emptyDir", inEngine(emptyDir), ["error {name: shm, mountPath: /dev/shm}"]],
    ["isolated IPC", inEngine(emptyDir, { "lmcache.mp.isolated_ipc": true }), []],
    ["a server that the engine starts", inEngine({}, { "lmcache.mp.autostart": true }), []],
    ["another connector", engine(emptyDir), []],
    ["the host's IPC for a server", server(sized), []],
    ["none for a server", server(sized, "hostPID: false"), ["error server"]],
    ["isolated IPC for a server", server(`${sized}\n--isolated-ipc`, "hostPID: false"), []],
  ]);
  test("none of the host's", () => assert.equal(foundBy(rule, inEngine({})).length, 1));
  test("a webhook arranges it", () => {
    const text = (inEngine({})["stack.yaml"] ?? "").replace(
      "labels: {app: llama}",
      'labels: {app: llama, lmcache.ai/lmcache-inject: "true"}',
    );
    assert.deepEqual(foundBy(rule, { "stack.yaml": text }), []);
  });
  test("is the host's after the fix", () => {
    const { text, left } = mendedBy(rule, inEngine(emptyDir));
    assert.deepEqual(left, []);
    assert.match(text, /\{name: shm, hostPath: \{ path: \/dev\/shm \}\}/);
  });
});

describe("engine and server", () => {
  const count = (files: Files) => foundBy("lmcache/server-mismatch", files).length;
  test("meet at the default port, or at the same one", () => {
    assert.equal(count(both(sized)), 0);
    assert.equal(count(both(`${sized}\n--port=6555`)), 1);
    assert.equal(count(both(`${sized}\n--port=6555`, { "lmcache.mp.port": 6555 })), 0);
  });
  test("behind a Service may use another port", () => {
    assert.equal(count(both(`${sized}\n--port=6555`, { "lmcache.mp.host": "tcp://lmcache" })), 0);
  });
  test("speak one transport", () => {
    assert.equal(count(both(`${sized}\n--transport=grpc`)), 1);
    assert.equal(count(both(`${sized}\n--transport=grpc`, { "lmcache.mp.host": "grpc://$(NODE_IP)" })), 0);
  });
  test("do not meet on the localhost of two pods", () => {
    const at = (address: string, change = (text: string) => text) => {
      const files = both(sized, { "lmcache.mp.host": address });
      return count({ ...files, "stack.yaml": change(files["stack.yaml"] ?? "") });
    };
    assert.equal(at("tcp://localhost"), 1);
    assert.equal(
      at("tcp://localhost", (text) => text.replace("    spec:\n", "    spec:\n      hostNetwork: true\n")),
      0,
    );
    const proxy = "      containers:\n        - {name: proxy, image: haproxy}\n";
    assert.equal(
      at("tcp://localhost", (text) => text.replace("      containers:\n", proxy)),
      0,
    );
  });
  test("isolate IPC both or not at all", () => {
    assert.equal(count(both(sized, { "lmcache.mp.isolated_ipc": true })), 1);
    assert.equal(count(both(`${sized}\n--isolated-ipc`, { "lmcache.mp.isolated_ipc": true })), 0);
    assert.equal(
      count(both(`${sized}\n--isolated-ipc`, { "lmcache.mp.isolated_ipc": "true" }, "--enable-sleep-mode\n")),
      1,
    );
  });
  test("are not compared where there are two servers", () => {
    const two = both(`${sized}\n--port=6555`);
    const other = (two["server.yaml"] ?? "").replace("name: lmcache\nspec", "name: other\nspec");
    assert.equal(count({ ...two, "other.yaml": other }), 0);
  });

  test("agree on chunks and blocks", () => {
    const found = (args: string, block: string) => foundBy("lmcache/chunk-size", both(args, {}, block));
    assert.deepEqual(found(sized, "--block-size=64\n"), []);
    assert.deepEqual(found(sized, "--block-size=512\n"), ["error 512"]);
    assert.deepEqual(found(`${sized}\n--chunk-size=96`, "--block-size=64\n"), ["error 64"]);
    assert.deepEqual(found(sized, "--block-size=64\n-dcp=8\n"), ["error 64"]);
    assert.deepEqual(found(sized, ""), []);
    const { text } = mendedBy("lmcache/chunk-size", both(`${sized}\n--chunk-size=96`, {}, "--block-size=64\n"));
    assert.match(text, /--chunk-size=128/);
  });

  test("inside vLLM chunks may end within a block, at a price", () => {
    const inside = (size: number) =>
      foundBy("lmcache/chunk-size", engine({ config: `chunk_size: ${size}\nlocal_cpu: true` }));
    assert.deepEqual(inside(256), []);
    assert.deepEqual(inside(100), ["info 100"]);
  });
});

describe("a server that is started as a module", () => {
  const module = (args: string, resources = "") =>
    Object.fromEntries(
      Object.entries(server(args, "hostIPC: true", resources)).map(([path, text]) => [
        path,
        text.replace("[lmcache, server]", "[python3, -m, lmcache.v1.multiprocess.server]"),
      ]),
    );
  test("has its tier counted, under the flag's earlier name too", () => {
    const resources = "resources: {requests: {memory: 10Gi}, limits: {memory: 120Gi}}";
    assert.deepEqual(foundBy("lmcache/server-memory", module("--cpu-buffer-size=60", resources)), ["warning 10Gi"]);
    assert.deepEqual(foundBy("lmcache/server-memory", module("--l1-size-gb=60", resources)), ["warning 10Gi"]);
  });
  test("may be of a time that had other flags", () => {
    assert.deepEqual(foundBy("lmcache/server-flag", module("--cpu-buffer-size=60")), ["warning --cpu-buffer-size"]);
    assert.deepEqual(foundBy("lmcache/server-flag-missing", module("--l1-size-gb=60")), []);
  });
  test("has its metrics where it says", () => {
    assert.deepEqual(foundBy("lmcache/server-metrics-port", module(`${sized}\n--prometheus-port=9090`)), []);
  });
});

describe("eviction and times of lmcache server", () => {
  const noop = "--l1-size-gb=60\n--eviction-policy=noop";
  const adapter = `--l2-adapter='{"type":"fs","base_path":"/data"}'`;
  cases("lmcache/server-eviction", [
    ["noop", server(noop), ["warning --eviction-policy=noop"]],
    ["noop with a way past the tier", server(`${noop}\n--l2-store-policy=skip_l1\n${adapter}`), []],
    [
      "a way past the tier to nowhere",
      server(`${sized}\n--l2-store-policy=skip_l1`),
      ["warning --l2-store-policy=skip_l1"],
    ],
    [
      "a grace below the timeout",
      server(`${sized}\n--worker-registration-grace-seconds=60`),
      ["error --worker-registration-grace-seconds=60"],
    ],
    [
      "a timeout below three signs of life",
      server(`${sized}\n--worker-reap-timeout-seconds=20`),
      ["warning --worker-reap-timeout-seconds=20"],
    ],
    ["no timeout", server(`${sized}\n--worker-reap-timeout-seconds=0`), []],
  ]);
});
