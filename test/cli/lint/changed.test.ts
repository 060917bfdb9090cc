import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { bundleCli } from "../support/bundle.ts";
import { headroom, scratch } from "../support/scratch.ts";

const cli = await bundleCli();

function git(cwd: string, ...args: string[]): void {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"];
  execFileSync("git", [...identity, ...args], { cwd, stdio: "pipe", env: { PATH: process.env["PATH"] } });
}

function repository(files: Record<string, string>): string {
  const cwd = scratch(files);
  git(cwd, "init", "--quiet");
  git(cwd, "add", ".");
  git(cwd, "commit", "--quiet", "-m", "first");
  return cwd;
}

/** Rules and places of what is told. */
function told(cwd: string, ...args: string[]): string[] {
  const { out, err } = headroom(cli, ["lint", "--format", "json", ...args], { cwd });
  assert.equal(err, "");
  return JSON.parse(out).findings.map(
    ({ rule, file, range }: { rule: string; file: string; range: { start: { line: number } } }) =>
      `${file}:${range.start.line + 1} ${rule}`,
  );
}

const duplicate = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {}\ndata: {}\n`;
const deployment = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec: {selector: {}, template: {spec: {containers: [{name: web, image: "nginx:1.29"}]}}}
`;
const hpa = (name: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}
  maxReplicas: 4
  metrics: [{type: Pods, pods: {metric: {name: vllm_num_requests_waiting}, target: {type: AverageValue, averageValue: 5}}}]
  behavior: {scaleUp: {stabilizationWindowSeconds: 240}}
`;

describe("--changed", () => {
  it("tells what stands in a changed document, and nothing of others", () => {
    const cwd = repository({ "a.yaml": `${duplicate("a")}---\n${duplicate("b")}`, "b.yaml": duplicate("c") });
    assert.equal(told(cwd).length, 3);
    assert.deepEqual(told(cwd, "--changed"), []);
    writeFileSync(`${cwd}/a.yaml`, `${duplicate("a")}---\n# new\n${duplicate("b")}`);
    assert.deepEqual(told(cwd, "--changed"), ["a.yaml:12 yaml/duplicate-key"]);
  });

  it("tells of new files, be they known to git or not", () => {
    const cwd = repository({ "a.yaml": duplicate("a"), ".gitignore": "ignored.yaml\n" });
    writeFileSync(`${cwd}/ü "b".yaml`, duplicate("b"));
    writeFileSync(`${cwd}/c.yaml`, duplicate("c"));
    writeFileSync(`${cwd}/ignored.yaml`, duplicate("d"));
    git(cwd, "add", "c.yaml");
    assert.deepEqual(told(cwd, "--changed"), ["c.yaml:5 yaml/duplicate-key", 'ü "b".yaml:5 yaml/duplicate-key']);
  });

  it("tells of objects whose checks looked at what changed, wherever they stand", () => {
    const cwd = repository({
      "deployment.yaml": deployment("llama"),
      "hpa.yaml": hpa("llama"),
      "b.yaml": duplicate("b"),
    });
    assert.deepEqual(told(cwd, "--changed"), []);
    writeFileSync(`${cwd}/deployment.yaml`, deployment("lama"));
    assert.deepEqual(
      told(cwd, "--changed").filter((one) => one.startsWith("hpa.yaml")),
      ["hpa.yaml:5 autoscaler/target-missing"],
    );
    rmSync(`${cwd}/deployment.yaml`);
    writeFileSync(`${cwd}/other.yaml`, deployment("llamas"));
    assert.deepEqual(
      told(cwd, "--changed").filter((one) => one.startsWith("hpa.yaml")),
      ["hpa.yaml:5 autoscaler/target-missing"],
    );
    assert.deepEqual(
      told(cwd, "--changed").filter((one) => one.startsWith("b.yaml")),
      [],
    );
  });

  it("=REF is what changed since this branch left that one", () => {
    const cwd = repository({ "a.yaml": duplicate("a") });
    git(cwd, "checkout", "--quiet", "-b", "topic");
    writeFileSync(`${cwd}/b.yaml`, duplicate("b"));
    git(cwd, "add", ".");
    git(cwd, "commit", "--quiet", "-m", "second");
    git(cwd, "checkout", "--quiet", "main");
    writeFileSync(`${cwd}/a.yaml`, `# later\n${duplicate("a")}`);
    git(cwd, "commit", "--quiet", "-am", "third");
    git(cwd, "checkout", "--quiet", "topic");
    assert.deepEqual(told(cwd, "--changed"), []);
    assert.deepEqual(told(cwd, "--changed=main"), ["b.yaml:5 yaml/duplicate-key"]);
  });

  it("says of how much it speaks", () => {
    const cwd = repository({ "deploy/a.yaml": duplicate("a"), "b.yaml": duplicate("b") });
    writeFileSync(`${cwd}/deploy/a.yaml`, `# new\n${duplicate("a")}`);
    writeFileSync(`${cwd}/b.yaml`, `# new\n${duplicate("b")}`);
    const { exit, out } = headroom(cli, ["lint", "--changed", "."], { cwd: `${cwd}/deploy` });
    assert.equal(exit, 1);
    assert.match(out, /^error a\.yaml:6:/);
    const note = "1 manifest changed since HEAD; what neither changed nor is affected is not told";
    assert.ok(out.endsWith(`\n${note}\n1 file, 1 document: 1 error\n`), out);
  });

  it("with a baseline calls nothing gone that it left out", () => {
    const cwd = repository({ "a.yaml": duplicate("a") });
    headroom(cli, ["lint", "--update-baseline"], { cwd });
    assert.doesNotMatch(
      headroom(cli, ["lint", "--changed", "--baseline", "headroom.baseline.json"], { cwd }).out,
      /gone/,
    );
  });
});

