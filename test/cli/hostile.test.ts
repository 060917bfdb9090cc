import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { commands } from "../../server/cli/commands/all.ts";
import { bundleCli } from "./support/bundle.ts";
import { headroom, scratch } from "./support/scratch.ts";

const cli = await bundleCli();
const twice = "a: 1\na: 2\n";
const bomb = [
  "a0: &a0 [x, x, x]\n",
  ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}x]\n`),
];

/** Inputs that break others, each beside one that has to be checked all the same. */
const inputs: [name: string, content: string | Uint8Array, exit: number][] = [
  ["an alias bomb", bomb.join(""), 1],
  ["an alias of itself", "a: &a {b: *a}\n", 1],
  ["brackets, 20,000 deep", `a: ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`, 2],
  ["indentation, 3,000 deep", Array.from({ length: 3000 }, (_, i) => `${" ".repeat(i)}a:\n`).join(""), 2],
  ["every byte", Uint8Array.from({ length: 2560 }, (_, i) => i % 256), 2],
  ["broken UTF-8", new Uint8Array([97, 58, 32, 0xc3, 0x28, 10]), 2],
  ["UTF-16", Buffer.from("\uFEFFa: 1\n", "utf16le"), 1],
  ["nothing", "", 1],
  ["comments alone", "# nothing\n---\n# here\n", 1],
  ["a line of megabytes", `a: ${"x".repeat(5_000_000)}\n`, 1],
  ["more than is read", " ".repeat(11 * 1024 * 1024), 2],
  ["20,000 documents", "---\na: 1\n".repeat(20_000), 1],
  ["the names of prototypes", "__proto__: 1\nconstructor: {prototype: 1}\ntoString: &__proto__ 2\nx: *__proto__\n", 1],
  ["tabs", "a:\n\t- b\n", 1],
  ["a template", "a:\n{{- if .Values.b }}\n  c: 1\n{{- end }}\n", 1],
  ["tags that run code", '!!js/function "process.exit(0)"\n', 1],
  ["lone surrogates", new Uint8Array([97, 58, 32, 0xed, 0xa0, 0x80, 10]), 2],
];

describe("a file with", () => {
  for (const [name, content, exit] of inputs) {
    it(`${name} is answered, hides nothing, and shows no stack`, () => {
      const cwd = scratch({ "hostile.yaml": content, "other.yaml": twice });
      const ran = headroom(cli, ["lint"], { cwd });
      assert.equal(ran.exit, exit, ran.err);
      assert.match(ran.out, /^error other\.yaml:2:1 yaml\/duplicate-key$/m);
      assert.doesNotMatch(ran.out + ran.err, /^\s+at |node:internal|please report/m);
      assert.equal(exit === 2, ran.err !== "");
      assert.doesNotMatch(ran.out, /[^\P{C}\n]/u);
    });
  }
});

describe("a path that", () => {
  it("is a directory called x.yaml is searched", () => {
    const cwd = scratch({ "x.yaml/a.yaml": twice });
    assert.match(headroom(cli, ["lint", "x.yaml"], { cwd }).out, /^error x\.yaml\/a\.yaml:2:1 /);
    assert.match(headroom(cli, ["lint"], { cwd }).out, /^error x\.yaml\/a\.yaml:2:1 /);
  });

  it("acts on a terminal or on a runner of GitHub is only shown", () => {
    const names = ["\x1b[2J.yaml", "a\nb.yaml", "::error::x.yaml"];
    const cwd = scratch(Object.fromEntries(names.map((name) => [name, twice])));
    const { exit, out } = headroom(cli, ["lint", ".", "\x1b]0;gone\x07"], { cwd });
    assert.equal(exit, 2);
    assert.doesNotMatch(out, /[^\P{C}\n]|^\s*::/mu);
    for (const name of ["␛[2J.yaml", "a␊b.yaml", "::error::x.yaml"]) assert.ok(out.includes(`error ${name}:2:1 `));
  });

  it("may not be read is told", { skip: process.platform === "win32" || process.getuid?.() === 0 }, () => {
    const cwd = scratch({ "a.yaml": twice, "secret.yaml": twice });
    chmodSync(join(cwd, "secret.yaml"), 0);
    const { exit, out, err } = headroom(cli, ["lint"], { cwd });
    assert.equal(exit, 2);
    assert.equal(err, "not checked: secret.yaml: No permission to read this.\n");
    assert.match(out, /^error a\.yaml:2:1 /);
  });

  it("cannot be read as a file is told", { skip: process.platform === "win32" }, () => {
    const cwd = scratch({ "a.yaml": twice });
    spawnSync("mkfifo", [join(cwd, "fifo.yaml")]);
    symlinkSync("loop.yaml", join(cwd, "loop.yaml"));
    symlinkSync("/dev/zero", join(cwd, "zero.yaml"));
    const { exit, out, err } = headroom(cli, ["lint", "a.yaml", "fifo.yaml", "loop.yaml", "zero.yaml"], { cwd });
    assert.equal(exit, 2);
    assert.match(err, /^not checked: fifo\.yaml: .*\nnot checked: loop\.yaml: .*\nnot checked: zero\.yaml: .*\n$/);
    assert.match(out, /^error a\.yaml:2:1 /);
  });

  it("is one of more than a process may have open at a time is read", { skip: process.platform === "win32" }, () => {
    const cwd = scratch(Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`d${at}/a.yaml`, twice])));
    const line = 'ulimit -n 64; exec "$NODE" "$CLI" lint --format json';
    const env = { ...process.env, NODE: process.execPath, CLI: cli };
    const { status, stdout, stderr } = spawnSync("sh", ["-c", line], { cwd, env, encoding: "utf8" });
    assert.deepEqual([status, stderr], [1, ""]);
    assert.equal(JSON.parse(stdout).findings.length, 100);
  });

  it("is missing, empty or part of a file is told", () => {
    const cwd = scratch({ "a.yaml": twice });
    const { exit, err } = headroom(cli, ["lint", "", "gone/a.yaml", "a.yaml/b", "*.json", "a.yaml"], { cwd });
    assert.equal(exit, 2);
    assert.equal(err.match(/^not checked: /gm)?.length, 4, err);
  });
});

describe("output", { skip: process.platform === "win32" }, () => {
  const shell = (line: string, cwd: string) =>
    spawnSync("bash", ["-c", line], {
      cwd,
      encoding: "utf8",
      env: { ...process.env, CLI: cli, NODE: process.execPath },
    });
  const many = scratch({ "a.yaml": `a: {${"k: 1, ".repeat(20_000)}}\n` });

  it("to a reader that closes early ends quietly, with the exit code that it has anyway", () => {
    const ran = shell('"$NODE" "$CLI" lint --format json | head -c 10; echo " ${PIPESTATUS[0]}"', many);
    assert.deepEqual([ran.stdout, ran.stderr], ['{"version" 1\n', ""]);
    const closed = shell('"$NODE" "$CLI" lint | true; echo "${PIPESTATUS[0]}"', many);
    assert.deepEqual([closed.stdout, closed.stderr], ["1\n", ""]);
  });

  it("that cannot be written is never taken for success", { skip: process.platform !== "linux" }, () => {
    const cwd = scratch({ "a.yaml": "a: 1\n" });
    const ran = shell('"$NODE" "$CLI" lint > /dev/full; echo "$?"', cwd);
    assert.equal(ran.stdout, "2\n");
    assert.match(ran.stderr, /^The output could not be written: ENOSPC.*\n$/);
  });

  it("is whole in a pipe, however long", () => {
    const { out } = headroom(cli, ["lint", "--format", "json"], { cwd: many });
    assert.equal(JSON.parse(out).findings.length, 19_999);
  });
});

it("a working directory that is gone is told", { skip: process.platform === "win32" }, () => {
  const cwd = scratch();
  const ran = spawnSync("bash", ["-c", 'mkdir gone; cd gone; rmdir ../gone; "$NODE" "$CLI" lint; echo $?'], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, CLI: cli, NODE: process.execPath },
  });
  assert.equal(ran.stdout, "2\n");
  assert.match(ran.stderr, /^[^\n]+\n$/);
});

describe("the language server", () => {
  const directory = scratch();
  const copy = join(directory, "cli.js");
  cpSync(cli, copy);

  it("is loaded from beside the command line and sees --stdio", () => {
    writeFileSync(join(directory, "server.js"), "console.log('started', process.argv.includes('--stdio'));\n");
    const ran = headroom(copy, ["lsp", "--stdio"], { cwd: directory });
    assert.deepEqual(ran, { exit: 0, out: "started true\n", err: "" });
  });

  it("that is missing is told", () => {
    const ran = headroom(cli, ["lsp", "--stdio"], { cwd: directory });
    assert.equal(ran.exit, 2);
    assert.match(ran.err, /^headroom failed: the language server is missing: .*server\.js; please report it: .*\n$/);
  });
});

const server = `apiVersion: apps/v1
kind: Deployment
metadata: {name: chat}
spec:
  selector: {matchLabels: {app: chat}}
  template:
    metadata: {labels: {app: chat}}
    spec:
      nodeSelector: {nvidia.com/gpu.product: NVIDIA-L40S}
      containers: [{name: vllm, image: "vllm/vllm-openai:v0.19.1", args: [--model=Qwen/Qwen3-8B]}]
