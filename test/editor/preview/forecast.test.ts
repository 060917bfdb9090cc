import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Forecast } from "../../../server/editor/preview/messages.ts";
import { type Question, usualQuestion } from "../../../server/forecast/question.ts";
import { hpa, server } from "../../scenario/stack.ts";
import { Client } from "../support/client.ts";
import { DiskFolder } from "../support/folder.ts";

const kustomization = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [notes.yaml]\n";
const folder = new DiskFolder({
  "chat/server.yaml": server,
  "chat/hpa.yaml": hpa,
  "apart/kustomization.yaml": kustomization,
  "apart/notes.yaml": "a: 1\n",
});
after(() => folder.delete());

const question: Question = { ...usualQuestion, duration: 600, instead: { nodeTime: 120 } };
const started = Client.start({ folders: [folder.uri()] });
after(async () => void (await (await started).stop()));

async function forecast(uri: string, rest: Partial<Question> = {}, more: object = {}): Promise<Forecast> {
  const client = await started;
  return client.ask<Forecast>("headroom/forecast", { uri, question: { ...question, ...rest }, ...more });
}

describe("a forecast in the editor", () => {
  test("is of the stack that a file belongs to, with places that an editor can open", async () => {
    const { targets, picture, mistake } = await forecast(folder.uri("chat/hpa.yaml"));
    assert.equal(mistake, undefined);
    assert.deepEqual(targets, ["chat"]);
    assert.equal(picture?.model, "Qwen/Qwen3-32B");
    assert.equal(picture?.tier, "fluid");
    assert.equal(picture?.timeline.at.length, 41);
    assert.deepEqual(picture?.places["chat/hpa.yaml:7"], {
      path: folder.uri("chat/hpa.yaml"),
      range: { start: { line: 6, character: 15 }, end: { line: 6, character: 16 } },
    });
  });

  test("follows what is typed before it is saved", async () => {
    const client = await started;
    const uri = folder.uri("chat/hpa.yaml");
    const before = await forecast(uri, { traffic: { name: "steady", rate: 30 } });
    await client.open(uri, hpa);
    await client.write(uri, hpa.replace("maxReplicas: 4", "maxReplicas: 2"));
    const typed = await forecast(uri, { traffic: { name: "steady", rate: 30 } });
    assert.equal(before.picture?.summary.mostReplicas, 4);
    assert.equal(typed.picture?.summary.mostReplicas, 2);
    await client.close(uri);
  });

  test("says why there is none", async () => {
    assert.deepEqual(await forecast(folder.uri("apart/notes.yaml")), {
      targets: [],
      mistake: "No vLLM server stands in the files that belong to this one.",
    });
    const { mistake } = await forecast(folder.uri("chat/hpa.yaml"), { duration: 1e12 });
    assert.match(mistake ?? "", /^duration takes 60 to 2678400/);
  });
});
