import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { run } from "../../server/cli/run.ts";
import { recorder } from "./support/recorder.ts";

async function* nothing(): AsyncGenerator<Uint8Array> {}

function flowing(text: string): string {
  return text.replace(/\s+/g, " ");
}

describe("the output in the README", () => {
  it("is what linting the examples prints", async () => {
    const { terminal, said } = recorder();
    await run(["lint", "examples"], terminal, { cwd: process.cwd(), stdin: nothing(), startServer: () => {} });
    const sample = /^```\n(error examples\/[\s\S]*?)^```$/m.exec(readFileSync("README.md", "utf8"))?.[1] ?? "";
    const [finding = "", summary = ""] = sample.split("…\n");
    assert.ok(finding.length > 100 && summary.length > 10, sample);
    // The width of the terminal is the reader's.
    assert.ok(flowing(said.out).includes(flowing(finding)), finding);
    assert.ok(flowing(said.out).endsWith(flowing(summary)), said.out.slice(-200));
  });
});
