import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Files } from "../../../support/lint.ts";
import { configMap, engine, fixed, flat, found, nested, ours, sidecar, stack } from "./support.ts";

describe("the fixes", () => {
  test("raise the limit to a round quantity", () => {
    const files = stack(configMap(nested('"150Gi"')), sidecar({ limit: "10Gi" }));
    assert.match(fixed(files, /^Raise/), /limits: \{cpu: "10", memory: 165Gi\}/);
    const small = stack(configMap(nested("500Mi")), sidecar({ limit: '"256Mi"' }));
    assert.match(fixed(small, /^Raise the memory limit to 640Mi/), /memory: "640Mi"\}/);
  });

  test("a request that equals the limit goes with it; another is kept, and never exceeds it", () => {
    const map = configMap(flat("40"));
    const equal = fixed(stack(map, engine({ limit: "40Gi", request: "40960Mi" })), /^Raise/);
    assert.match(equal, /memory: 52Gi\}\n.*memory: 52Gi\}/);
    const less = fixed(stack(map, engine({ limit: "40Gi", request: "30Gi" })), /^Raise/);
    assert.match(less, /memory: 30Gi\}\n.*memory: 52Gi\}/);
    const more = fixed(stack(map, engine({ limit: "40Gi", request: "100Gi" })), /^Raise/);
    assert.match(more, /memory: 100Gi\}\n.*memory: 100Gi\}/);
  });

  test("lower the buffer in its own spelling", () => {
    const pod = sidecar({ limit: "100Gi" });
    assert.match(fixed(stack(configMap(nested('"150Gi"')), pod), /^Set/), /buffer_size: "90Gi"\n/);
    assert.match(fixed(stack(configMap(nested("'150Gi'")), pod), /^Set/), /buffer_size: '90Gi'\n/);
    assert.match(fixed(stack(configMap(nested("161061273600")), pod), /^Set/), /buffer_size: 90Gi\n/);
    const tp = engine({ limit: "64Gi", args: 'args: ["--model", "Qwen/Qwen3-32B", "-tp", "2"]' });
    assert.match(fixed(stack(configMap(flat("40.0")), tp), /^Set/), /max_local_cpu_size: 24\n/);
  });

  test("no second fix where the limit has no room for any cache", () => {
    const titles = (files: Files) =>
      ours(files).flatMap(({ fixes }) => fixes.map(({ title, safe }) => `${title} ${safe}`));
    assert.deepEqual(titles(stack(configMap(flat("40")), engine({ limit: "12Gi" }))), [
      "Raise the memory limit to 52Gi false",
    ]);
    assert.deepEqual(titles(stack(configMap(nested('"8Gi"')), sidecar({ limit: "64Mi" }))), [
      "Raise the memory limit to 9Gi false",
    ]);
  });

  test("a size that no machine has is itself the mistake", () => {
    const [finding] = ours(stack(configMap(flat("161061273600")), engine({ limit: "200Gi" })));
    assert.match(finding?.message ?? "", /Set max_local_cpu_size to 188\.$/);
    assert.deepEqual(
      finding?.fixes.map(({ title }) => title),
      ["Set max_local_cpu_size to 188"],
    );
    assert.deepEqual(found(stack(configMap(flat("1e308")), engine({ limit: "200Gi" }))), []);
  });

  test("in a file of its own, with Windows line ends", () => {
    const files = {
      "config.yaml": configMap(nested('"150Gi"')).replaceAll("\n", "\r\n"),
      "pods.yaml": sidecar({ limit: "100Gi" }),
    };
    assert.match(fixed(files, /^Set/), /buffer_size: "90Gi"\r\n/);
  });
});
