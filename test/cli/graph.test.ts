import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { run } from "../../server/cli/run.ts";
import { stack } from "../topology/stack.ts";
import { recorder } from "./support/recorder.ts";
import { scratch } from "./support/scratch.ts";

const small = {
  "chat/server.yaml": stack["server.yaml"] ?? "",
  "chat/hpa.yaml": `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: chat, namespace: llm}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}
  minReplicas: 9
  maxReplicas: 8
`,
};

/** `headroom graph …` in a directory with these files. */
async function graph(argv: readonly string[], files: Readonly<Record<string, string>> = small) {
  const { terminal, said } = recorder();
  const host = { cwd: scratch(files), stdin: nothing(), startServer: () => {} };
  const exit = await run(["graph", ...argv], terminal, host);
  return { exit, ...said };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

describe("headroom graph", () => {
  it("draws the working directory in mermaid's language", async () => {
    const { exit, out, err } = await graph([]);
    assert.deepEqual([exit, err], [0, ""]);
    const withoutCounts = out.replace(/<br\/>\d+ (?:error|warning)[^"]*/g, "");
    assert.deepEqual(withoutCounts.split("\n").slice(0, 6), [
      "flowchart LR",
      '  n0{{"HorizontalPodAutoscaler<br/>chat"}}',
      '  n1["Deployment<br/>chat"]',
      '  n2[/"LMCache configuration<br/>chat-cache"/]',
      "  n1 -->|reads| n2",
      "  n0 -->|scales| n1",
    ]);
    assert.match(out, /n0\{\{"HorizontalPodAutoscaler<br\/>chat<br\/>\d+ errors?/);
  });

  it("says the same to programs, with places and counts", async () => {
    const { exit, out } = await graph(["chat", "--format", "json"]);
    assert.equal(exit, 0);
    const { version, nodes, edges } = JSON.parse(out);
    assert.equal(version, 1);
    const { errors, warnings, infos, ...scaler } = nodes[0];
    assert.deepEqual(scaler, {
      id: "n0",
      role: "autoscaler",
      kind: "HorizontalPodAutoscaler",
      name: "chat",
      namespace: "llm",
      file: "chat/hpa.yaml",
      range: { start: { line: 2, character: 17 }, end: { line: 2, character: 21 } },
    });
    assert.ok(errors >= 1 && warnings >= 0 && infos >= 0);
    assert.equal(nodes[1].namespace, null);
    assert.deepEqual(edges, [
      { from: "n1", to: "n2", label: "reads" },
      { from: "n0", to: "n1", label: "scales" },
    ]);
  });

  it("has nothing to draw where nothing serves a model, and says so", async () => {
    assert.deepEqual(await graph([], { "a.yaml": "just: text\n" }), {
      exit: 2,
      out: "",
      err: "Nothing in these files serves a model, leads to one or scales one.\n",
    });
  });

  it("draws what it could read, and tells what it could not", async () => {
    const { exit, out, err } = await graph(["chat", "missing.yaml"]);
    assert.equal(exit, 2);
    assert.match(out, /^flowchart LR\n/);
    assert.match(err, /missing\.yaml/);
  });
});
