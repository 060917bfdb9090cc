import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { configMap, engine, fixed, flat, found, ours, stack } from "./support.ts";

describe("the environment over the file", () => {
  const size = (value: string) => `            - {name: LMCACHE_MAX_LOCAL_CPU_SIZE, value: ${value}}\n`;

  test("a variable alone", () => {
    const files = stack(engine({ limit: "40Gi", file: "", env: size('"60"') }));
    assert.deepEqual(found(files), ["error 40Gi"]);
    assert.match(ours(files)[0]?.message ?? "", /pins 60Gi at start \(LMCACHE_MAX_LOCAL_CPU_SIZE\)/);
    assert.match(fixed(files, /^Set LMCACHE_MAX_LOCAL_CPU_SIZE to 28/), /SIZE, value: "28"\}/);
  });

  test("a variable against the file, either way", () => {
    const big = configMap(flat("60"));
    const small = configMap(flat("6"));
    assert.deepEqual(found(stack(big, engine({ limit: "40Gi", env: size('"6"') }))), []);
    assert.deepEqual(found(stack(small, engine({ limit: "40Gi", env: size('"60"') }))), ["error 40Gi"]);
  });

  test("a variable that is filled in later hides the file", () => {
    const from =
      "            - {name: LMCACHE_MAX_LOCAL_CPU_SIZE, valueFrom: {fieldRef: {fieldPath: metadata.name}}}\n";
    for (const env of [size('"$(SIZE)"'), from, size('"60Gi"')])
      assert.deepEqual(found(stack(configMap(flat("60")), engine({ limit: "40Gi", env }))), []);
  });

  test("variables from a ConfigMap", () => {
    const variables = `apiVersion: v1
kind: ConfigMap
metadata:
  name: cache-env
data:
  LMCACHE_MAX_LOCAL_CPU_SIZE: "60"
`;
    const key =
      "            - {name: LMCACHE_MAX_LOCAL_CPU_SIZE, valueFrom: {configMapKeyRef: {name: cache-env, key: LMCACHE_MAX_LOCAL_CPU_SIZE}}}\n";
    const all = (pod: string) =>
      pod.replace("          env:\n", "          envFrom: [{configMapRef: {name: cache-env}}]\n$&");
    assert.deepEqual(found(stack(variables, engine({ limit: "40Gi", file: "", env: key }))), ["error 40Gi"]);
    assert.deepEqual(found(stack(variables, all(engine({ limit: "40Gi", file: "" })))), ["error 40Gi"]);
    assert.deepEqual(found(stack(variables, all(engine({ limit: "40Gi", file: "", env: size('"6"') })))), []);
    assert.deepEqual(found(stack(all(engine({ limit: "40Gi", file: "" })))), []);
  });
});
