import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type EngineParts, engine, foundBy, mendedBy, variables } from "./support.ts";

type Case = readonly [name: string, parts: EngineParts, expected: readonly string[]];

function cases(rule: string, table: readonly Case[]): void {
  for (const [name, parts, expected] of table)
    test(name, () => assert.deepEqual(foundBy(rule, engine(parts)), expected));
}

describe("a disk tier needs a path and a size", () => {
  cases("lmcache/half-disk-tier", [
    ["both", { config: "local_disk: /cache\nmax_local_disk_size: 0.5" }, []],
    ["neither", { config: "local_cpu: true" }, []],
    ["a path alone", { config: "local_disk: /cache" }, ["error /cache"]],
    ["a path and nothing", { config: "local_cpu: true\nlocal_disk: /cache\nmax_local_disk_size:" }, ["error /cache"]],
    ["a path and zero", { config: "local_disk: /cache\nmax_local_disk_size: 0.0" }, ["error /cache"]],
    ["a size alone", { config: "max_local_disk_size: 100" }, ["warning 100"]],
    ["a size and null", { config: "local_disk: null\nmax_local_disk_size: 100" }, ["warning 100"]],
    ["a size that is filled in later", { config: "local_disk: /cache\nmax_local_disk_size: ${SIZE}" }, []],
    ["a size that is no number", { config: "local_disk: /cache\nmax_local_disk_size: 1Ti" }, []],
    [
      "the other half in the environment",
      { config: "local_disk: /cache", env: variables({ LMCACHE_MAX_LOCAL_DISK_SIZE: "100" }) },
      [],
    ],
    ["both in the environment", { env: variables({ LMCACHE_LOCAL_DISK: "/a", LMCACHE_MAX_LOCAL_DISK_SIZE: "1" }) }, []],
    ["a size in the environment", { env: variables({ LMCACHE_MAX_LOCAL_DISK_SIZE: "100" }) }, ['warning "100"']],
  ]);

  test("a file by itself may be completed by the environment", () => {
    const rule = "lmcache/half-disk-tier";
    assert.deepEqual(foundBy(rule, { "lmcache.yaml": "local_disk: /cache\nlocal_cpu: true\n" }), []);
    assert.deepEqual(foundBy(rule, { "lmcache.yaml": "local_disk: /cache\nmax_local_disk_size: 0\n" }), [
      "error /cache",
    ]);
  });

  test("two engines that read one file are told once each of what each lacks", () => {
    const text = engine({ config: "local_disk: /cache" })["stack.yaml"] ?? "";
    const other = text.slice(text.indexOf("---\n")).replace("name: llama", "name: qwen");
    assert.equal(foundBy("lmcache/half-disk-tier", { "stack.yaml": text + other }).length, 2);
  });
});

describe("the directory of the disk tier", () => {
  const disk = (path: string): EngineParts => ({ config: `local_disk: ${path}\nmax_local_disk_size: 100` });
  cases("lmcache/disk-path", [
    ["three slashes", disk("file:///var/cache/"), []],
    ["a plain path", disk("/var/cache"), []],
    ["two plain paths", disk("/a, /b"), []],
    ["two slashes", disk("file://var/cache/"), ["warning file://var/cache/"]],
    ["a tilde", disk("~/cache"), ["warning ~/cache"]],
    ["a truth", disk('"True"'), ['warning "True"']],
    ["one of two", disk("/a,b"), ["warning /a,b"]],
    ["a path that is filled in later", disk("${DISK}"), []],
    ["nothing", disk("null"), []],
    ["a variable", { env: variables({ LMCACHE_LOCAL_DISK: "True" }) }, ['warning "True"']],
  ]);

  test("gets its third slash", () => {
    const { text, left } = mendedBy("lmcache/disk-path", engine(disk("file://var/cache/")));
    assert.deepEqual(left, []);
    assert.match(text, /local_disk: "file:\/\/\/var\/cache\/"\n/);
  });

  test("is not guessed", () => {
    assert.throws(() => mendedBy("lmcache/disk-path", engine(disk("~/cache"))), /offers no fix/);
  });
});

describe("the pinned pool", () => {
  cases("lmcache/no-pool", [
    ["of zero", { config: "max_local_cpu_size: 0" }, ["error 0"]],
    ["of zero in quotes", { config: 'max_local_cpu_size: "0.0"' }, ['error "0.0"']],
    ["of zero by variable", { env: variables({ LMCACHE_MAX_LOCAL_CPU_SIZE: "0" }) }, ['error "0"']],
    ["of something", { config: "max_local_cpu_size: 0.5" }, []],
    ["by default", { config: "local_cpu: true" }, []],
    ["of zero with prefill/decode", { config: "max_local_cpu_size: 0\nenable_pd: true" }, []],
  ]);

  cases("lmcache/hot-cache-off", [
    ["without a hot cache", { config: "local_cpu: false\nmax_local_cpu_size: 40" }, ["info false"]],
    ["of a staging buffer's size", { config: "local_cpu: false\nmax_local_cpu_size: 5" }, []],
    ["by default", { config: "local_cpu: false" }, []],
    ["with a hot cache", { config: "local_cpu: true\nmax_local_cpu_size: 40" }, []],
    ["for prefill/decode", { config: "local_cpu: false\nmax_local_cpu_size: 40\nenable_pd: true" }, []],
    [
      "whose switch is a variable",
      { config: "max_local_cpu_size: 40", env: variables({ LMCACHE_LOCAL_CPU: "False" }) },
      ['info "False"'],
    ],
  ]);

  test("gets LMCache's own size", () => {
    assert.match(mendedBy("lmcache/no-pool", engine({ config: "max_local_cpu_size: 0" })).text, /cpu_size: 5\n/);
  });
});
