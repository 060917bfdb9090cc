import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { StackNode, Topology } from "../../server/editor/preview/messages.ts";
import { stack, wrong } from "../topology/stack.ts";
import { Showcase } from "./support/shown.ts";

/** The tree as indented lines, findings by their rule alone. */
function lines(nodes: readonly StackNode[], depth = 0): string[] {
  return nodes.flatMap(({ label, description, icon, severity, children }) => {
    const isFinding = icon === "error" || icon === "warning" || icon === "info";
    const said = isFinding
      ? `${icon} ${description}`
      : `${description ?? ""} ${label}${severity ? ` (${severity})` : ""}`;
    return [`${"  ".repeat(depth)}${said.trim()}`, ...lines(children, depth + 1)];
  });
}

describe("the tree of stacks", { timeout: 120_000 }, () => {
  const show = new Showcase(wrong, { initializationOptions: { preview: true } });
  const tree = () => show.client.ask<StackNode[]>("headroom/stackTree", undefined);

  test("goes from a model to its pool, servers, configuration and autoscalers", async () => {
    const told = lines(await tree()).filter((line) => !/^ *(?:error|warning|info) /.test(line));
    assert.deepEqual(
      told.map((line) => line.replace(/ \(\w+\)$/, "")),
      [
        "Qwen/Qwen3-32B",
        "  InferencePool chat",
        "    HTTPRoute chat",
        "    Deployment chat-router",
        "      EndpointPickerConfig chat-router",
        "    Deployment chat",
        "      LMCache configuration chat-cache",
        "      HorizontalPodAutoscaler chat",
        "      VariantAutoscaling chat-h100",
        "        WVA saturation ConfigMap wva-saturation-scaling-config",
      ],
    );
  });

  test("holds each finding under its object, and its worst on the way up", async () => {
    const found = lines(await tree());
    const scaler = found.indexOf("      HorizontalPodAutoscaler chat (error)");
    assert.ok(scaler >= 0);
    assert.ok(found.slice(scaler).includes("        error hpa/min-above-max"));
    assert.equal(found[0], "Qwen/Qwen3-32B (error)");
  });

  test("has ids that do not repeat, and that stay when the text changes", async () => {
    const ids = (nodes: readonly StackNode[]): string[] => nodes.flatMap(({ id, children }) => [id, ...ids(children)]);
    const before = ids(await tree());
    assert.equal(new Set(before).size, before.length);
    await show.client.open(show.folder.uri("pool.yaml"), `# first\n${stack["pool.yaml"]}`);
    assert.deepEqual(ids(await tree()), before);
  });

  test("is told to be another one, once for many edits", async () => {
    let told = 0;
    const first = new Promise<void>((resolve) => {
      show.client.connection.onNotification("headroom/stackChanged", () => {
        told++;
        resolve();
      });
    });
    const uri = show.folder.uri("server.yaml");
    await show.client.open(uri, stack["server.yaml"] ?? "");
    for (let edit = 0; edit < 20; edit++) {
      await show.client.write(uri, `# ${edit}\n${stack["server.yaml"]}`);
      await tree();
    }
    await first;
    assert.ok(told < 20, `${told} times`);
  });
});

describe("the topology of a file", { timeout: 120_000 }, () => {
  const show = new Showcase({ ...wrong, "none.yaml": "just: text\n" });
  const topology = (name: string) => show.client.ask<Topology>("headroom/topology", { uri: show.folder.uri(name) });

  test("has places in the editor, and counts what was found", async () => {
    const { nodes, edges, mermaid } = await topology("server.yaml");
    const scaler = nodes.find(({ kind }) => kind === "HorizontalPodAutoscaler");
    assert.equal(scaler?.path, show.folder.uri("scaling.yaml"));
    assert.deepEqual(scaler?.range.start, { line: 9, character: 17 });
    assert.ok((scaler?.errors ?? 0) >= 1);
    assert.deepEqual([nodes.length, edges.length], [11, 11]);
    assert.match(mermaid, /^flowchart LR\n/);
  });

  test("is empty where a file is in no stack", async () => {
    assert.deepEqual(await topology("none.yaml"), { mermaid: "", nodes: [], edges: [] });
  });
});
