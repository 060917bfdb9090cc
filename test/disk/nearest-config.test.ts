import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { nearestConfigs } from "../../server/disk/nearest-config.ts";
import { plant, scratch } from "./scratch.ts";

describe("the configurations of files", () => {
  test("are the nearest upwards of each, each once", async (t) => {
    const root = await scratch(t, {
      "headroom.config.yaml": "",
      "a/headroom.config.yaml": "",
      "a/b/headroom.config.yaml": "",
      "a/b/c/d/x.yaml": "",
      "e/f/headroom.config.yml": "",
    });
    const files = ["a/b/c/d/x.yaml", "a/b/c/y.yaml", "e/f/z.yaml", "e/z.yaml"].map((path) => ({
      absolute: join(root, path),
    }));
    assert.deepEqual(nearestConfigs(files), [
      join(root, "a/b/headroom.config.yaml"),
      join(root, "headroom.config.yaml"),
    ]);
  });

  test("are found above the working directory and above a repository", async (t) => {
    const root = await scratch(t, { "headroom.config.yaml": "", "repo/.git/HEAD": "" });
    assert.deepEqual(nearestConfigs([{ absolute: join(root, "repo/x.yaml") }]), [join(root, "headroom.config.yaml")]);
  });

  test("count even when broken: who reads one tells", async (t) => {
    const root = await scratch(t, { "headroom.config.yaml": "" });
    await plant(root, { "a/headroom.config.yaml": { link: "nothing" } });
    assert.deepEqual(nearestConfigs([{ absolute: join(root, "a/x.yaml") }]), [join(root, "a/headroom.config.yaml")]);
  });

  test("of no files are none", () => assert.deepEqual(nearestConfigs([]), []));
});
