import assert from "node:assert/strict";
import { isAbsolute, relative, sep } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { wayDown } from "../../server/disk/path-name.ts";

/** By Node's word alone. */
function asNodeSays(directory: string, path: string): string | undefined {
  const way = relative(directory, path);
  const isBelow = way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  return isBelow ? way.replaceAll(sep, "/") : undefined;
}

describe("the way down from a directory", () => {
  const cases: [directory: string, path: string, way: string | undefined][] = [
    ["/a", "/a", ""],
    ["/a", "/a/b/c.yaml", "b/c.yaml"],
    ["/", "/b.yaml", "b.yaml"],
    ["/a", "/ab/c.yaml", undefined],
    ["/a/b", "/a", undefined],
    ["/a", "/a/..b/c.yaml", "..b/c.yaml"],
    ["/a", "/a/b/../../c.yaml", undefined],
    ["/a", "/a/./b//c/", "b/c"],
  ];
  for (const [directory, path, way] of cases) {
    test(`${directory} to ${path} is ${way}`, () => assert.equal(wayDown(directory, path), way));
  }

  test("is what Node says of any two paths", () => {
    const part = fc.constantFrom("a", "b", "", ".", "..", "...", "..a", ".a", "a.", "b\\", "\\", "ä b");
    const path = fc.array(part, { maxLength: 5 });
    fc.assert(
      fc.property(path, path, fc.boolean(), (above, rest, fromRoot) => {
        const directory = (fromRoot ? "/" : "") + above.join("/");
        const below = [directory, ...rest].join("/");
        const other = `/${rest.join("/")}`;
        for (const to of [below, other]) assert.equal(wayDown(directory, to), asNodeSays(directory, to));
      }),
      { numRuns: 500 },
    );
  });
});
