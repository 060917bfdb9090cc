import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../support/lint.ts";

const head = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n";
const spec = "spec: {selector: {}, template: {spec: {containers: [{name: a}]}}}\n";

/** The rules that speak, each once. */
function rulesOf(text: string): string[] {
  const found = lint({ "a.yaml": text });
  return [...new Set(found.map(({ rule }) => rule))].sort();
}

describe("documents that mean harm get an answer", () => {
  const keys = (count: number) => Array.from({ length: count }, (_, n) => `  key${n}: ${n}\n`).join("");
  const bomb = Array.from({ length: 12 }, (_, n) => `b${n + 1}: &b${n + 1} [${`*b${n}, `.repeat(9)}x]`).join("\n");
  const table: [title: string, text: string, ...rules: string[]][] = [
    [
      "__proto__, constructor and toString as keys",
      `${head}${spec}__proto__: {a: 1}\nconstructor: 1\ntoString: 2\n`,
      "schema/unknown-key",
    ],
    [
      "__proto__ where texts by any name may stand",
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {__proto__: x, constructor: y}\n",
    ],
    [
      "__proto__ instead of what is needed",
      "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{__proto__x9: {port: 1}}]}\n",
      "schema/missing-key",
      "schema/unknown-key",
    ],
    ["an alias bomb", `b0: &b0 [x]\n${bomb}\n${head}${spec}`],
    ["an anchor in itself", `${head}spec: &a {selector: *a}\n`],
    ["very many unknown keys", `${head}${spec}${keys(20_000).replaceAll("  key", "key")}`, "schema/unknown-key"],
    [
      "very many labels of the wrong type",
      `${head.replace("{name: a}", `\n  name: a\n  labels:\n${keys(20_000).replaceAll("  key", "    key")}`)}${spec}`,
      "schema/wrong-type",
    ],
    [
      "deep nesting where nothing is known",
      `${head}${spec}extra: ${"{a: ".repeat(150)}1${"}".repeat(150)}\n`,
      "schema/unknown-key",
    ],
    [
      "a long text where a word is due",
      `${head}${spec.replace("{name: a}", `{name: a, imagePullPolicy: ${"x".repeat(200_000)}}`)}`,
      "schema/wrong-value",
    ],
    [
      "a long text against a pattern",
      `${head}${spec.replace("{name: a}", `{name: ${"a-".repeat(100_000)}}`)}`,
      "schema/wrong-value",
    ],
  ];
  for (const [title, text, ...rules] of table) test(title, () => assert.deepEqual(rulesOf(text), rules));

  test("a name of any length is cut in the message", () => {
    const [finding] = lint({ "a.yaml": `${head}${spec}${"k".repeat(1000)}: 1\n` });
    assert.ok((finding?.message.length ?? 0) < 500);
  });
});
