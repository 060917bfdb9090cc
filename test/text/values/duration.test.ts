import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { formatSeconds, parseDuration, parseSpan } from "../../../server/text/values/duration.ts";

describe("a Go duration", () => {
  // After the table of TestParseDuration in src/time/time_test.go of Go.
  const lengths: [string, number][] = [
    ["0", 0],
    ["-0", 0],
    ["+0", 0],
    ["5s", 5],
    ["30s", 30],
    ["1478s", 1478],
    ["-5s", -5],
    ["+5s", 5],
    ["5.0s", 5],
    ["5.6s", 5.6],
    ["5.s", 5],
    [".5s", 0.5],
    ["1.004s", 1.004],
    ["100.00100s", 100.001],
    ["10ns", 1e-8],
    ["11us", 0.000011],
    ["12µs", 0.000012],
    ["12μs", 0.000012],
    ["13ms", 0.013],
    ["15m", 900],
    ["16h", 57_600],
    ["3h30m", 12_600],
    ["10.5s4m", 250.5],
    ["-2m3.4s", -123.4],
    ["1h2m3s4ms5us6ns", 3723.004005006],
    ["39h9m14.425s", 140_954.425],
    ["52763797000ns", 52.763797],
    ["0.3333333333333333333h", 1200],
    ["0.100000000000000000000h", 360],
    ["0.830103483285477580700h", 2988.372539827],
    ["9223372036854775807ns", 9_223_372_036.854776],
    ["-9223372036854775808ns", -9_223_372_036.854776],
    ["0.9ns", 0],
  ];
  for (const [text, seconds] of lengths) {
    it(`of ${text} lasts ${seconds} seconds`, () => assert.deepEqual(parseDuration(text), { seconds }));
  }

  const invalid = [
    "",
    "3",
    "60",
    "00",
    "-",
    "s",
    ".",
    "-.",
    ".s",
    "+.s",
    "+-5s",
    "1d",
    "1w",
    "5S",
    "5 s",
    " 5s",
    "5s ",
    "5s\n",
    "1h 30m",
    "1.5.5s",
    "1e3s",
    "1_000s",
    "PT5S",
    "3000000h",
    "9223372036854775808ns",
    "9223372036854775.808us",
    "9223372036854ms775us808ns",
    "1constructor",
  ];
  for (const text of invalid) {
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(parseDuration(text), undefined));
  }

  it("is not a text of sixty thousand digits", () => assert.equal(parseDuration(`${"1".repeat(60_000)}s`), undefined));

  it("is the sum of its terms", () => {
    const counts = fc.record({ h: fc.nat(10_000), m: fc.nat(10_000), s: fc.nat(10_000) });
    fc.assert(
      fc.property(counts, ({ h, m, s }) =>
        assert.deepEqual(parseDuration(`${h}h${m}m${s}s`), { seconds: h * 3600 + m * 60 + s }),
      ),
    );
  });
});

describe("a span in an annotation", () => {
  const spans: [string, number | undefined][] = [
    ["240s", 240],
    ["4m", 240],
    ["1h30m", 5400],
    ["240", 240],
    ["0", 0],
    ["007", 7],
    ["1.5", 1.5],
    ["500ms", 0.5],
    ["-5s", undefined],
    ["-240", undefined],
    ["", undefined],
    ["soon", undefined],
    ["4 minutes", undefined],
    ["1e3", undefined],
    ["9".repeat(40), undefined],
  ];
  for (const [text, seconds] of spans) {
    it(`${seconds === undefined ? "is not" : `of ${seconds} seconds is`} ${JSON.stringify(text)}`, () =>
      assert.equal(parseSpan(text), seconds));
  }

  it("reads every whole number of seconds with and without its unit alike", () => {
    fc.assert(fc.property(fc.nat(), (s) => assert.deepEqual([parseSpan(`${s}`), parseSpan(`${s}s`)], [s, s])));
  });
});

describe("seconds for humans", () => {
  const texts: [number, string][] = [
    [180, "180 s"],
    [240, "240 s"],
    [0, "0 s"],
    [0.5, "0.5 s"],
    [0.1 + 0.2, "0.3 s"],
    [1.23456, "1.235 s"],
    [-90, "-90 s"],
  ];
  for (const [seconds, text] of texts) {
    it(`say ${text} for ${seconds}`, () => assert.equal(formatSeconds(seconds), text));
  }
});
