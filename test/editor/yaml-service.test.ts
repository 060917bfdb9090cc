import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { handedOver } from "../../server/editor/handover/documents.ts";
import { leftRules } from "../../server/editor/handover/left.ts";
import { schemaMark } from "../../server/editor/messages.ts";
import type { Pipeline } from "../../server/pipeline.ts";
import { rules } from "../../server/rules/registry.ts";
import { kindCases } from "../schemas/support/kubernetes-kinds.ts";
import { slipsOf } from "../schemas/support/slips.ts";
import { readExample } from "../support/example.ts";
import { type Files, pipelineOf } from "../support/lint.ts";
import { YamlService } from "./support/yaml-service.ts";

const path = "manifest.yaml";

/** What is left to the other service, and what it says, as lines of the file. */
async function compared(service: YamlService, files: Files, of = path) {
  const pipeline = pipelineOf(files);
  const file = pipeline.workspace.files.get(of);
  assert.ok(file);
  const { documents } = handedOver(file, pipeline.workspace);
  const isHanded = (line: number) => {
    const offset = file.offsetAt({ line, character: 0 });
    const doc = file.documents.findLast(({ base }) => base <= offset);
    return doc !== undefined && documents.has(doc);
  };
  const ours = pipeline.findingsOf(of).filter(({ rule }) => leftRules.has(rule));
  const theirs = await service.findings(of, file.text, pipeline.workspace);
  const bySchema = theirs.filter(({ source }) => source?.includes(schemaMark));
  return {
    pipeline,
    handed: documents.size,
    ours: ours.filter(({ range }) => isHanded(range.start.line)),
    theirs: bySchema,
  };
}

describe("the service inside Red Hat's YAML extension", { timeout: 120_000 }, () => {
  const service = new YamlService();

  for (const one of kindCases) {
    const { kind } = one;
    const clean = one.clean.replace(", creationTimestamp: null", "");

    test(`finds nothing in a clean ${kind}`, async () => {
      const { handed, theirs } = await compared(service, { [path]: clean });
      assert.ok(handed > 0);
      assert.deepEqual(theirs, []);
    });

    for (const [what, slip] of slipsOf(one)) {
      test(`says what is left to it of a ${kind}: ${what}`, async () => {
        const text = clean.replace(slip.from, slip.to);
        assert.notEqual(text, clean);
        const { handed, ours, theirs } = await compared(service, { [path]: text });
        assert.ok(handed > 0);
        assert.equal(ours.length, 1);
        const lines = theirs.map(({ range }) => range.start.line);
        // Of a key that is not there it speaks at the beginning of what lacks it, we at the key above.
        if (what === "missing") assert.notEqual(theirs.length, 0);
        else assert.ok(lines.includes(ours[0]?.range.start.line ?? -1), JSON.stringify({ ours, theirs }));
      });
    }
  }

  test("finds nothing in a whole stack that is clean", async () => {
    const stack = "examples/production/";
    const names = readdirSync(stack, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".yaml"));
    const files = Object.fromEntries(names.map((name) => [name, readFileSync(stack + name, "utf8")]));
    let handed = 0;
    for (const name of names) {
      const found = await compared(service, files, name);
      assert.deepEqual(found.theirs, [], name);
      handed += found.handed;
    }
    assert.ok(handed > 20, `only ${handed} documents were handed over`);
  });

  test("finds nothing in what is right by our rules, and what is left to it in what is wrong", async () => {
    for (const { id, examples } of rules) {
      const [good, bad] = [readExample(examples.good).files, readExample(examples.bad).files];
      for (const name of Object.keys(good)) assert.deepEqual((await compared(service, good, name)).theirs, [], id);
      for (const name of Object.keys(bad)) {
        const { ours, theirs } = await compared(service, bad, name);
        assert.equal(theirs.length > 0, ours.length > 0, `${id}: ${JSON.stringify({ ours, theirs })}`);
      }
    }
  });

  describe("answers from our schemas", () => {
    const workspaceOf = (text: string) => (pipelineOf({ [path]: text }) satisfies Pipeline).workspace;
    const hpa = (rest: string) =>
      `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: llama\n${rest}`;
    const pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: b}]}\n";

    test("completion, in the one and in the other document of a file", async () => {
      const text = hpa("spec:\n  maxReplicas: 3\n  behavior:\n    scale‸\n");
      assert.deepEqual(await service.labels(text, workspaceOf), ["scaleDown", "scaleUp"]);
      assert.deepEqual(await service.labels(`${pod}---\n${text}`, workspaceOf), ["scaleDown", "scaleUp"]);
      assert.deepEqual(await service.labels(`${text}---\n${pod}`, workspaceOf), ["scaleDown", "scaleUp"]);
    });

    test("hover", async () => {
      assert.match(await service.hovered(hpa("spec:\n  max‸Replicas: 3\n"), workspaceOf), /The most replicas/);
    });

    test("of a document without apiVersion and kind", async () => {
      const text = "chunk_size: 256\nlocal_cpu: true\nmax_local_cpu‸_size: 5\n";
      assert.match(await service.hovered(text, workspaceOf), /memory/i);
    });

    test("no deprecated key is proposed, and none is found by it", async () => {
      const text = pod.replace("{containers", "{serviceAccount: b, containers");
      const { theirs, pipeline } = await compared(service, { [path]: text });
      assert.deepEqual(theirs, []);
      assert.deepEqual(
        pipeline.findingsOf(path).map(({ rule }) => rule),
        ["schema/deprecated-key"],
      );
      const labels = await service.labels(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  service‸\n",
        workspaceOf,
      );
      assert.ok(labels.includes("serviceAccountName") && !labels.includes("serviceAccount"), labels.join());
    });
  });
});
