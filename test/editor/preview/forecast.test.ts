import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, describe, test } from "node:test";
import { CancellationTokenSource, LSPErrorCodes, type WorkspaceEdit } from "vscode-languageserver-protocol/node";
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
const stale: string[] = [];
const heard = new Set<() => void>();
const listening = started.then((client) => {
  client.connection.onNotification("headroom/forecastStale", ({ uri }: { uri: string }) => {
    stale.push(uri);
    for (const hear of heard) hear();
    heard.clear();
  });
  return client;
});
/** When the server says next that a forecast is outdated. */
const nextStale = () => new Promise<void>((resolve) => heard.add(resolve));

async function forecast(uri: string, rest: Partial<Question> = {}, more: object = {}): Promise<Forecast> {
  const client = await listening;
  return client.ask<Forecast>("headroom/forecast", { uri, question: { ...question, ...rest }, ...more });
}

describe("a forecast in the editor", () => {
  test("is of the stack that a file belongs to, with places that an editor can open", async () => {
    const { targets, files, picture, mistake } = await forecast(folder.uri("chat/hpa.yaml"));
    assert.equal(mistake, undefined);
    assert.deepEqual(targets, ["chat"]);
    assert.deepEqual(files, [folder.uri("chat/hpa.yaml"), folder.uri("chat/server.yaml")]);
    assert.equal(picture?.model, "Qwen/Qwen3-32B");
    assert.equal(picture?.tier, "fluid");
    assert.equal(picture?.timeline.at.length, 41);
    assert.deepEqual(picture?.places["chat/hpa.yaml:7"], {
      path: folder.uri("chat/hpa.yaml"),
      range: { start: { line: 6, character: 15 }, end: { line: 6, character: 16 } },
    });
  });

  test("follows what is typed before it is saved", async () => {
    const client = await listening;
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

  test("serves every request by itself in a thread, while the server goes on answering", async () => {
    const client = await listening;
    const uri = folder.uri("chat/hpa.yaml");
    const order: string[] = [];
    const noted = async (asked: Promise<Forecast>) => {
      const found = await asked;
      order.push(found.picture?.tier ?? "none");
      return found;
    };
    const exact = noted(forecast(uri, { exact: true, duration: 6 * 3600 }));
    const fluid = noted(forecast(uri));
    assert.equal((await exact).picture?.tier, "exact");
    assert.equal((await exact).picture?.summary.ttft?.of, "requests");
    assert.equal((await fluid).picture?.tier, "fluid");
    assert.deepEqual(order, ["fluid", "exact"]);
    assert.deepEqual(
      client.logged.filter((line) => line.includes("failed")),
      [],
    );
  });

  test("stops an exact run when nobody wants it any more", async () => {
    const client = await listening;
    const cancelled = new CancellationTokenSource();
    const params = {
      uri: folder.uri("chat/hpa.yaml"),
      question: { ...question, exact: true, duration: 31 * 86_400, traffic: { name: "steady", rate: 5 } },
    };
    const running = client.connection.sendRequest("headroom/forecast", params, cancelled.token);
    await forecast(folder.uri("chat/hpa.yaml"));
    cancelled.cancel();
    await assert.rejects(running, { code: LSPErrorCodes.RequestCancelled });
  });

  test("tells once that a file of a stack that is shown has changed", async () => {
    const client = await listening;
    const uri = folder.uri("chat/hpa.yaml");
    await forecast(uri);
    stale.length = 0;
    const told = nextStale();
    await client.open(folder.uri("apart/kustomization.yaml"), `${kustomization}# more\n`);
    await client.open(folder.uri("chat/server.yaml"), server.replace("replicas: 2", "replicas: 3"));
    await told;
    await client.write(folder.uri("chat/server.yaml"), server);
    await client.close(folder.uri("chat/server.yaml"));
    await client.close(folder.uri("apart/kustomization.yaml"));
    await forecast(uri);
    assert.deepEqual(stale, [uri]);
  });
});

describe("what a forecast is made of", () => {
  const uri = folder.uri("chat/hpa.yaml");
  const fewer = hpa.replace("maxReplicas: 4", "maxReplicas: 2");

  test("is told to have changed by what is typed, not by a file that is opened, or judged later", async () => {
    const client = await listening;
    await forecast(uri);
    stale.length = 0;
    await client.open(uri, hpa);
    await client.pushedNow(uri);
    assert.deepEqual(stale, []);
    const told = nextStale();
    await client.write(uri, fewer);
    await told;
    assert.equal((await forecast(uri)).picture?.summary.mostReplicas, 2);
    await client.pushedNow(uri);
    await client.write(folder.uri("chat/hpa.yaml"), fewer);
    await client.pushedNow(uri);
    assert.deepEqual(stale, [uri]);
    const back = nextStale();
    await client.close(uri);
    await back;
    assert.deepEqual(stale, [uri, uri]);
  });

  test("is told to have changed too when it did while the answer was on its way", async () => {
    const client = await listening;
    await client.open(uri, hpa);
    const told = nextStale();
    const asking = forecast(uri);
    await client.write(uri, fewer);
    await asking;
    await client.write(uri, hpa);
    await told;
    await client.close(uri);
    await forecast(uri);
  });

  test("is other than before where it is compared with what is saved, once that is written", async () => {
    const client = await listening;
    await client.open(uri, fewer);
    const busy = { traffic: { name: "steady", rate: 30 } };
    const { against } = await forecast(uri, busy, { against: { kind: "saved" } });
    assert.notEqual(against?.difference, null);
    const told = nextStale();
    folder.write("chat/hpa.yaml", fewer);
    await client.changedOnDisk({ uri, type: 2 });
    await told;
    const again = await forecast(uri, busy, { against: { kind: "saved" } });
    assert.equal(again.against?.difference, null);
    folder.write("chat/hpa.yaml", hpa);
    await client.changedOnDisk({ uri, type: 2 });
    await client.close(uri);
  });
});

describe("what no client of ours sends", () => {
  test("is answered, and never kills the server", async () => {
    const client = await listening;
    const uri = folder.uri("chat/hpa.yaml");
    const odd = [
      null,
      [],
      {},
      { uri: 3 },
      { uri: "" },
      { uri: "nowhere" },
      { uri, question: { traffic: { name: "../../x.yaml" } } },
    ];
    for (const params of odd) {
      const { picture, mistake } = await client.ask<Forecast>("headroom/forecast", params);
      assert.equal(picture, undefined);
      assert.match(mistake ?? "", /\.$/);
    }
    const range = { start: { line: 1e9, character: -1 }, end: {} };
    for (const params of [
      null,
      {},
      { uri, range, value: 3 },
      { uri, range: {}, value: "3" },
      { uri: "nowhere", value: 3 },
    ])
      assert.equal(await client.ask("headroom/writeValue", params), null);
    const against = await forecast(uri, {}, { against: { kind: "git", ref: { length: 1 } } });
    assert.equal(against.against, undefined);
    assert.ok(against.picture !== undefined);
  });
});

describe("a comparison in the editor", () => {
  const uri = folder.uri("chat/hpa.yaml");
  const busy = { traffic: { name: "steady", rate: 30 } };

  test("with what is saved says plainly that nothing differs, and what does", async () => {
    const client = await listening;
    const same = await forecast(uri, busy, { against: { kind: "saved" } });
    assert.equal(same.against?.name, "saved");
    assert.equal(same.against?.difference, null);
    await client.open(uri, hpa.replace("maxReplicas: 4", "maxReplicas: 2"));
    const { against } = await forecast(uri, busy, { against: { kind: "saved" } });
    const most = against?.difference?.figures.find(({ name }) => name === "mostReplicas");
    assert.deepEqual(most, { name: "mostReplicas", before: 4, after: 2 });
    assert.ok((against?.difference?.since ?? 0) > 0);
    await client.close(uri);
  });

  test("with a commit of git has the files as they were there, also those that are gone", async () => {
    const git = (...words: string[]) => execFileSync("git", ["-C", folder.directory, ...words], { stdio: "pipe" });
    git("init", "-q");
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "before");
    const client = await listening;
    folder.delete("chat/hpa.yaml");
    await client.changedOnDisk({ uri, type: 3 });
    const found = await forecast(folder.uri("chat/server.yaml"), busy, { against: { kind: "git", ref: "HEAD" } });
    assert.equal(found.picture?.summary.mostReplicas, 2);
    assert.equal(found.against?.picture?.summary.mostReplicas, 4);
    folder.write("chat/hpa.yaml", hpa);
    const grown = nextStale();
    await client.changedOnDisk({ uri, type: 1 });
    await grown;
    const again = await forecast(uri, busy, { against: { kind: "git", ref: "HEAD" } });
    assert.equal(again.against?.difference, null);
    const unknown = await forecast(uri, busy, { against: { kind: "git", ref: "nowhere" } });
    assert.equal(unknown.against?.mistake, 'git knows no commit "nowhere" here.');
    assert.ok(unknown.picture !== undefined);
  });

  test("with another directory takes that one's stack", async () => {
    const found = await forecast(uri, {}, { against: { kind: "directory", uri: folder.uri("apart") } });
    assert.equal(found.against?.name, "apart");
    assert.equal(found.against?.mistake, "No vLLM server stands in the files that belong to this one.");
    const own = await forecast(uri, {}, { against: { kind: "directory", uri: folder.uri("chat") } });
    assert.equal(own.against?.difference, null);
  });
});

describe("a number that was dragged", () => {
  const write = async (uri: string, at: string, value: number): Promise<string | null> => {
    const client = await listening;
    const text = client.texts.get(uri)?.text ?? "";
    const offset = text.indexOf(at);
    const line = text.slice(0, offset).split("\n").length - 1;
    const character = offset - (text.lastIndexOf("\n", offset - 1) + 1);
    const range = { start: { line, character }, end: { line, character: character + at.length } };
    const edit = await client.ask<WorkspaceEdit | null>("headroom/writeValue", { uri, range, value });
    const [one] = edit?.changes?.[uri] ?? [];
    return one?.newText ?? null;
  };

  test("is written as the one before: in its quotes, its unit and its document", async () => {
    const client = await listening;
    const uri = folder.uri("chat/saturation.yaml");
    const text = [
      "apiVersion: v1",
      "kind: ConfigMap",
      "metadata: {name: wva-saturation-scaling-config}",
      "data:",
      "  default: |",
      "    kvCacheThreshold: 0.83 # of the cache",
      "    queueLengthThreshold: '7'",
      '  share: "81%"',
      "  shared: &shared 44",
      "  other: *shared",
      "  initialWait: 4m",
      "---",
      "averageValue: 640m",
      "stabilizationWindowSeconds: 61",
      "text: twelve",
      "",
    ].join("\n");
    await client.open(uri, text);
    assert.equal(await write(uri, "0.83", 0.7), "0.7");
    assert.equal(await write(uri, "'7'", 9.25), "'9.25'");
    assert.equal(await write(uri, '"81%"', 0.55), '"55%"');
    assert.equal(await write(uri, "640m", 0.7), "700m");
    assert.equal(await write(uri, "61", 119.6), "120");
    assert.equal(await write(uri, "44", 50), null);
    assert.equal(await write(uri, "twelve", 13), null);
    assert.equal(await write(uri, "0.83", 1e30), null);
    assert.equal(await write(uri, "kind", 1), null);
    await client.close(uri);
  });
});
