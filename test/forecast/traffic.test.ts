import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { presets } from "../../server/engine/traffic/presets.ts";
import { usualQuestion } from "../../server/forecast/question.ts";
import { readQuestion } from "../../server/forecast/read-question.ts";
import { trafficFrom } from "../../server/forecast/traffic.ts";

function demandOf(asked: Parameters<typeof trafficFrom>[0], text = "") {
  const traffic = trafficFrom(asked, text);
  if ("mistake" in traffic) throw new Error(traffic.mistake);
  return traffic;
}

describe("traffic that is asked for", () => {
  test("is stretched to a rate and to lengths, in every preset", () => {
    for (const { name } of presets) {
      const { demand } = demandOf({ name, promptTokens: 20_000, outputTokens: 300 });
      assert.ok(Math.abs(demand.promptTokens / 20_000 - 1) < 0.02, `${name}: prompts of ${demand.promptTokens}`);
      assert.ok(Math.abs(demand.outputTokens / 300 - 1) < 0.02, `${name}: answers of ${demand.outputTokens}`);
    }
    assert.equal(demandOf({ name: "steady", rate: 12 }).demand.rate(100), 12);
  });

  test("is called by what was asked", () => {
    const asked = { name: "steady", rate: 3, promptTokens: 2000 };
    assert.equal(demandOf(asked).title, "Steady at 3 requests a second with prompts of 2000 tokens");
  });

  test("is what it is where it is a trace", () => {
    const csv = "TIMESTAMP,ContextTokens,GeneratedTokens\n2024-05-10 00:00:00.0,100,20\n";
    assert.equal(demandOf({ name: "a.csv" }, csv).title, "a.csv (1 requests)");
    assert.deepEqual(trafficFrom({ name: "a.csv", promptTokens: 5 }, csv), {
      mistake: "Lengths go with presets and shapes; a trace is what it is.",
    });
  });
});

describe("a question that came over a wire", () => {
  test("is as usual where it says nothing", () => {
    for (const nothing of [undefined, null, {}, 3, "text", []]) assert.deepEqual(readQuestion(nothing), usualQuestion);
  });

  test("is taken as it is when it is one", () => {
    const question = {
      target: "chat",
      traffic: { name: "spike", rate: 3, promptTokens: 10, outputTokens: 20 },
      duration: 7200,
      seed: 9,
      slo: { ttft: 1, target: 0.9 },
      instead: { model: "m", gpu: "H100", replicas: 2, nodeTime: 60, startTime: 90, gpuHour: 1.5 },
      exact: true,
    };
    assert.deepEqual(readQuestion(question), question);
  });

  test("is refused with the number that cannot be", () => {
    const cases = [
      [{ duration: 1e9 }, "duration takes 60 to 2678400, not 1000000000."],
      [{ seed: 1.5 }, "seed takes a whole number, not 1.5."],
      [{ traffic: { name: {} } }, "name is no text of up to 1000 characters."],
      [{ instead: { replicas: -1 } }, "replicas takes 0 to 1000, not -1."],
    ] as const;
    for (const [asked, mistake] of cases) assert.deepEqual(readQuestion(asked), { mistake });
  });

  test("never makes anything throw", () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom("traffic", "slo", "instead", "duration", "target"), (value, key) => {
        readQuestion({ [key]: value });
        readQuestion(value);
      }),
    );
  });
});
