import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parse } from "yaml";
import { rules } from "../../../server/rules/registry.ts";
import { bundleCli } from "../support/bundle.ts";
import { headroom, scratch } from "../support/scratch.ts";

const cli = await bundleCli();
const twice = "apiVersion: v1\nkind: ConfigMap\nkind: Secret\n";
const clean = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: notes\n";
const unused = `# headroom-disable yaml/syntax -- was needed once\n${clean}`;
const rule = "yaml/duplicate-key";

describe("--rule", () => {
  it("outranks the configuration", () => {
    const files = { "a.yaml": twice, "headroom.config.yaml": `rules:\n  ${rule}: warning\n` };
    for (const [options, exit, out] of [
      [[], 0, /^warning a\.yaml/],
      [["--rule", `${rule}=error`], 1, /^error a\.yaml/],
      [["--rule", `${rule}=error`, `--rule=${rule}=info`], 0, /^info a\.yaml/],
      [["--rule", `${rule}=off`], 0, /^2 files, 2 documents: no problems\n$/],
    ] as const) {
      const ran = headroom(cli, ["lint", ...options], { cwd: scratch(files) });
      assert.equal(ran.exit, exit);
      assert.match(ran.out, out);
    }
  });

  it("must name a rule and a severity", () => {
    for (const [value, err] of [
      ["yaml/duplicate-kye=off", '--rule: There is no rule "yaml/duplicate-kye". Did you mean yaml/duplicate-key?\n'],
      ["__proto__=off", '--rule: There is no rule "__proto__". Did you mean vllm/port?\n'],
      [`${rule}=eror`, `--rule ${rule}= takes error, warning, info or off, not "eror". Did you mean error?\n`],
      [rule, `--rule ${rule}= takes error, warning, info or off, not "".\n`],
    ]) {
      assert.deepEqual(headroom(cli, ["lint", "--rule", value as string], { cwd: scratch() }), {
        exit: 2,
        out: "",
        err,
      });
    }
  });
});

describe("--max-warnings", () => {
  const cwd = scratch({ "a.yaml": `${twice}kind: Pod\n` });
  const warn = ["lint", "--rule", `${rule}=warning`];

  it("fails past its number, and says so", () => {
    for (const [most, exit] of [
      ["2", 0],
      ["1", 1],
      ["0", 1],
    ] as const) {
      const ran = headroom(cli, [...warn, "--max-warnings", most], { cwd });
      assert.equal(ran.exit, exit);
      const said = `2 warnings, more than the ${most} of --max-warnings\n`;
      assert.equal(ran.out.includes(said), exit === 1);
    }
  });

  it("counts warnings alone, with --fail-on never too", () => {
    assert.equal(headroom(cli, [...warn, "--max-warnings", "0", "--fail-on", "never"], { cwd }).exit, 1);
    assert.equal(headroom(cli, ["lint", "--max-warnings", "0", "--fail-on", "never"], { cwd }).exit, 0);
  });

  it("takes a whole number", () => {
    for (const value of ["-1", "1.5", "x", ""]) {
      const { exit, err } = headroom(cli, ["lint", `--max-warnings=${value}`], { cwd });
      assert.deepEqual([exit, err], [2, `--max-warnings takes a whole number, not "${value}".\n`]);
    }
  });
});

describe("--quiet", () => {
  const cwd = scratch({ "a.yaml": twice, "b.yaml": unused });

  it("shows errors alone and counts the rest", () => {
    const { out } = headroom(cli, ["lint", "--quiet"], { cwd });
    assert.match(out, /^error a\.yaml:3:1 /);
    assert.doesNotMatch(out, /suppression\/unused/);
    assert.match(out, /\n2 files, 2 documents: 1 error, 1 info\n$/);
  });

  it("leaves the exit code as it is", () => {
    for (const failOn of ["error", "info"]) {
      const args = ["lint", "b.yaml", "--fail-on", failOn];
      assert.equal(headroom(cli, [...args, "--quiet"], { cwd }).exit, headroom(cli, args, { cwd }).exit);
    }
  });
});

describe("--stdin-filename", () => {
  it("has standard input judged as that file, in the place of the one on the disk", () => {
    const cwd = scratch({
      "headroom.config.yaml": `overrides:\n  - files: dev/**\n    rules: {${rule}: warning}\n`,
      "dev/a.yaml": clean,
    });
    for (const args of [
      ["--stdin-filename", "dev/a.yaml"],
      ["dev", "--stdin-filename", "dev/a.yaml"],
      ["-", "--stdin-filename=dev/a.yaml"],
    ]) {
      const { exit, out } = headroom(cli, ["lint", ...args], { cwd, input: twice });
      assert.equal(exit, 0);
      assert.match(out, /^warning dev\/a\.yaml:3:1 yaml\/duplicate-key\n/);
      assert.match(out, /\n1 file, 1 document: 1 warning\n$/);
    }
  });
});

describe("--print-config", () => {
  const config = `versions: {vllm: "0.21"}
environments: {"dev/**": development}
podStartup: {"dev/*.yaml": 4m}
rules: {hpa/scale-up-window: info, yaml/limit: off}
overrides:
  - files: [dev/**, x]
    rules: {hpa/scale-up-window: warning}
ignore: ["**/generated/**"]
`;
  const cwd = scratch({ "headroom.config.yaml": config });

  it("prints what counts for a file as YAML", () => {
    const { exit, out } = headroom(cli, ["lint", "--print-config", "dev/a.yaml"], { cwd });
    assert.equal(exit, 0);
    const printed = parse(out);
    assert.deepEqual(Object.keys(printed), ["ignored", "environment", "podStartup", "versions", "rules"]);
    assert.deepEqual(
      [printed.ignored, printed.environment, printed.podStartup, printed.versions],
      [false, "development", 240, { vllm: "0.21" }],
    );
    for (const { id, severity } of rules) {
      const told = { "hpa/scale-up-window": "warning", "yaml/limit": "off" }[id];
      assert.equal(printed.rules[id], told ?? severity);
    }
  });

  it("says where each setting is from", () => {
    const { out } = headroom(cli, ["lint", "--print-config", "dev/generated/a.yaml", "--rule", "yaml/syntax=info"], {
      cwd,
    });
    assert.match(out, /^# dev\/generated\/a\.yaml, by headroom\.config\.yaml\n/);
    for (const line of [
      "ignored: true # ignore: **/generated/**",
      "environment: development # environments: dev/**",
      "podStartup: null # probes, else 90",
      'vllm: "0.21" # versions',
      "hpa/scale-up-window: warning # overrides: dev/**, x",
      'yaml/limit: "off" # rules',
      "yaml/syntax: info # --rule",
      "yaml/template: info # usual",
    ]) {
      assert.ok(out.replace(/ +/g, " ").includes(line), `${line}\n${out}`);
    }
  });

  it("of a file without a configuration says so", () => {
    const { out } = headroom(cli, ["lint", "--print-config", "a.yaml"], { cwd: scratch() });
    assert.match(out, /^# a\.yaml, by no headroom\.config\.yaml\nignored: false +# usual\nenvironment: production/);
  });
});
