import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import DOMPurify from "dompurify";
import fc from "fast-check";
import type mermaidApi from "mermaid";
import { topologyAround } from "../../server/topology/around.ts";
import { escaped, mermaidText } from "../../server/topology/mermaid.ts";
import type { Topology } from "../../server/topology/topology.ts";
import { stack } from "./stack.ts";
import { topologyIn } from "./support.ts";

/** `HorizontalPodAutoscaler chat scales Deployment chat` */
function told({ nodes, edges }: Topology): string[] {
  const title = (id: string) => {
    const node = nodes.find((one) => one.id === id);
    return `${node?.kind} ${node?.name}`;
  };
  return edges.map(({ from, to, label }) => `${title(from)} ${label} ${title(to)}`).sort();
}

const nothing = () => ({ errors: 0, warnings: 0 });

describe("a topology", () => {
  test("leads from the gateway to the configuration, and tells what scales and reads what", () => {
    assert.deepEqual(told(topologyIn(stack)), [
      "Deployment chat reads LMCache configuration chat-cache",
      "Deployment chat-router reads EndpointPickerConfig chat-router",
      "Gateway public routes HTTPRoute chat",
      "HTTPRoute chat sends to InferencePool chat",
      "HorizontalPodAutoscaler chat follows VariantAutoscaling chat-h100",
      "HorizontalPodAutoscaler chat scales Deployment chat",
      "InferencePool chat asks Service chat-router",
      "InferencePool chat selects Deployment chat",
      "Service chat-router selects Deployment chat-router",
      "VariantAutoscaling chat-h100 decides for Deployment chat",
      "WVA saturation ConfigMap wva-saturation-scaling-config thresholds VariantAutoscaling chat-h100",
    ]);
  });

  test("shows claims and what serves no model nowhere", () => {
    const web =
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: web, image: nginx}]}}}\n";
    const scaler =
      "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 2}\n";
    const names = topologyIn({ ...stack, "web.yaml": `${web}---\n${scaler}` }).nodes.map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => name === "web" || name === "models"),
      [],
    );
  });

  test("does not draw a reference that two objects answer", () => {
    const { "scaling.yaml": scaling = "", ...rest } = stack;
    const far = { ...rest, "again/server.yaml": rest["server.yaml"] ?? "", "far/scaling.yaml": scaling };
    assert.deepEqual(
      told(topologyIn(far)).filter((line) => line.includes(" scales ")),
      [],
    );
  });

  test("around a file ends at a gateway that stacks share", () => {
    const other = Object.fromEntries(
      Object.entries(stack).map(([path, text]) => [`b/${path}`, text.replaceAll("chat", "code")] as const),
    );
    const { "b/gateway.yaml": route = "", ...rest } = other;
    const files = { ...stack, ...rest, "b/gateway.yaml": route.slice(route.indexOf("---") + 4) };
    delete (rest as Record<string, string>)["b/scaling.yaml"];
    const names = topologyAround(topologyIn(files), "server.yaml").nodes.map(({ name }) => name);
    assert.ok(names.includes("public") && names.includes("chat-h100"));
    assert.deepEqual(
      names.filter((name) => name.startsWith("code")),
      [],
    );
  });
});

describe("its mermaid text", () => {
  let mermaid: typeof mermaidApi;

  before(async () => {
    // mermaid cleans labels with DOMPurify, which does nothing without a browser; its grammar needs none.
    Object.assign(DOMPurify, { addHook: () => {}, sanitize: (text: string) => text });
    mermaid = (await import("mermaid")).default;
  });

  test("counts the findings of each object", () => {
    const { "server.yaml": only = "" } = stack;
    const counts = (name: string | undefined) =>
      name === "chat" ? { errors: 1, warnings: 2 } : { errors: 0, warnings: name === "chat-cache" ? 1 : 0 };
    assert.equal(
      mermaidText(topologyIn({ "server.yaml": only }), ({ name }) => counts(name?.value)),
      `flowchart LR
  n0["Deployment<br/>chat<br/>1 error, 2 warnings"]
  n1[/"LMCache configuration<br/>chat-cache<br/>1 warning"/]
  n0 -->|reads| n1
  classDef wrong stroke:#d13438,stroke-width:3px
  classDef doubtful stroke:#bf8803,stroke-width:3px
  class n0 wrong
  class n1 doubtful
`,
    );
  });

  test("is read by mermaid as it is meant", async () => {
    const topology = topologyIn(stack);
    const text = mermaidText(topology, () => ({ errors: 1, warnings: 0 }));
    assert.deepEqual((await mermaid.parse(text)).diagramType, "flowchart-v2");
    const { db } = (await mermaid.mermaidAPI.getDiagramFromText(text)) as unknown as {
      db: { getVertices(): Map<string, unknown>; getEdges(): { start: string; end: string; text: string }[] };
    };
    assert.deepEqual(
      [...db.getVertices().keys()],
      topology.nodes.map(({ id }) => id),
    );
    const edges = db.getEdges().map(({ start, end, text: label }) => ({ from: start, to: end, label }));
    assert.deepEqual(edges, topology.edges);
  });

  test("stays one node with one label, whatever a name is", async () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.constantFrom(
        '"]',
        "`",
        "%%{init: {}}%%",
        "end",
        "<script>",
        "#quot;",
        "ﬂ°°60¶ß",
        "\n  click n0 call x()",
        "[/",
        "&lt;",
      ),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (name) => {
        const text = `flowchart LR\n  n0["${escaped(name)}x"]\n`;
        const { db } = (await mermaid.mermaidAPI.getDiagramFromText(text)) as unknown as {
          db: { getVertices(): Map<string, unknown> };
        };
        assert.deepEqual([...db.getVertices().keys()], ["n0"]);
      }),
      { numRuns: 300 },
    );
  });

  test("of an empty topology is empty", () => {
    assert.equal(mermaidText({ nodes: [], edges: [] }, nothing), "flowchart LR\n");
  });
});
