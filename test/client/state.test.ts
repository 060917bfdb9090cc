import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isRef, readAgainst, readState } from "../../client/preview/state.ts";
import { usualQuestion } from "../../server/forecast/question.ts";

const uri = "file:///deploy/hpa.yaml";

describe("what a page kept before a reload", () => {
  it("is what it gets back", () => {
    const state = {
      uri,
      question: {
        target: "chat",
        traffic: { name: "spike", rate: 4, promptTokens: 900 },
        duration: 7200,
        seed: 3,
        slo: { ttft: 1.5, target: 0.99 },
        instead: { gpu: "H100", replicas: 0, gpuHour: 2.5 },
        exact: true,
      },
      against: { kind: "git", ref: "origin/main~2" },
      tab: "decisions",
    };
    assert.deepEqual(readState(JSON.parse(JSON.stringify(state)), usualQuestion), state);
  });

  it("is as usual where another version kept something else", () => {
    const kept = { uri, tab: "weather", question: { traffic: "fast", duration: -1, seed: 0.5, slo: { target: 7 } } };
    assert.deepEqual(readState(kept, usualQuestion), { uri, question: usualQuestion, tab: "timelines" });
  });

  it("is nothing without a file", () => {
    for (const kept of [undefined, null, 7, [], {}, { uri: "" }, { uri: 4 }])
      assert.equal(readState(kept, usualQuestion), undefined);
  });

  it("never breaks, whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (kept) => {
        const state = readState({ ...(kept as object), uri, question: kept, against: kept }, usualQuestion);
        assert.ok(state && Number.isFinite(state.question.duration) && state.question.traffic.name !== "");
      }),
    );
  });

  it("compares with nothing that it does not know", () => {
    assert.equal(readAgainst({ kind: "git", ref: "--output=/tmp/x" }), undefined);
    assert.equal(readAgainst({ kind: "cluster" }), undefined);
    assert.deepEqual(readAgainst({ kind: "saved", ref: 3 }), { kind: "saved" });
  });
});

it("what can name a commit is taken, an option of git or a range is not", () => {
  for (const ref of ["HEAD", "HEAD~3", "main^2", "v1.2", "feature/x", "4f2a91c", "main@{upstream}"])
    assert.equal(isRef(ref), true, ref);
  for (const ref of ["", "-p", "--exec=x", "a..b", "HEAD:file", "a b", "a\nb", "x".repeat(201)])
    assert.equal(isRef(ref), false, ref);
});