`;

describe("an example of the help", () => {
  const cwd = scratch({
    "overlays/prod/a.yaml": server,
    "base/a.yaml": "a: 1\n",
    "deploy.yaml": server,
    "vllm.log": "GPU KV cache size: 160,000 tokens\n",
  });
  mkdirSync(join(cwd, "bin"));
  cpSync("examples/production", join(cwd, "examples/production"), { recursive: true });
  for (const name of ["kubectl", "helm"])
    writeFileSync(join(cwd, "bin", name), "#!/bin/sh\ncat deploy.yaml\n", { mode: 0o755 });
  writeFileSync(join(cwd, "bin", "headroom"), '#!/bin/sh\nexec "$NODE" "$CLI" "$@"\n', { mode: 0o755 });
  const env = { ...process.env, PATH: `${join(cwd, "bin")}:${process.env["PATH"]}`, CLI: cli, NODE: process.execPath };

  headroom(cli, ["lint", "base", "--shard", "1/1", "--format", "json=part-1.json"], { cwd });

  for (const { line } of commands.flatMap(({ examples }) => examples)) {
    if (line.includes("lsp")) continue;
    it(`works when pasted: ${line}`, { skip: process.platform === "win32" }, () => {
      // What examples before it wrote is there in the commit too.
      if (line.includes("git:HEAD")) commitAll(cwd);
      const ran = spawnSync("bash", ["-c", line], { cwd, env, encoding: "utf8" });
      assert.equal(ran.stderr, "");
      // Whether an objective is met is not the example's matter.
      assert.ok(ran.status === 0 || (line.includes("--slo") && ran.status === 1), `${ran.status}: ${ran.stdout}`);
    });
  }
});

function commitAll(cwd: string): void {
  const git = (...words: string[]) => spawnSync("git", ["-C", cwd, ...words], { encoding: "utf8" });
  git("init", "-q");
  git("add", ".");
  const { status, stderr } = git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "all");
  assert.equal(status, 0, stderr);
}
