import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { bundleCli } from "../support/bundle.ts";
import { headroom, type Ran, scratch } from "../support/scratch.ts";

const cli = await bundleCli();
const duplicate = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {}\ndata: {}\n`;

function sharded(cwd: string, count: number, paths: readonly string[], ...options: string[]): Ran {
  const parts = Array.from({ length: count }, (_, index) => `part-${index + 1}.json`);
  parts.forEach((part, index) => {
    const args = ["lint", ...paths, "--shard", `${index + 1}/${count}`, "--format", `json=${part}`];
    assert.notEqual(headroom(cli, args, { cwd }).exit, 1);
  });
  return headroom(cli, ["merge", ...parts.toReversed(), ...options], { cwd });
}

describe("headroom merge of the parts of --shard", () => {
  const cwd = scratch({
    "a.yaml": `# headroom-disable-next-line yaml/syntax, yaml/duplicate-key -- unused, twice\n${duplicate("a")}`,
    "b.yaml": `${"\n".repeat(30)}${duplicate("b")}`,
    "c.yaml": `a: "漢字😀"\nb: ${"x".repeat(300)}\nb: {\n`,
    "deep.yaml": `a: ${"[".repeat(300)}${"]".repeat(300)}\n`,
    "headroom.config.yaml": "rules:\n  yaml/limit: eror\nignore: [legacy/**]\n",
    "legacy/x.yaml": duplicate("x"),
  });
  const inputs = [".", "gone.yaml"];

  for (const count of [1, 2, 3, 7]) {
    it(`is what one run over everything says, of ${count} parts`, () => {
      for (const format of ["text", "json", "sarif", "junit", "gitlab", "github", "checkstyle", "markdown"]) {
        const options = ["--format", format];
        assert.deepEqual(
          sharded(cwd, count, inputs, ...options),
          headroom(cli, ["lint", ...inputs, ...options], { cwd }),
          format,
        );
      }
    });
  }

  it("is the same for findings that lie between files, and for the examples", () => {
    const examples = `${process.cwd()}/examples`;
    const there = scratch();
    for (const format of ["text", "json"]) {
      const options = ["--format", format];
      const whole = headroom(cli, ["lint", examples, ...options], { cwd: there });
      assert.ok(whole.out.includes("lmcache/memory-limit"));
      assert.deepEqual(sharded(there, 4, [examples], ...options), whole);
    }
  });

  it("knows suppressions that hold back what another part found", () => {
    const files = suppressedElsewhere();
    const there = scratch(files);
    const whole = headroom(cli, ["lint"], { cwd: there });
    assert.doesNotMatch(whole.out, /suppression\/unused/);
    for (const count of [2, 3]) assert.deepEqual(sharded(there, count, ["."]), whole);
  });

  it("has the exit code of the whole, and the parts have none of it", () => {
    const there = scratch({ "a.yaml": duplicate("a"), "b.yaml": duplicate("b") });
    assert.equal(sharded(there, 2, ["."]).exit, 1);
    assert.equal(sharded(there, 2, ["."], "--fail-on", "never").exit, 0);
    assert.match(sharded(there, 2, ["."], "--update-baseline").out, /2 known findings, 2 of them new, 0 gone/);
    assert.equal(sharded(there, 2, ["."], "--baseline", "headroom.baseline.json").exit, 0);
  });

  it("does not take a whole for what it is not", () => {
    const there = scratch({ "a.yaml": duplicate("a") });
    sharded(there, 3, ["."]);
    writeFileSync(`${there}/other.json`, JSON.stringify({ version: 1, findings: [], summary: {} }));
    writeFileSync(`${there}/broken.json`, "{");
    for (const [args, err] of [
      [["part-1.json", "part-3.json"], "Of 3 parts 2 is missing.\n"],
      [["part-1.json", "part-2.json", "part-3.json", "part-2.json"], "Part 2 is here more than once.\n"],
      [["other.json"], "other.json is no report of headroom lint --shard --format json.\n"],
      [["broken.json"], "broken.json is no report of headroom lint --shard --format json.\n"],
      [["gone.json"], "gone.json: It vanished before it could be read.\n"],
      [[], "There is nothing to merge: name the reports of all parts.\n"],
    ] as const) {
      assert.deepEqual(headroom(cli, ["merge", ...args], { cwd: there }), { exit: 2, out: "", err });
    }
  });
});

describe("--shard", () => {
  it("takes a part of a whole", () => {
    for (const value of ["0/2", "3/2", "1", "a/b", "1/2/3", "1/1001"]) {
      assert.deepEqual(headroom(cli, ["lint", "--shard", value], { cwd: scratch() }), {
        exit: 2,
        out: "",
        err: `--shard takes a part of the whole, such as 2/4, not "${value}".\n`,
      });
    }
  });
});

/** The finding about the Deployment comes of a check of another file, and is held back where it stands. */
function suppressedElsewhere(): Record<string, string> {
  return {
    "a.yaml": duplicate("z").replace("data: {}\ndata: {}\n", "data: {}\n"),
    "deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  # headroom-disable-next-line autoscaler/replicas-in-manifest -- kept for the first start
  replicas: 2
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec: {containers: [{name: web, image: "nginx:1.29"}]}
`,
    "hpa.yaml": `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 4
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}]
`,
  };
}
