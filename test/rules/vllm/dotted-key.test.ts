import assert from "node:assert/strict";
import { test } from "node:test";
import { foundBy, mendedBy, serving } from "./pods.ts";

const rule = "vllm/dotted-key";
const key = (text: string) => `--kv-transfer-config.${text}`;

test("keys and values are those of the JSON that the flag takes", () => {
  const table: [text: string, found: string[], lines: string[] | undefined][] = [
    [
      serving("v0.19.0", "m", key("kv_rol=kv_both")),
      ["error kv_rol"],
      [`- - ${key("kv_rol=kv_both")}`, `+ - ${key("kv_role=kv_both")}`],
    ],
    [serving("v0.19.0", "m", key("kv_role"), "producer"), ["error producer"], ["- - producer", "+ - kv_producer"]],
    [serving("v0.19.0", "m", key("kv_port=99999")), ["error 99999"], undefined],
    [serving("v0.19.0", "m", key("kv_rank=first")), ["error first"], undefined],
    [serving("v0.19.0", "m", key("kv_role=kv_both"), key("kv_port=14579")), [], undefined],
    [
      serving("v0.19.0", "m", key("kv_connector=OfMine"), key("kv_connector_module_path=mine.connector")),
      [],
      undefined,
    ],
    [serving("v0.19.0", "m", key("kv_connector_extra_config.lmcache.mp.port=6555")), [], undefined],
    [serving("v0.19.0", "m", key("kv_role=$(ROLE)")), [], undefined],
    [serving("v0.19.0", "m", key("some_day=1")), [], undefined],
    [serving("v9.0.0", "m", key("kv_rol=kv_both")), [], undefined],
    [serving("v0.19.0", "m", "--hf-overrides.kv_rol=1"), [], undefined],
  ];
  for (const [text, found, lines] of table) {
    assert.deepEqual(foundBy(rule, text), found, text);
    assert.deepEqual(mendedBy(rule, text)?.lines, lines, text);
  }
});
