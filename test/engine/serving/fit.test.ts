import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { findGpu, findModel } from "../../../server/engine/catalogue/public.ts";
import { inSeconds, milliseconds } from "../../../server/engine/index.ts";
import {
  type BenchmarkPoint,
  type Fit,
  fitConstants,
  isOfOtherLengths,
  isUnknownStep,
  outputTokenTime,
  pointsOfProfile,
  stepLaw,
  vllmConstants,
} from "../../../server/engine/serving/public.ts";
import { legacyDecodeTime } from "../../../server/engine/wva/queueing/legacy.ts";

const model = findModel("meta-llama/Llama-3.1-8B-Instruct")?.model;
const gpu = findGpu("H100");
assert.ok(model !== undefined && gpu !== undefined);
const options = { tensor: 1 };
const short = { inputTokens: 128, outputTokens: 128, hitShare: 0 };
const long = { inputTokens: 4096, outputTokens: 512, hitShare: 0 };

function fit(points: readonly BenchmarkPoint[]): Fit {
  assert.ok(model !== undefined && gpu !== undefined);
  const found = fitConstants(model, gpu, options, points, 8192);
  assert.ok("constants" in found);
  return found;
}

/** What a benchmark would find if these were the constants. */
function measured(constants: typeof vllmConstants, shape: typeof short, requests: number): BenchmarkPoint {
  assert.ok(model !== undefined && gpu !== undefined);
  const law = stepLaw(model, gpu, { ...options, constants });
  assert.ok(!isUnknownStep(law));
  return { shape, requests, outputTokenTime: outputTokenTime(law, shape, requests, 8192) };
}

describe("constants from a benchmark", () => {
  test("are found again where the points tell them apart", () => {
    const share = fc.double({ min: 0.5, max: 0.95, noNaN: true });
    const price = fc.double({ min: 5e-6, max: 100e-6, noNaN: true });
    fc.assert(
      fc.property(share, share, price, (weightReading, cacheReading, perSequence) => {
        const constants = { ...vllmConstants, weightReading, cacheReading, perSequence };
        const points = [short, long].flatMap((shape) => [1, 16, 64].map((count) => measured(constants, shape, count)));
        const found = fit(points);
        assert.ok(found.error < 1e-3, String(found.error));
        for (const name of ["weightReading", "cacheReading", "perSequence"] as const) {
          assert.ok(Math.abs(found.constants[name] / constants[name] - 1) < 0.02, name);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("stay the usual ones where the points say nothing else", () => {
    const { constants, error, implausible } = fit([
      measured(vllmConstants, short, 1),
      measured(vllmConstants, short, 64),
    ]);
    assert.deepEqual({ constants, error, implausible }, { constants: vllmConstants, error: 0, implausible: [] });
  });

  // WVA's documentation, parameter estimation: 7.0 ms at 1 request, 8.7 ms at 64, of 128 tokens in and out.
  test("pass the two points that WVA documents", () => {
    const points = [
      { shape: short, requests: 1, outputTokenTime: 7.0e-3 },
      { shape: short, requests: 64, outputTokenTime: 8.7e-3 },
    ];
    const found = fit(points);
    assert.ok(found.error < 0.01, String(found.error));
    assert.ok(found.constants.weightReading <= 1 && found.constants.perSequence < vllmConstants.perSequence);
  });

  test("are taken from a profile of WVA at the batches up to its largest", () => {
    const profile = { alpha: milliseconds(6.973), beta: milliseconds(0.027) };
    const points = pointsOfProfile(short, 96, (batch) => inSeconds(legacyDecodeTime(profile, batch)));
    assert.deepEqual(
      points.map(({ requests }) => requests),
      [1, 2, 4, 8, 16, 32, 64, 96],
    );
    assert.ok(fit(points).error < 0.05);
  });

  test("of other hardware are told: no memory reads faster than it is", () => {
    const found = fit([{ shape: short, requests: 1, outputTokenTime: 2.5e-3 }]);
    assert.deepEqual(found.implausible, ["weightReading"]);
    assert.ok(found.error > 0.5);
    assert.equal(found.constants.weightReading, 1);
  });

  test("cannot be had where the law cannot", () => {
    assert.ok(model !== undefined && gpu !== undefined);
    assert.deepEqual(fitConstants({ ...model, mixture: true }, gpu, options, [], 8192), { missing: "experts" });
  });
});

describe("a profile", () => {
  test("holds for requests of its lengths, and not for others", () => {
    assert.equal(isOfOtherLengths(short, { ...short, inputTokens: 150 }), false);
    assert.equal(isOfOtherLengths(short, { ...short, inputTokens: 161 }), true);
    assert.equal(isOfOtherLengths(short, { ...short, outputTokens: 100 }), true);
    assert.equal(isOfOtherLengths(short, long), true);
  });
});
