import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  bytesOf,
  compareQuantities,
  formatBytes,
  milliOf,
  numberOf,
  parseQuantity,
  type Quantity,
  quantityText,
  wholeBytes,
} from "../../../server/text/values/quantity.ts";

const unit = 1_000_000_000n;
const Ki = 1n << 10n;
const Mi = 1n << 20n;
const Gi = 1n << 30n;
const Ti = 1n << 40n;
const maxInt64 = (1n << 63n) - 1n;

function quantity(text: string): Quantity {
  const found = parseQuantity(text);
  assert.ok(found, `${text} should be a quantity`);
  return found;
}

describe("a Kubernetes quantity", () => {
  // After the table of TestQuantityParse in k8s.io/apimachinery/pkg/api/resource/quantity_test.go.
  const sizes: [string, bigint][] = [
    ["0", 0n],
    ["0n", 0n],
    ["0Gi", 0n],
    ["00", 0n],
    ["1", unit],
    ["007", 7n * unit],
    ["1Ki", Ki * unit],
    ["7Mi", 7n * Mi * unit],
    ["6Gi", 6n * Gi * unit],
    ["5Ti", 5n * Ti * unit],
    ["4Pi", 4n * (1n << 50n) * unit],
    ["3Ei", 3n * (1n << 60n) * unit],
    ["5n", 5n],
    ["4u", 4_000n],
    ["3m", 3_000_000n],
    ["8k", 8_000n * unit],
    ["7M", 7_000_000n * unit],
    ["6G", 6_000_000_000n * unit],
    ["5T", 5n * 10n ** 12n * unit],
    ["2P", 2n * 10n ** 15n * unit],
    ["1E", 10n ** 18n * unit],
    ["1E3", 1000n * unit],
    ["1e3", 1000n * unit],
    ["1E-3", 1_000_000n],
    ["1.3E+6", 1_300_000n * unit],
    ["0.5e-1", unit / 20n],
    ["100.035k", 100_035n * unit],
    ["0.00050k", unit / 2n],
    ["1.", unit],
    ["1.G", 10n ** 9n * unit],
    [".5", unit / 2n],
    [".001", 1_000_000n],
    ["+1", unit],
    ["-1", -unit],
    ["-.5Ki", -512n * unit],
    ["-0", 0n],
    ["100.035Ki", 102_435_840_000_000n],
    ["0.025Ti", 27_487_790_694_400_000_000n],
  ];
  for (const [text, nano] of sizes) {
    it(`reads ${text} as ${nano} nano units`, () => assert.deepEqual(parseQuantity(text), { nano }));
  }

  const rounded: [string, bigint][] = [
    ["3.001n", 4n],
    ["0.9n", 1n],
    ["-0.9n", -1n],
    ["1.1E-9", 2n],
    ["1e-999", 1n],
    ["0e-999", 0n],
    ["0.0000000001", 1n],
    ["0.00000012345", 124n],
    ["0.000000000001Ki", 2n],
  ];
  for (const [text, nano] of rounded) {
    it(`rounds ${text} away from zero to ${nano} nano units`, () => assert.deepEqual(parseQuantity(text), { nano }));
  }

  for (const text of ["8Ei", "9Ei", "9223372036854775807Ki"]) {
    it(`cuts ${text} to 2^63 - 1, as Kubernetes does with binary suffixes`, () =>
      assert.equal(bytesOf(quantity(text)), maxInt64));
  }
  it("cuts a negative binary size at the same distance", () => assert.equal(bytesOf(quantity("-8Ei")), -maxInt64));
  it("keeps decimal sizes past 2^63 - 1, as Kubernetes does", () => {
    assert.equal(bytesOf(quantity("12E")), 12n * 10n ** 18n);
    assert.equal(bytesOf(quantity("18446744073709551616")), 1n << 64n);
    assert.equal(bytesOf(quantity("1e100")), 10n ** 100n);
  });

  const invalid = [
    "",
    " ",
    "5Gii",
    "5gi",
    "5GI",
    "5ki",
    "5K",
    "5GB",
    "5B",
    "1e",
    "1e+",
    "1e1.5",
    "1ee5",
    "1k5",
    "1e5k",
    "1+5",
    "Gi",
    "m",
    ".",
    "+",
    "-",
    "-.",
    ".Gi",
    "1 Gi",
    " 1",
    "1 ",
    "1\n",
    "1_000",
    "1,000",
    "0x10",
    "+-1",
    "--1",
    "1.1.M",
    "1+1.0M",
    "0.1mi",
    "0.1am",
    "aoeu",
    ".5i",
    "1i",
    "-3.01i",
    "-3.01e-",
    "٣",
    "NaN",
    "Infinity",
    "constructor",
    "1constructor",
  ];
  for (const text of invalid) {
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(parseQuantity(text), undefined));
  }

  it("is not a text of sixty thousand digits, nor one with an exponent of thousands", () => {
    assert.equal(parseQuantity("9".repeat(60_000)), undefined);
    assert.equal(parseQuantity("1e1000"), undefined);
    assert.equal(parseQuantity("1e-1000"), undefined);
    assert.equal(parseQuantity(`1e${"9".repeat(100)}`), undefined);
    assert.equal(parseQuantity(`1e${"0".repeat(100)}3`)?.nano, 1000n * unit);
  });

  it("means the same with and without a plus, and the opposite with a minus", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 1n << 70n }),
        fc.constantFrom("", "m", "k", "Ki", "Ei", "e3"),
        (n, suffix) => {
          const plain = quantity(`${n}${suffix}`).nano;
          assert.equal(quantity(`+${n}${suffix}`).nano, plain);
          assert.equal(quantity(`-${n}${suffix}`).nano, -plain);
        },
      ),
    );
  });

  it("never throws, whatever the text", () => {
    const parts = fc.constantFrom(
      "+",
      "-",
      ".",
      "1",
      "0",
      "9",
      "e",
      "E",
      "i",
      "n",
      "u",
      "m",
      "k",
      "K",
      "M",
      "Gi",
      " ",
      "_",
      "x",
    );
    fc.assert(
      fc.property(
        fc.array(parts).map((found) => found.join("")),
        (text) => void parseQuantity(text),
      ),
    );
    fc.assert(fc.property(fc.string(), (text) => void parseQuantity(text)));
  });
});

