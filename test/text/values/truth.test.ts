import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isScalar, parseDocument, Scalar } from "yaml";
import { parseTruth, resolvePlain, yaml11Truth } from "../../../server/text/values/truth.ts";

describe("a boolean in a string", () => {
  const words: [boolean | undefined, string[]][] = [
    [true, ["1", "t", "T", "TRUE", "true", "True"]],
    [false, ["0", "f", "F", "FALSE", "false", "False"]],
    [undefined, ["", "yes", "on", "y", "tRUE", "TrUe", " true", "01", "10", "null", "constructor"]],
  ];
  for (const [truth, texts] of words) {
    for (const text of texts) {
      it(`${JSON.stringify(text)} is ${truth ?? "none"} to Go`, () => assert.equal(parseTruth(text), truth));
    }
  }
});

describe("a word that Kubernetes' YAML parser takes for a boolean", () => {
  const words: [boolean | undefined, string[]][] = [
    [true, ["y", "Y", "yes", "Yes", "YES", "on", "On", "ON"]],
    [false, ["n", "N", "no", "No", "NO", "off", "Off", "OFF"]],
    [undefined, ["true", "false", "yEs", "oN", "nO", "OfF", "1", "", "~", "yes "]],
  ];
  for (const [truth, texts] of words) {
    for (const text of texts) {
      it(`${truth === undefined ? "is not" : `(${truth}) is`} ${JSON.stringify(text)}`, () =>
        assert.equal(yaml11Truth(text), truth));
    }
  }

  it("is a string to YAML 1.2", () => {
    for (const text of words.slice(0, 2).flatMap(([, texts]) => texts)) assert.equal(resolvePlain(text), text);
  });
});

describe("a plain scalar of YAML 1.2", () => {
  const scalars: [string, ReturnType<typeof resolvePlain>][] = [
    ["", null],
    ["~", null],
    ["null", null],
    ["Null", null],
    ["NULL", null],
    ["nULL", "nULL"],
    ["true", true],
    ["True", true],
    ["TRUE", true],
    ["tRUE", "tRUE"],
    ["false", false],
    ["False", false],
    ["FALSE", false],
    ["0", 0],
    ["-0", 0],
    ["+12", 12],
    ["-12", -12],
    ["007", 7],
    ["08", 8],
    ["0o17", 15],
    ["0o8", "0o8"],
    ["-0o17", "-0o17"],
    ["0x1F", 31],
    ["0x1f", 31],
    ["0X1F", "0X1F"],
    ["0b11", "0b11"],
    ["12_000", "12_000"],
    ["1:30", "1:30"],
    ["9007199254740991", 9_007_199_254_740_991],
    ["9007199254740993", 9_007_199_254_740_993n],
    ["-9007199254740993", -9_007_199_254_740_993n],
    ["0xFFFFFFFFFFFFFFFF", 18_446_744_073_709_551_615n],
    ["1.5", 1.5],
    ["1.", 1],
    [".5", 0.5],
    ["-.5e1", -5],
    ["1e3", 1000],
    ["1E+3", 1000],
    ["1e", "1e"],
    [".", "."],
    ["-", "-"],
    ["e3", "e3"],
    ["1e400", Number.POSITIVE_INFINITY],
    [".inf", Number.POSITIVE_INFINITY],
    ["+.Inf", Number.POSITIVE_INFINITY],
    ["-.INF", Number.NEGATIVE_INFINITY],
    [".iNF", ".iNF"],
    ["inf", "inf"],
    [".nan", Number.NaN],
    [".NaN", Number.NaN],
    [".NAN", Number.NaN],
    ["-.nan", "-.nan"],
    ["nan", "nan"],
    ["150Gi", "150Gi"],
    ["1.2.3", "1.2.3"],
    [" 1", " 1"],
    ["1\n", "1\n"],
    ["٣", "٣"],
    ["__proto__", "__proto__"],
  ];
  for (const [text, value] of scalars) {
    it(`${JSON.stringify(text)} stands for ${typeof value} ${String(value)}`, () =>
      assert.deepEqual(resolvePlain(text), value));
  }

  it("is text when it has more digits than any number that is meant", () => {
    const digits = "9".repeat(60_000);
    assert.equal(resolvePlain(digits), digits);
  });

  it("stands for what the yaml package reads in its core schema", () => {
    const pieces = fc.constantFrom(
      "0",
      "1",
      "9",
      ".",
      "-",
      "+",
      "e",
      "E",
      "0x",
      "0o",
      "_",
      "inf",
      "nan",
      "NaN",
      "~",
      "null",
      "True",
      "no",
      "a",
    );
    const text = fc.array(pieces, { maxLength: 6 }).map((found) => found.join(""));
    fc.assert(
      fc.property(text, (scalar) => {
        const { contents, errors } = parseDocument(scalar, { schema: "core", intAsBigInt: false });
        fc.pre(
          errors.length === 0 && isScalar(contents) && contents.type === Scalar.PLAIN && contents.source === scalar,
        );
        const ours = resolvePlain(scalar);
        const theirs = contents.value;
        // Theirs keeps the sign of a whole zero, which YAML does not ask for.
        assert.deepEqual(Object.is(ours, 0) && Object.is(theirs, -0) ? -0 : ours, theirs);
      }),
      { numRuns: 3000 },
    );
  });
});
