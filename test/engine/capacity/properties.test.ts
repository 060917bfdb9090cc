import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  blockPool,
  blocksIn,
  blocksOfRequest,
  bytesPerToken,
  cacheDtypes,
  cacheLayers,
  capacity,
  isRefusal,
  loggedTokens,
  oneRank,
  parallelMistake,
  startupNeeds,
  usualPool,
} from "../../../server/engine/capacity/public.ts";
import { gpus, models } from "../../../server/engine/catalogue/public.ts";
import { gb, gib, gibPerRank, perPod, share, tokens } from "../../../server/engine/index.ts";

const anyModel = fc.constantFrom(...models);
const anyGpu = fc.constantFrom(...gpus);
const anyDegree = fc.constantFrom(1, 2, 4, 8, 16);
const anyMemory = fc.double({ min: 0, max: 200, noNaN: true });
const anyLength = fc.integer({ min: 1, max: 200_000 });

describe("the pool", () => {
  test("more memory never holds fewer tokens, and blocks are whole", () => {
    fc.assert(
      fc.property(anyModel, anyMemory, anyMemory, (model, a, b) => {
        const pool = blockPool(cacheLayers({ model, dtype: "auto", parallel: oneRank }), usualPool);
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((memory) => blocksIn(pool, gib(memory)));
        const tokensIn = (blocks = 0) => loggedTokens(pool, blocks, 8192, usualPool, "shared");
        assert.ok(tokensIn(less) <= tokensIn(more));
        assert.ok(Number.isInteger(less) && (less ?? 0) * pool.bytesPerBlock <= gib(Math.min(a, b)));
      }),
    );
  });

  test("more bytes a token never hold more tokens", () => {
    const one = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(one, one, anyMemory, (a, b, memory) => {
        const [light, heavy] = [Math.min(a, b), Math.max(a, b)].map((bytes) => {
          const pool = blockPool([{ kind: "full", layers: 32, bytesPerToken: bytes }], usualPool);
          return loggedTokens(pool, blocksIn(pool, gib(memory)), 16, usualPool, "shared");
        });
        assert.ok((light ?? 0) >= (heavy ?? 0));
      }),
    );
  });

  test("a longer request never takes fewer blocks, and the longest that fits is the longest", () => {
    fc.assert(
      fc.property(anyModel, anyLength, anyLength, anyMemory, (model, a, b, memory) => {
        const pool = blockPool(cacheLayers({ model, dtype: "auto", parallel: oneRank }), usualPool);
        const needs = (length: number) => blocksOfRequest(pool, length, usualPool) * pool.bytesPerBlock;
        assert.ok(needs(Math.min(a, b)) <= needs(Math.max(a, b)));
        const { longest } = startupNeeds(pool, gib(memory), a, usualPool);
        assert.ok(longest === 0 || needs(longest) <= gib(memory));
        assert.ok(longest === a || needs(longest + 1) > gib(memory));
      }),
    );
  });
});

describe("bytes of a token", () => {
  test("more ranks never keep more each, and together never less than one", () => {
    fc.assert(
      fc.property(anyModel, anyDegree, fc.constantFrom(...cacheDtypes), (model, tensor, dtype) => {
        const parallel = { ...oneRank, tensor };
        fc.pre(parallelMistake(model, parallel) === undefined);
        const one = bytesPerToken({ model, dtype, parallel: oneRank });
        const each = bytesPerToken({ model, dtype, parallel });
        assert.ok(each <= one && each * tensor >= one);
        assert.equal(perPod(each, tensor), each * tensor);
      }),
    );
  });
});

describe("capacity", () => {
  const anyShare = fc.double({ min: 0.05, max: 1, noNaN: true });
  test("answers any model on any GPU, within its own band, and a larger share never holds less", () => {
    fc.assert(
      fc.property(anyModel, anyGpu, anyDegree, anyShare, anyShare, (model, gpu, tensor, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((utilization) =>
          capacity({
            model,
            gpu,
            parallel: { ...oneRank, tensor },
            utilization: share(utilization),
            maxModelLen: tokens(4096),
          }),
        );
        if (less === undefined || more === undefined || isRefusal(less) || isRefusal(more)) return;
        assert.ok(less.tokens.value <= more.tokens.value);
        for (const { tokens: range, blocks } of [less, more]) {
          assert.ok(range.least <= range.value && range.value <= range.most);
          assert.ok(Number.isInteger(blocks) && blocks >= 0);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test("units do not mix", () => {
  const perRank = gibPerRank(1);
  // @ts-expect-error what a rank holds is not what a pod holds
  const wrong: ReturnType<typeof perPod> = perRank;
  // @ts-expect-error a size is no number of tokens
  const tokensOfBytes: ReturnType<typeof tokens> = gib(1);
  // @ts-expect-error a plain number has no unit
  blocksIn(blockPool([], usualPool), 5);
  assert.equal(wrong, perRank);
  assert.equal(tokensOfBytes, 2 ** 30);
  assert.notEqual(gib(1), gb(1));
});
