import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { configMap, engine, found, nested, ours, sidecar, stack } from "./support.ts";

describe("a sidecar's limit against buffer_size", () => {
  const cases: [limit: string, buffer: string, expected: string[]][] = [
    ["10Gi", '"150Gi"', ["error 10Gi"]],
    ["150Gi", '"150Gi"', ["error 150Gi"]],
    ["161061273600", "150Gi", ["error 161061273600"]],
    ["161061273601", "150Gi", ["warning 161061273601"]],
    ["150G", '"150Gi"', ["error 150G"]],
    ["150Gi", '"150G"', ["warning 150Gi"]],
    ["160Gi", '"150Gi"', ["warning 160Gi"]],
    ['"164.9Gi"', '"150Gi"', ['warning "164.9Gi"']],
    ["165Gi", '"150Gi"', []],
    ["200Gi", '"150Gi"', []],
    ["1Ti", "1024Gi", ["error 1Ti"]],
    ["10Gi", '"0"', []],
    ["10Gi", '"150 gigabytes"', []],
    ["10Gi", '"${BUFFER}"', []],
    ["${LIMIT}", '"150Gi"', []],
    ["ten", '"150Gi"', []],
    ["0", '"150Gi"', []],
    ["", '"150Gi"', []],
  ];
  for (const [limit, buffer, expected] of cases) {
    test(`limit ${limit || "absent"} with a buffer of ${buffer}`, () => {
      assert.deepEqual(found(stack(configMap(nested(buffer)), sidecar({ limit }))), expected);
    });
  }

  test("says what is compared and what to write", () => {
    const [finding] = ours(stack(configMap(nested('"150Gi"')), sidecar({ limit: "10Gi" })));
    assert.equal(
      finding?.message,
      'Container "lmcache" of Deployment "llama" may use 10Gi of memory, but its CPU cache alone takes 150Gi (buffer_size): it is OOMKilled before the cache is full. Raise the limit to 165Gi or set buffer_size to 9Gi.',
    );
    assert.deepEqual(
      finding?.related.map(({ range, message }) => [range.start.line, message]),
      [[9, "buffer_size is 150Gi"]],
    );
  });

  test("a CPU tier that is off, or may be, holds nothing", () => {
    for (const enabled of ["false", "False", "no", '"${CPU_TIER}"'])
      assert.deepEqual(found(stack(configMap(nested('"150Gi"', enabled)), sidecar({ limit: "10Gi" }))), []);
  });

  test("the engine beside it that mounts the same file holds nothing", () => {
    const both = sidecar({ limit: "200Gi" }).replace(
      '          args: ["--model"',
      "          env: [{name: LMCACHE_CONFIG_FILE, value: /etc/lmcache/config.yaml}]\n          volumeMounts: [{name: config, mountPath: /etc/lmcache}]\n$&",
    );
    assert.deepEqual(found(stack(configMap(nested('"150Gi"')), both)), []);
    const alone = engine({ limit: "40Gi" });
    assert.deepEqual(found(stack(configMap(nested('"150Gi"')), alone)), ["error 40Gi"]);
  });

  test("a native sidecar counts, an init container does not", () => {
    const init = (policy: string) =>
      sidecar({ limit: "10Gi" }).replace(
        "        - name: lmcache\n",
        `      initContainers:\n        - name: lmcache\n${policy}`,
      );
    const always = init("          restartPolicy: Always\n");
    assert.deepEqual(found(stack(configMap(nested('"150Gi"')), always)), ["error 10Gi"]);
    assert.deepEqual(found(stack(configMap(nested('"150Gi"')), init(""))), []);
  });
});
