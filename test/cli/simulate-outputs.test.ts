import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { run } from "../../server/cli/run.ts";
import { progressOn } from "../../server/cli/simulate/progress.ts";
import { hpa, server } from "../scenario/stack.ts";
import { recorder } from "./support/recorder.ts";
import { scratch } from "./support/scratch.ts";

const stack = { "chat/server.yaml": server, "chat/hpa.yaml": hpa };
const quick = "chat --duration 10m --node-time 2m".split(" ");

async function simulateIn(cwd: string, argv: readonly string[], dist = join(cwd, "dist")) {
  const { terminal, said } = recorder({ width: 100 });
  const exit = await run(["simulate", ...argv], terminal, { cwd, dist, stdin: nothing(), startServer: () => {} });
  return { exit, ...said };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function committed(files: Readonly<Record<string, string>>): string {
  const directory = scratch(files);
  const git = (...words: string[]) => execFileSync("git", ["-C", directory, ...words], { stdio: "pipe" });
  git("init", "-q");
  git("add", ".");
  git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "before");
  return directory;
}

describe("headroom simulate --against git:REF", () => {
  const busy = [...quick, "--rate", "30"];

  it("says that nothing differs from a commit with the same files", async () => {
    const { exit, out } = await simulateIn(committed(stack), [...busy, "--against", "git:HEAD"]);
    assert.match(out, /\nNo difference to HEAD\.\n$/);
    assert.equal(exit, 1);
  });

  it("has the files as they were, with those that are gone and without those that came", async () => {
    const directory = committed(stack);
    rmSync(join(directory, "chat/hpa.yaml"));
    writeFileSync(join(directory, "chat/new.yaml"), hpa.replace("maxReplicas: 4", "maxReplicas: 3"));
    const { out } = await simulateIn(directory, [...busy, "--against", "git:HEAD", "--json"]);
    const { difference } = JSON.parse(out);
    const most = difference.figures.find(({ name }: { name: string }) => name === "mostReplicas");
    assert.deepEqual(most, { name: "mostReplicas", before: 4, after: 3 });
  });

  it("takes the configuration of the commit, and paths from where one stands", async () => {
    const withConfig = { ...stack, "headroom.config.yaml": 'podStartup: {"**": 60s}\n' };
    const unsaid = { ...withConfig, "chat/server.yaml": server.replace(", headroom.dev/pod-startup: 90s", "") };
    const directory = committed(unsaid);
    const argv = ["--duration", "10m", "--node-time", "2m", "--against", "git:HEAD"];
    const same = await simulateIn(join(directory, "chat"), argv);
    assert.match(same.out, /\nNo difference to HEAD\.\n$/);
    const pattern = await simulateIn(directory, ["chat/*.yaml", ...argv]);
    assert.match(pattern.out, /\nNo difference to HEAD\.\n$/);
  });

  it("tells plainly why it cannot", async () => {
    const directory = committed(stack);
    mkdirSync(join(directory, "new"));
    writeFileSync(join(directory, "new/server.yaml"), server);
    const cases: readonly (readonly [argv: readonly string[], RegExp])[] = [
      [[...quick, "--against", "git:nowhere"], /^git:nowhere: git knows no commit "nowhere" here\.\n$/],
      [[...quick, "--against", "git:--output=x"], /is not the name of a commit\.\n$/],
      [[...quick, "--against", "git:HEAD..HEAD"], /is not the name of a commit\.\n$/],
      [["new", "--against", "git:HEAD"], /^git:HEAD: HEAD has none of these files\.\n$/],
    ];
    for (const [argv, expected] of cases) {
      const { exit, out, err } = await simulateIn(directory, argv);
      assert.deepEqual([exit, out], [2, ""], argv.join(" "));
      assert.match(err, expected);
    }
    const outside = await simulateIn(scratch(stack), [...quick, "--against", "git:HEAD"]);
    assert.equal(outside.err, "git:HEAD: This is not in a git repository.\n");
  });
});

describe("headroom simulate --html", () => {
  const bundle = {
    "dist/preview.js": 'const end = "</script><!--";',
    "dist/preview.css": "p::after{content:'</style>'}",
  };

  it("writes one page with the run in it and nothing that it loads", async () => {
    const hostile = server.replace("metadata: {name: chat}", 'metadata: {name: "</script><script>alert(1)</script>"}');
    const cwd = scratch({ ...bundle, "chat/server.yaml": hostile });
    const { exit, err } = await simulateIn(cwd, [...quick, "--html", "out.html"]);
    assert.deepEqual([exit, err], [0, "Wrote out.html.\n"]);
    const page = readFileSync(join(cwd, "out.html"), "utf8");
    const [, embedded = ""] = /<script type="application\/json" id="picture">(.*?)<\/script>/s.exec(page) ?? [];
    const { forecast, question } = JSON.parse(embedded);
    assert.equal(forecast.picture.model, "Qwen/Qwen3-32B");
    assert.deepEqual(forecast.targets, ["</script><script>alert(1)</script>"]);
    assert.equal(question.duration, 600);
    assert.equal(page.match(/<script/g)?.length, 2);
    assert.doesNotMatch(page, /(?:src|href)=/);
    const [, script = ""] = /<script>(.*?)<\/script>/s.exec(page) ?? [];
    const hash = createHash("sha256").update(script).digest("base64");
    assert.ok(page.includes(`script-src 'sha256-${hash}'`), "the policy lets the page's own script run");
  });

  it("has the comparison in it", async () => {
    const cwd = scratch({ ...bundle, ...stack, "old/server.yaml": server });
    await simulateIn(cwd, [...quick, "--against", "old", "--html", "out.html"]);
    const [, embedded = ""] = /id="picture">(.*?)<\/script>/s.exec(readFileSync(join(cwd, "out.html"), "utf8")) ?? [];
    const { against } = JSON.parse(embedded).forecast;
    assert.equal(against.name, "old");
    assert.ok(against.difference.changesAfter.length > 0);
    assert.equal(against.picture.version, 1);
  });

  it("says what is missing, and writes over no manifest", async () => {
    const cwd = scratch(stack);
    const missing = await simulateIn(cwd, [...quick, "--html", "out.html"]);
    assert.equal(missing.exit, 2);
    assert.match(missing.err, /^--html needs .*preview\.js and preview\.css, which npm run build makes\.\n$/);
    const manifest = await simulateIn(cwd, [...quick, "--html", "chat/server.yaml"]);
    assert.equal(manifest.exit, 2);
    assert.equal(readFileSync(join(cwd, "chat/server.yaml"), "utf8"), server);
  });
});

describe("progress of a run", () => {
  it("shows on a terminal once a run takes longer than a second, and goes when it is over", () => {
    const { terminal } = recorder();
    const lines: string[] = [];
    let now = 0;
    const progress = progressOn({ ...terminal, live: (line) => lines.push(line) }, () => now);
    for (const [at, share] of [
      [0, 0],
      [900, 0.1],
      [1000, 0.5],
      [1050, 0.6],
      [1100, 0.75],
    ] as const) {
      now = at;
      progress?.passing(share);
    }
    progress?.done();
    assert.deepEqual(lines, [
      "Simulating [###############...............] 50 %",
      "Simulating [#######################.......] 75 %",
      "",
    ]);
  });

  it("is silent where nobody watches, and after a short run", () => {
    const { terminal } = recorder();
    assert.equal(progressOn(terminal), undefined);
    const lines: string[] = [];
    const progress = progressOn({ ...terminal, live: (line) => lines.push(line) }, () => 0);
    progress?.passing(1);
    progress?.done();
    assert.deepEqual(lines, []);
  });
});
