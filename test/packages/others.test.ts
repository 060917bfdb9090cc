import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { describe, it } from "node:test";
import ignore from "ignore";
import { parse } from "yaml";
import packageJson from "../../package.json";
import { commands } from "../../server/cli/commands/all.ts";

describe("the pre-commit hook", () => {
  it("starts a command that there is, on the whole repository", () => {
    const [hook, another] = parse(readFileSync(".pre-commit-hooks.yaml", "utf8"));
    assert.equal(another, undefined);
    const [program, command] = hook.entry.split(" ");
    assert.equal(program, "headroom");
    assert.ok(commands.some(({ name }) => name === command));
    assert.deepEqual([hook.id, hook.language, hook.types, hook.pass_filenames], ["headroom", "node", ["yaml"], false]);
  });
});

describe("the image", () => {
  const lines = readFileSync("Dockerfile", "utf8").split("\n");

  it("does not run as root, and starts lint", () => {
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith("FROM ")));
    assert.ok(last.includes("USER node"));
    assert.ok(last.includes('ENTRYPOINT ["node", "/app/dist/cli.js"]'));
    assert.ok(last.includes('CMD ["lint"]'));
  });

  it("is given all that the package is built from, and nothing that is made here", () => {
    const left = ignore().add(readFileSync(".dockerignore", "utf8"));
    const needed = ["client", "docs", "media", "schemas", "scripts", "server", "snippets"];
    for (const directory of needed) {
      assert.ok(statSync(directory).isDirectory());
      assert.ok(!left.ignores(`${directory}/file`), directory);
    }
    for (const file of ["package.json", "package-lock.json", "tsconfig.json", ".npmignore", "README.md"])
      assert.ok(!left.ignores(file), file);
    for (const file of [".git/config", "node_modules/yaml/package.json", "dist/cli.js", ".env", "test/browser.test.ts"])
      assert.ok(left.ignores(file), file);
  });
});

describe("every editor in docs/editors.md", () => {
  const fences = [
    ...readFileSync("docs/editors.md", "utf8").matchAll(/^```(?:lua|toml|elisp|json)\n([\s\S]*?)^```$/gm),
  ];

  it("starts headroom lsp --stdio", () => {
    assert.equal(fences.length, 5);
    for (const [, text = ""] of fences) {
      const words = [...text.matchAll(/"([^"]+)"/g)].map(([, word = ""]) => word);
      const started = words.findIndex((word, at) => word === "headroom" && words.slice(at).includes("lsp"));
      assert.notEqual(started, -1, text);
      assert.deepEqual(words.slice(words.lastIndexOf("lsp")).slice(0, 2), ["lsp", "--stdio"], text);
    }
  });
});

describe("a release", () => {
  it("has the same version everywhere, and a section in the changelog", () => {
    const { version } = packageJson;
    assert.match(readFileSync("CHANGELOG.md", "utf8"), new RegExp(`^## ${version.replaceAll(".", "\\.")}( |$)`, "m"));
    assert.equal(parse(readFileSync("action.yml", "utf8")).inputs.version.default, version);
    for (const page of ["README.md", "docs/editors.md"]) {
      const named = [...readFileSync(page, "utf8").matchAll(/headroom-llm-([\d.]+)\.tgz/g)].map(([, one]) => one);
      assert.deepEqual([...new Set(named)], [version], page);
    }
  });
});