describe("the value of a quantity", () => {
  const values: [string, bigint, bigint, number][] = [
    ["100m", 1n, 100n, 0.1],
    ["1500m", 2n, 1500n, 1.5],
    ["-1500m", -2n, -1500n, -1.5],
    ["0.1", 1n, 100n, 0.1],
    ["1u", 1n, 1n, 0.000001],
    ["80Gi", 80n * Gi, 80n * Gi * 1000n, 85_899_345_920],
    ["9007199254740993", 9_007_199_254_740_993n, 9_007_199_254_740_993_000n, 9_007_199_254_740_992],
    ["1e999", 10n ** 999n, 10n ** 1002n, Number.POSITIVE_INFINITY],
  ];
  for (const [text, whole, thousandths, number] of values) {
    it(`of ${text} is ${number}, at least ${String(whole).slice(0, 24)} whole units`, () => {
      assert.equal(bytesOf(quantity(text)), whole);
      assert.equal(milliOf(quantity(text)), thousandths);
      assert.equal(numberOf(quantity(text)), number);
    });
  }

  it("counts bytes without a rest, or does not", () => {
    assert.equal(wholeBytes(quantity("0.15Ti")), false);
    assert.equal(wholeBytes(quantity("0.5Ti")), true);
    assert.equal(wholeBytes(quantity("100m")), false);
    assert.equal(bytesOf(quantity("0.15Ti")), 164_926_744_167n);
  });

  it("orders quantities whatever their suffix", () => {
    assert.equal(compareQuantities(quantity("10000T"), quantity("100Gi")), 1);
    assert.equal(compareQuantities(quantity("50m"), quantity("100m")), -1);
    assert.equal(compareQuantities(quantity("1024Mi"), quantity("1Gi")), 0);
    assert.equal(compareQuantities(quantity("1G"), quantity("1Gi")), -1);
  });
});

describe("bytes for humans", () => {
  const texts: [bigint | number, string][] = [
    [0n, "0 bytes"],
    [1n, "1 byte"],
    [512n, "512 bytes"],
    [Ki, "1Ki"],
    [1536n, "1.5Ki"],
    [512n * Mi, "512Mi"],
    [150n * Gi, "150Gi"],
    [1536n * Mi, "1.5Gi"],
    [1000n * Gi, "1000Gi"],
    [1024n * Gi, "1Ti"],
    [1100n * Gi, "1100Gi"],
    [1536n * Gi, "1.5Ti"],
    [165n * Gi + 1n, "165Gi"],
    [(1n << 30n) - 1n, "1Gi"],
    [2n ** 60n * 5000n, "5000Ei"],
    [-3n * Gi, "-3Gi"],
    [1_000_000_000n, "953.7Mi"],
    [0.15 * 2 ** 40, "153.6Gi"],
    [1.5 * 2 ** 30, "1.5Gi"],
    [Number.POSITIVE_INFINITY, "Infinity"],
  ];
  for (const [bytes, text] of texts) {
    it(`say ${text} for ${bytes}`, () => assert.equal(formatBytes(bytes), text));
  }

  it("are off by at most a twentieth of their unit", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: Ki, max: 1n << 62n }), (bytes) => {
        const text = formatBytes(bytes);
        assert.match(text, /^\d{1,4}(\.\d)?[KMGTPE]i$/);
        const half = bytesOf(quantity(`0.05${text.slice(-2)}`));
        const off = bytesOf(quantity(text)) - bytes;
        assert.ok(off <= half && -off <= half, `${text} is off by ${off}`);
      }),
    );
  });
});

describe("the shortest text of a quantity", () => {
  const texts: [bigint, string][] = [
    [0n, "0"],
    [1n, "1"],
    [999n, "999"],
    [1000n, "1k"],
    [1024n, "1Ki"],
    [165n * Gi, "165Gi"],
    [Ti, "1Ti"],
    [1536n * Mi, "1536Mi"],
    [123_456_789n, "123456789"],
    [2_000_000_000n, "2G"],
    [-165n * Gi, "-165Gi"],
    [1n << 62n, "4Ei"],
    [1n << 63n, "9223372036854775808"],
  ];
  for (const [bytes, text] of texts) {
    it(`is ${text} for ${bytes} bytes`, () => assert.equal(quantityText(bytes), text));
  }

  it("is read back as the same number of bytes", () => {
    const sizes = fc
      .tuple(fc.bigInt({ min: -(1n << 70n), max: 1n << 70n }), fc.constantFrom(1n, Ki, Mi, Gi, 1000n, 1_000_000n))
      .map(([count, size]) => count * size);
    fc.assert(fc.property(sizes, (bytes) => assert.equal(bytesOf(quantity(quantityText(bytes))), bytes)));
  });
});