describe("--changed where it cannot be known what changed", () => {
  const refusal = (cwd: string, option = "--changed", env = {}) => {
    const { exit, out, err } = headroom(cli, ["lint", option], { cwd, env });
    assert.deepEqual([exit, out], [2, ""]);
    return err;
  };

  it("says that there is no repository, no git or no such commit", () => {
    const cwd = repository({ "a.yaml": duplicate("a") });
    const bare = scratch({ "a.yaml": "" });
    assert.equal(
      refusal(bare, "--changed", { GIT_CEILING_DIRECTORIES: bare }),
      "--changed asks git what changed, and this is no git repository.\n",
    );
    assert.equal(
      refusal(cwd, "--changed", { PATH: bare }),
      "git is needed for --changed, and there is none on the PATH.\n",
    );
    assert.equal(refusal(cwd, "--changed=gone"), '--changed: git knows no commit "gone".\n');
    assert.equal(refusal(cwd, "--changed=HEAD:a.yaml"), '--changed: git knows no commit "HEAD:a.yaml".\n');
  });

  it("does not take an option of git for a commit", () => {
    const cwd = repository({ "a.yaml": duplicate("a") });
    assert.equal(refusal(cwd, "--changed=--output=pwned"), '--changed: git knows no commit "--output=pwned".\n');
    assert.equal(existsSync(`${cwd}/pwned`), false);
  });

  it("runs nothing that the repository configures", () => {
    const cwd = repository({ "a.yaml": duplicate("a") });
    mkdirSync(`${cwd}/bin`);
    writeFileSync(`${cwd}/bin/evil`, `#!/bin/sh\necho ran >> ${cwd}/ran\n`);
    chmodSync(`${cwd}/bin/evil`, 0o755);
    for (const key of ["core.fsmonitor", "diff.external", "core.pager"]) git(cwd, "config", key, `${cwd}/bin/evil`);
    writeFileSync(`${cwd}/a.yaml`, duplicate("b"));
    assert.equal(told(cwd, "--changed").length, 1);
    assert.equal(existsSync(`${cwd}/ran`), false);
  });
});
