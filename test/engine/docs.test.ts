import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import * as engine from "../../server/engine/index.ts";

const blocks = readFileSync("docs/engine.md", "utf8").matchAll(/^```js\n(.*?)^```$/gms);
const lines = [...blocks].flatMap(([, code = ""]) => code.split("\n")).filter((line) => line !== "");

/** `expression; // value`, and `const name = expression; // value`. */
const told = /^(?:const (?<name>\w+) = )?(?<expression>.*); \/\/ (?<value>.+)$/;

describe("the page of the engine", () => {
  const [imported = "", ...rest] = lines;
  const names = /^import \{(.*)\} from "headroom-llm\/engine";$/.exec(imported)?.[1] ?? "";
  const examples = rest.filter((line) => told.test(line));

  test("imports what the package exports", () => {
    for (const name of names.split(",").map((word) => word.trim())) assert.ok(name in engine, name);
  });

  test("shows at least ten lines that say what they give", () => assert.ok(examples.length >= 10));

  for (const example of examples) {
    test(`says what this gives: ${example}`, () => {
      const { expression, value } = told.exec(example)?.groups ?? {};
      const before = rest.slice(0, rest.indexOf(example)).map((line) => line.replace(/ \/\/ .*$/, ""));
      const code = `const {${names}} = engine;\n${before.join("\n")}\nreturn ${expression};`;
      const run = new Function("engine", code) as (library: typeof engine) => unknown;
      assert.deepEqual(run(engine), JSON.parse(value ?? ""));
    });
  }
});
