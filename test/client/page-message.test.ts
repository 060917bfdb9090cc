import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPageMessage } from "../../client/preview/page-message.ts";
import { usualQuestion } from "../../server/forecast/question.ts";

const read = (message: unknown) => readPageMessage(message, usualQuestion);
const range = { start: { line: 3, character: 4 }, end: { line: 3, character: 7 } };
const place = { path: "file:///deploy/hpa.yaml", range };

describe("what a page says", () => {
  it("is heard when it is in the words agreed on", () => {
    const messages = [
      { type: "ready" },
      { type: "ask", question: usualQuestion, against: { kind: "saved" } },
      { type: "reveal", place },
      { type: "write", place, value: 0.85 },
      { type: "topology" },
      { type: "chooseAgainst" },
      { type: "chooseTraffic" },
      { type: "export", format: "csv", data: "a,b" },
    ];
    for (const message of messages) assert.deepEqual(read(message), message);
  });

  it("is not heard otherwise", () => {
    const messages = [
      undefined,
      "ready",
      { type: "run" },
      { type: "ask" },
      { type: "reveal", place: { ...place, path: 4 } },
      { type: "reveal", place: { path: "x", range: { start: range.start } } },
      { type: "write", place, value: Number.NaN },
      { type: "write", place, value: "0.85" },
      { type: "write", place: { path: "x", range: { start: { line: -1, character: 0 }, end: range.end } }, value: 1 },
      { type: "export", format: "exe", data: "x" },
    ];
    for (const message of messages) assert.equal(read(message), undefined, JSON.stringify(message));
  });
});
