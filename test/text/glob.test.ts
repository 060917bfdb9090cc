import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isGlob, matchGlob } from "../../server/text/glob.ts";

describe("a glob", () => {
  const tables: [pattern: string, matched: string[], others: string[]][] = [
    [
      "overlays/dev/**",
      ["overlays/dev/a.yaml", "overlays/dev/b/c.yaml", "overlays/dev/.k/c.yaml"],
      ["overlays/a.yaml"],
    ],
    ["**/generated/**", ["generated/a.yaml", "x/y/generated/z/a.yaml"], ["x/generated.yaml"]],
    ["**/*.yaml", ["a.yaml", "x/y/a.yaml", ".github/a.yaml", "x/.hidden.yaml"], ["a.yml", "a.yaml.gotmpl"]],
    ["*.yaml", ["a.yaml"], ["x/a.yaml"]],
    ["*.{yaml,yml}", ["a.yaml", "a.yml"], ["a.json"]],
    ["{base,overlays/prod}/*.yaml", ["base/a.yaml", "overlays/prod/a.yaml"], ["overlays/a.yaml"]],
    ["hpa-?.yaml", ["hpa-1.yaml"], ["hpa-10.yaml", "hpa-/.yaml"]],
    ["hpa-[0-9].yaml", ["hpa-1.yaml"], ["hpa-a.yaml"]],
    ["a\\*b", ["a*b"], ["axb"]],
    ["./base/*", ["base/a.yaml"], []],
    ["!legacy/**", ["base/a.yaml"], ["legacy/a.yaml"]],
    ["values (copy).yaml", ["values (copy).yaml"], ["values copy.yaml"]],
    ["bob's/*", ["bob's/a.yaml"], []],
    ["a", ["a"], ["A", "b/a", "ab"]],
    ["base\\**", [], ["base/a"]],
    ["{a,b/{c,d}}/**/x", ["a/x", "b/c/x", "b/d/1/2/x"], ["b/x", "ax"]],
    ["[!a-c]x", ["dx"], ["ax", "/x"]],
    ["a**b", ["axb"], ["a/b"]],
    ["", [], ["", "a"]],
    ["[", ["["], ["a"]],
  ];
  for (const [pattern, matched, others] of tables) {
    for (const path of matched) it(`${pattern} matches ${path}`, () => assert.equal(matchGlob(pattern, path), true));
    for (const path of others) {
      it(`${pattern} does not match ${JSON.stringify(path)}`, () => assert.equal(matchGlob(pattern, path), false));
    }
  }

  it("longer than a thousand characters matches nothing", () => {
    const long = `${"a".repeat(1000)}*`;
    assert.equal(matchGlob(long, long), false);
    assert.equal(isGlob(long), false);
  });

  it("answers the same after hundreds of others as before", () => {
    const answers = (): boolean[] => [matchGlob("a/*", "a/b"), matchGlob("a/*", "b/b")];
    assert.deepEqual(answers(), [true, false]);
    for (let i = 0; i < 600; i++) assert.equal(matchGlob(`${i}/*`, `${i}/x`), true);
    assert.deepEqual(answers(), [true, false]);
  });

  it("made to explode does not", () => {
    const name = "a".repeat(3000);
    for (const pattern of ["*a".repeat(100), "**/a/".repeat(100), "{a,a*}".repeat(60), "{".repeat(500)]) {
      assert.equal(matchGlob(`${pattern}b`, name), false);
      assert.equal(matchGlob(`${pattern}b`, "a/".repeat(1500)), false);
    }
  });

  it("never throws, whatever is written", () => {
    const pieces = fc.constantFrom(
      "*",
      "**",
      "?",
      "[",
      "]",
      "{",
      "}",
      "(",
      ")",
      "|",
      "!",
      "@",
      "+",
      "\\",
      "/",
      ".",
      ",",
      "a",
      "^",
      "$",
      '"',
    );
    const pattern = fc.array(pieces, { maxLength: 8 }).map((found) => found.join(""));
    fc.assert(
      fc.property(pattern, (text) => {
        matchGlob(text, "a/b.yaml");
        isGlob(text);
      }),
      { numRuns: 1000 },
    );
  });

  it("that is a plain name matches that name alone", () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9/._-]{0,30}$/);
    fc.assert(
      fc.property(name, name, (pattern, path) => {
        assert.equal(isGlob(pattern), false);
        assert.equal(matchGlob(pattern, pattern), true);
        assert.equal(matchGlob(pattern, path), pattern === path);
      }),
    );
  });
});

describe("text is a glob", () => {
  const globs = ["*", "**", "*.yaml", "a?b", "a[12]", "{a,b}", "!a", "values (*).yaml"];
  const names = [
    "",
    "a",
    "a/b.yaml",
    "values (copy).yaml",
    "$(VAR)",
    "240s",
    "a\\*b",
    "[a",
    "a{b",
    "a{b}",
    "a{1..3}",
    "a!b",
    "+(a)",
  ];
  for (const text of globs) it(`when it is ${text}`, () => assert.equal(isGlob(text), true));
  for (const text of names) it(`but not when it is ${JSON.stringify(text)}`, () => assert.equal(isGlob(text), false));
});
