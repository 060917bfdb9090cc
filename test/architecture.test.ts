import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";

let copy: string;

before(() => {
  mkdirSync(".test-build", { recursive: true });
  copy = mkdtempSync(resolve(".test-build/architecture-"));
  for (const name of ["server", "client", ".dependency-cruiser.cjs", "tsconfig.json", "package.json"]) {
    cpSync(name, join(copy, name), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
});
after(() => rmSync(copy, { recursive: true, force: true }));

/** The names of the rules of the house that a file with one import breaks. */
function broken(file: string, imported: string): string[] {
  writeFileSync(join(copy, file), `import * as other from "${imported}";\nconsole.log(other);\n`);
  const depcruise = resolve("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const run = spawnSync(
    process.execPath,
    [depcruise, "--config", ".dependency-cruiser.cjs", "--output-type", "json", file],
    {
      cwd: copy,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  rmSync(join(copy, file));
  const { summary } = JSON.parse(run.stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  return summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);
}

describe("the layers of the house are enforced", () => {
  const table: [file: string, imported: string, rule: string][] = [
    ["server/text/x.ts", "../rules/rule.ts", "text-imports-only-rooms-to-its-left"],
    ["server/kinds/x.ts", "../graph/graph.ts", "kinds-imports-only-rooms-to-its-left"],
    ["server/editor/x.ts", "../cli/run.ts", "editor-imports-only-rooms-to-its-left"],
    ["server/engine/x.ts", "../text/lines.ts", "the-engine-imports-nothing-of-ours"],
    ["server/graph/x.ts", "node:fs", "the-core-knows-no-machine"],
    ["server/forecast/x.ts", "../git/run.ts", "forecast-stands-between-scenario-and-faces"],
    ["server/git/x.ts", "../graph/graph.ts", "git-knows-files-and-not-what-they-mean"],
    ["server/disk/x.ts", "../graph/graph.ts", "disk-knows-files-and-not-what-they-mean"],
    ["server/cli/x.ts", "vscode", "only-the-client-imports-vscode"],
    ["client/x.ts", "../server/pipeline.ts", "the-client-shows-and-the-server-thinks"],
  ];
  for (const [file, imported, rule] of table) {
    test(`${file} may not import ${imported}`, () => assert.ok(broken(file, imported).includes(rule)));
  }

  test("what is allowed is allowed", () => assert.deepEqual(broken("server/cli/x.ts", "../pipeline.ts"), []));
});
