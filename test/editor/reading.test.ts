import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import type { WorkspaceFiles } from "../../server/editor/disk.ts";
import { Log } from "../../server/editor/log.ts";
import { Session } from "../../server/editor/session.ts";

const count = 60;
const paths = Array.from({ length: count }, (_, at) => `/w/f${at}.yaml`);
const uri = "file:///w/open.yaml";

/** A session over a folder of which each file takes four milliseconds, by a clock that nothing else moves. */
function slowly(t: TestContext): { session: Session; read: string[] } {
  let now = 0;
  t.mock.method(performance, "now", () => now);
  const read: string[] = [];
  const files: WorkspaceFiles = {
    nearestConfig: () => undefined,
    *find() {
      yield;
      return paths;
    },
    finds: (_, path) => paths.includes(path),
    read: (path) => {
      now += 4;
      read.push(path);
      return { text: "a: 1\na: 2\n" };
    },
  };
  const say = () => {};
  const session = new Session(files, new Log({ error: assert.fail, warning: say, info: say }, "info"));
  t.after(() => session.stop());
  session.setFolders(["file:///w"]);
  session.start();
  return { session, read };
}

describe("a folder that is being read", {
  skip: process.platform === "win32" && "the paths are of other systems",
}, () => {
  test("lets others have their turn every few files", async (t) => {
    const { session, read } = slowly(t);
    for (let turns = 1; turns <= 5; turns++) {
      await turn();
      assert.equal(read.length, turns * 3);
    }
    const { diagnostics } = await session.reportOf("file:///w/f59.yaml", true);
    assert.equal(diagnostics.length, 1);
    assert.equal(read.length, count);
  });

  test("lets an open document be asked about and edited meanwhile", async (t) => {
    const { session, read } = slowly(t);
    await turn();
    session.open({ textDocument: { uri, languageId: "yaml", version: 1, text: "a: 1\n" } });
    assert.equal((await session.textOf(uri))?.text, "a: 1\n");
    await turn();
    session.change({ textDocument: { uri, version: 2 }, contentChanges: [{ text: "a: 2\n" }] });
    assert.equal((await session.textOf(uri))?.text, "a: 2\n");
    assert.ok(read.length < count);
  });

  test("takes the text of an open document and not that of the disk", async (t) => {
    const { session, read } = slowly(t);
    session.open({ textDocument: { uri: "file:///w/f59.yaml", languageId: "yaml", version: 1, text: "a: 1\n" } });
    const { diagnostics } = await session.reportOf("file:///w/f59.yaml", true);
    assert.deepEqual(diagnostics, []);
    assert.ok(!read.includes("/w/f59.yaml"));
  });
});
