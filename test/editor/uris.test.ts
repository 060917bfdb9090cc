import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  directoryUri,
  diskPath,
  diskUri,
  nameOf,
  normalUri,
  parentUri,
  pathBelow,
  uriBelow,
} from "../../server/editor/uris.ts";

describe("URIs", () => {
  test("of one resource are one, however a client spells it", () => {
    const spellings = ["file:///w/a%20b%28c%29.yaml", "file:///w/a b(c).yaml", "FILE:///w/a%20b(c).yaml"];
    assert.deepEqual([...new Set(spellings.map(normalUri))], ["file:///w/a%20b%28c%29.yaml"]);
    assert.equal(normalUri("file:///C:/w/a.yaml"), normalUri("file:///c%3A/w/a.yaml"));
  });

  test("of different resources stay different", () => {
    assert.notEqual(normalUri("file:///w/a%2Fb.yaml"), normalUri("file:///w/a/b.yaml"));
    assert.notEqual(normalUri("untitled:Untitled-1"), normalUri("untitled:Untitled-2"));
    assert.notEqual(normalUri("git:/w/a.yaml?one"), normalUri("git:/w/a.yaml?two"));
  });

  test("have a directory and a name", () => {
    assert.equal(parentUri("file:///w/a/b.yaml"), "file:///w/a/");
    assert.equal(parentUri("untitled:Untitled-1"), "untitled:");
    assert.equal(nameOf("file:///w/a%20b.yaml"), "a b.yaml");
    assert.equal(directoryUri("file:///w"), "file:///w/");
    assert.equal(directoryUri("file:///w/"), "file:///w/");
  });

  test("are below a directory or not", () => {
    assert.equal(pathBelow("file:///w/", "file:///w/a/b%20c.yaml"), "a/b c.yaml");
    assert.equal(pathBelow("file:///w/", "file:///wide/b.yaml"), undefined);
    assert.equal(pathBelow("file:///w/", "vscode-vfs:///w/b.yaml"), undefined);
    assert.equal(pathBelow("file:///w/", "file:///w/"), undefined);
  });

  test("lead to the disk only if they are of files", () => {
    assert.equal(diskPath("untitled:Untitled-1"), undefined);
    assert.equal(diskPath("vscode-vfs://github/a/b.yaml"), undefined);
    if (process.platform !== "win32") assert.equal(diskPath("file:///w/a%20%23b.yaml"), "/w/a #b.yaml");
  });

  test("carry any name there and back", { skip: process.platform === "win32" }, () => {
    const name = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !/[/\0]|^\.\.?$/.test(text));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), (names) => {
        const path = `/w/${names.join("/")}`;
        const uri = diskUri(path);
        assert.equal(diskPath(uri), path);
        assert.equal(normalUri(uri), uri);
        assert.equal(pathBelow("file:///w/", uri), names.join("/"));
        assert.equal(uriBelow("file:///w/", names.join("/")), uri);
        assert.equal(nameOf(uri), names.at(-1));
      }),
      { seed: 1 },
    );
  });
});
