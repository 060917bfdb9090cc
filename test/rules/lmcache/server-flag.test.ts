import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { serverFlags } from "../../../server/kinds/lmcache/server-flags.ts";
import { badValue } from "../../../server/kinds/vllm/values.ts";
import { applyEdits, cut, lint } from "../../support/lint.ts";

const pod = (container: string, kind = "DaemonSet") => ({
  "a.yaml": `apiVersion: apps/v1
kind: ${kind}
metadata: {name: cache}
spec:
  selector: {matchLabels: {app: cache}}
  template:
    metadata: {labels: {app: cache}}
    spec:
      containers:
        - {name: cache, image: lmcache/standalone, ${container}}
`,
});
const server = (...flags: string[]) =>
  pod(
    `command: [lmcache, server], args: [${["--eviction-policy=LRU", ...flags].map((one) => JSON.stringify(one)).join(", ")}]`,
  );

const findings = (files: ReturnType<typeof pod>) => lint(files).filter(({ rule }) => rule === "lmcache/server-flag");
const said = (files: ReturnType<typeof pod>) => findings(files).map((finding) => cut(files, finding));

describe("the command line of lmcache server", () => {
  test("is right as the documents write it", () => {
    const files = server(
      "--l1-size-gb",
      "60.5",
      "--no-l1-use-lazy",
      "--chunk-size=256",
      "--l2-adapter",
      '{"type": "fs"}',
      "--isolated-ipc",
    );
    assert.deepEqual(said(files), []);
  });

  const table: [title: string, files: ReturnType<typeof pod>, ...said: string[]][] = [
    ["a misspelt flag", server("--l1-size-gib=60"), "--l1-size-gib"],
    ["the flag of before", server("--cpu-buffer-size", "60"), "--cpu-buffer-size"],
    ["a size with a unit", server("--l1-size-gb", "60Gi"), "60Gi"],
    ["a policy in small letters", server("--eviction-policy=lru"), "lru"],
    ["a percentage for a part", server("--eviction-ratio=20"), "20"],
    ["a port that there is not", server("--port=70000"), "70000"],
    ["JSON that is none", server("--l2-adapter={type: fs}"), "{type: fs}"],
    ["a switch with a word", server("--l1-use-lazy", "false"), "false"],
    ["a flag without its value", server("--chunk-size"), "--chunk-size"],
    ["a server that a script starts", pod('command: [sh, -c, "exec lmcache server --l1-size-gb 60G"]'), "60G"],
  ];
  for (const [title, files, ...expected] of table)
    test(`${title} is found where it stands`, () => assert.deepEqual(said(files), expected));

  const silent: [title: string, files: ReturnType<typeof pod>][] = [
    ["a flag that nobody here knows", server("--quite-another-thing=1")],
    ["the beginning of a name, which argparse takes", server("--l1-size=60")],
    ["a value that is filled in later", server("--l1-size-gb=$(SIZE)", "--port=${PORT}")],
    ["another program", pod("command: [server, --l1-size-gb, 60Gi]")],
    ["another command of LMCache", pod("command: [lmcache, bench, --l1-size-gib=1]")],
  ];
  for (const [title, files] of silent) test(`nothing is said of ${title}`, () => assert.deepEqual(said(files), []));

  test("is checked in every kind that makes pods", () => {
    const wrong = "command: [lmcache, server, --l1-size-gb=60Gi]";
    for (const kind of ["DaemonSet", "Deployment", "StatefulSet"]) assert.deepEqual(said(pod(wrong, kind)), ["60Gi"]);
  });

  test("is mended where one thing is meant", () => {
    const files = server("--cpu-buffer-size=60");
    const [finding] = findings(files);
    assert.equal(
      finding?.message,
      'DaemonSet "cache", container "cache": lmcache server no longer has --cpu-buffer-size, and exits at once. Write --l1-size-gb.',
    );
    const after = applyEdits(files, finding?.fixes[0]?.edits ?? []);
    assert.match(after["a.yaml"] ?? "", /"--l1-size-gb=60"/);
    const sized = server("--l1-size-gb=1.5Ti");
    const mended = applyEdits(sized, findings(sized)[0]?.fixes[0]?.edits ?? []);
    assert.match(mended["a.yaml"] ?? "", /"--l1-size-gb=1536"/);
  });

  test("takes its own defaults", () => {
    for (const [spelling, { name, type, default: usual, about }] of serverFlags()) {
      assert.match(spelling, /^--[a-z][a-z0-9-]*$/);
      assert.match(about, /\.$/, name);
      const isWords = usual === undefined || usual.includes(" ");
      assert.equal(isWords ? undefined : badValue(type, usual), undefined, name);
    }
  });
});
