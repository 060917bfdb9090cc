import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { bundleCli } from "../support/bundle.ts";
import { headroom, scratch } from "../support/scratch.ts";

const cli = await bundleCli();
const duplicate = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {}\ndata: {}\n`;

/** A directory for the PATH with programs that note how they were called and print a file. */
function programs(of: Readonly<Record<string, string>>): string {
  const bin = scratch();
  for (const [name, body] of Object.entries(of)) {
    writeFileSync(
      join(bin, name),
      `#!${process.execPath}\nconst { appendFileSync } = require("node:fs");\nappendFileSync(${JSON.stringify(join(bin, "calls"))}, JSON.stringify([${JSON.stringify(name)}, ...process.argv.slice(2)]) + "\\n");\n${body}`,
    );
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}

const prints = (text: string) => `process.stdout.write(${JSON.stringify(text)});\n`;

function calls(bin: string): unknown[] {
  return readFileSync(join(bin, "calls"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

function lint(cwd: string, bin: string, ...args: string[]) {
  return headroom(cli, ["lint", ...args], { cwd, env: { PATH: bin } });
}

describe("--kustomize", () => {
  it("checks what kustomize builds, alone", () => {
    const bin = programs({ kustomize: prints(duplicate("built")), kubectl: "process.exit(1);" });
    const cwd = scratch({ "overlays/prod/kustomization.yaml": "resources: []\n", "other.yaml": duplicate("other") });
    const { exit, out, err } = lint(cwd, bin, "--kustomize", "overlays/prod");
    assert.deepEqual([exit, err], [1, ""]);
    assert.match(out, /^error overlays\/prod\/<rendered> \(line 5 as rendered\) yaml\/duplicate-key\n/);
    assert.match(out, /\n {2}5 │ data: \{\}\n/);
    assert.match(out, /\n1 file, 1 document: 1 error\n$/);
    assert.deepEqual(calls(bin), [["kustomize", "build", `${cwd}/overlays/prod`]]);
  });

  it("takes kubectl where there is no kustomize", () => {
    const bin = programs({ kubectl: prints(duplicate("built")) });
    const cwd = scratch({ "base/kustomization.yaml": "" });
    assert.equal(lint(cwd, bin, "--kustomize", "base").exit, 1);
    assert.deepEqual(calls(bin), [["kubectl", "kustomize", `${cwd}/base`]]);
  });

  it("goes back to the sources that kustomize tells of", () => {
    const origin = (path: string) => `    config.kubernetes.io/origin: |\n      path: ${path}\n`;
    const built = ["../base/a.yaml", "../../../etc/passwd"].map(
      (path, index) =>
        `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m${index}\n  annotations:\n${origin(path)}data: {}\ndata: {}\n`,
    );
    const bin = programs({ kustomize: prints(built.join("---\n")) });
    const cwd = scratch({ "base/a.yaml": "", "prod/kustomization.yaml": "" });
    const { out } = lint(cwd, bin, "--kustomize", "prod", "--format", "json");
    assert.deepEqual(
      JSON.parse(out).findings.map(({ file }: { file: string }) => file),
      ["prod/<rendered>", "base/a.yaml"],
    );
  });

  it("says what it needs, and what went wrong", () => {
    const cwd = scratch({ "base/kustomization.yaml": "" });
    const none = programs({});
    const failing = programs({ kustomize: 'console.error("no such resource\\u001b[2J"); process.exit(1);' });
    const silent = programs({ kustomize: "" });
    for (const [bin, path, reason] of [
      [none, "base", "base: kustomize is needed for --kustomize, and neither it nor kubectl is on the PATH."],
      [failing, "base", "base: kustomize failed: no such resource␛[2J"],
      [silent, "base", "base: Nothing came out of it."],
      [silent, "gone", "gone: There is no such directory to run kustomize in."],
    ] as const) {
      const { exit, err } = lint(cwd, bin, "--kustomize", path);
      assert.deepEqual([exit, err], [2, `not checked: ${reason}\n`]);
    }
  });
});

describe("--helm", () => {
  const chart = { "chart/Chart.yaml": "name: stack\n", "chart/templates/a.yaml": "{{ x }}", "v.yaml": "" };
  const template = (path: string, name: string) => `---\n# Source: stack/${path}\n${duplicate(name)}`;
  const rendered = template("templates/a.yaml", "a") + template("templates/gone.yaml", "b");

  it("renders with the values given, and goes back to the templates", () => {
    const bin = programs({ helm: prints(rendered) });
    const cwd = scratch(chart);
    const { exit, out, err } = lint(cwd, bin, "--helm", "chart", "--values", "v.yaml", "--values=w.yaml");
    assert.deepEqual([exit, err], [1, ""]);
    assert.match(out, /error chart\/templates\/a\.yaml \(line 7 as rendered\) yaml\/duplicate-key\n/);
    assert.match(out, /error chart\/<rendered> \(line 14 as rendered\) yaml\/duplicate-key\n/);
    assert.match(out, /\n1 file, 2 documents: 2 errors\n$/);
    assert.deepEqual(calls(bin), [
      ["helm", "template", `${cwd}/chart`, "--values", `${cwd}/v.yaml`, "--values", `${cwd}/w.yaml`],
    ]);
  });

  it("tells services the file and no line that is not one of it", () => {
    const bin = programs({ helm: prints(template("templates/a.yaml", "a")) });
    const cwd = scratch(chart);
    const said = (format: string) => lint(cwd, bin, "--helm", "chart", "--format", format).out;
    const [result] = JSON.parse(said("sarif")).runs[0].results;
    assert.deepEqual(result.locations[0].physicalLocation, {
      artifactLocation: { uri: "chart/templates/a.yaml", uriBaseId: "SRCROOT" },
    });
    assert.match(result.message.text, / \(line 7 as rendered\)$/);
    assert.match(
      said("github"),
      /^::error file=chart\/templates\/a\.yaml,title=yaml\/duplicate-key::.* \(line 7 as rendered\)\n/,
    );
    assert.deepEqual(JSON.parse(said("gitlab"))[0].location, {
      path: "chart/templates/a.yaml",
      lines: { begin: 1, end: 1 },
    });
    assert.equal(JSON.parse(said("json")).findings[0].rendered, true);
    assert.doesNotMatch(said("checkstyle"), / line="/);
  });

  it("renders what stands here and nothing that helm would fetch", () => {
    const bin = programs({ helm: prints(rendered) });
    const cwd = scratch();
    mkdirSync(`${cwd}/empty`);
    for (const name of ["oci://example.com/chart", "repo/chart", "empty", "-x"]) {
      const { exit, err } = lint(cwd, bin, `--helm=${name}`);
      assert.deepEqual([exit, err], [2, `not checked: ${name}: There is no chart: no Chart.yaml in it.\n`]);
    }
    assert.throws(() => calls(bin));
  });

  it("says what it needs", () => {
    assert.equal(
      lint(scratch(chart), programs({}), "--helm", "chart").err,
      "not checked: chart: helm is needed for --helm, and there is none on the PATH.\n",
    );
  });
});
