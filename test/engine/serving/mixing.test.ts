import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  burstFirstToken,
  isolatedFirstToken,
  outputTokenTime,
  outputTokenTimeAtRate,
  prefillTime,
  promptDelay,
  type RequestShape,
  rateOf,
} from "../../../server/engine/serving/public.ts";
import { lawOf } from "./laws.ts";

const qwen = lawOf("Qwen/Qwen3-32B", "H100", { tensor: 2 });
const chat: RequestShape = { inputTokens: 1024, outputTokens: 257, hitShare: 0 };
const anyShape = fc.record({
  inputTokens: fc.integer({ min: 1, max: 32_768 }),
  outputTokens: fc.integer({ min: 2, max: 4096 }),
  hitShare: fc.constantFrom(0, 0.35, 0.9, 1),
});
const anyDecodes = fc.integer({ min: 1, max: 512 });

describe("prompts among decodes", () => {
  test("closed and open loop are one law: the rate that so many decodes keep makes their tokens as slow", () => {
    fc.assert(
      fc.property(anyShape, anyDecodes, (shape, decodes) => {
        const closed = outputTokenTime(qwen, shape, decodes, 8192);
        const open = outputTokenTimeAtRate(qwen, shape, decodes, rateOf(qwen, shape, decodes, 8192), 8192);
        assert.ok(Math.abs(open / closed - 1) < 1e-9, `${open} and ${closed}`);
      }),
    );
  });

  test("a rate whose prompts alone fill the steps has no end", () => {
    const delay = promptDelay(qwen, chat, 32, 8192);
    assert.equal(outputTokenTimeAtRate(qwen, chat, 32, 1.01 / delay, 8192), Number.POSITIVE_INFINITY);
  });

  test("an output token takes longer with more decodes, longer prompts and fewer hits", () => {
    const longer = (shape: RequestShape, than: RequestShape, decodes: number) =>
      outputTokenTime(qwen, shape, decodes, 8192) >= outputTokenTime(qwen, than, decodes, 8192) * (1 - 1e-9);
    fc.assert(
      fc.property(anyShape, anyDecodes, (shape, decodes) => {
        assert.ok(outputTokenTime(qwen, shape, decodes + 1, 8192) > outputTokenTime(qwen, shape, decodes, 8192));
        assert.ok(longer({ ...shape, inputTokens: 2 * shape.inputTokens }, shape, decodes));
        assert.ok(longer(shape, { ...shape, hitShare: 1 }, decodes));
      }),
    );
  });

  test("where another pod prefills, nothing is delayed", () => {
    assert.equal(promptDelay(qwen, { ...chat, hitShare: 1 }, 32, 8192), 0);
  });
});

describe("the first token", () => {
  // llm-d's guide on token-aware autoscaling publishes 15,928 tokens a second as the peak of Qwen3-32B on 2 x H100 in vLLM.
  test("of long prompts comes at 16,472 tokens a second, 3.4 % above what llm-d measured", () => {
    const rate = 8192 / prefillTime(qwen, { inputTokens: 8192, outputTokens: 1, hitShare: 0 }, 0, 8192);
    assert.equal(Math.round(rate), 16_472);
    assert.equal(((rate / 15_928 - 1) * 100).toFixed(1), "3.4");
  });

  test("of a prompt in chunks waits for all of them", () => {
    const shape = { inputTokens: 20_000, outputTokens: 1, hitShare: 0.1 };
    let [sum, done] = [0, 2000];
    while (done < 20_000) {
      const promptTokens = Math.min(8192, 20_000 - done);
      sum += qwen.stepTime({ decodes: 0, promptTokens, contextTokens: 0, promptContext: done + promptTokens / 2 });
      done += promptTokens;
    }
    assert.ok(Math.abs(prefillTime(qwen, shape, 0, 8192) / sum - 1) < 1e-12);
  });

  test("comes later for longer prompts, and later in a burst than alone", () => {
    fc.assert(
      fc.property(anyShape, fc.integer({ min: 1, max: 64 }), (shape, requests) => {
        const longer = { ...shape, inputTokens: shape.inputTokens + 16 };
        assert.ok(isolatedFirstToken(qwen, longer, 8192) >= isolatedFirstToken(qwen, shape, 8192) * (1 - 1e-9));
        const alone = burstFirstToken(qwen, shape, 1, 8192);
        assert.ok(burstFirstToken(qwen, shape, requests, 8192) >= alone * (1 - 1e-9));
      }),
    );
  });

  test("of four prompts that fit a step comes with all of them; of eight, half come a step later", () => {
    const shape = { inputTokens: 2048, outputTokens: 1, hitShare: 0 };
    const step = qwen.stepTime({ decodes: 0, promptTokens: 8192, contextTokens: 0, promptContext: 1024 });
    const near = (actual: number, wanted: number) => assert.ok(Math.abs(actual / wanted - 1) < 1e-12);
    near(burstFirstToken(qwen, shape, 4, 8192), qwen.apiOverhead + step);
    near(burstFirstToken(qwen, shape, 8, 8192), qwen.apiOverhead + 1.5 * step);
  });
});
