import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { takesNoValue } from "../../../server/kinds/vllm/flag.ts";
import { vllmFlags } from "../../../server/kinds/vllm/flags.ts";
import { presenceIn } from "../../../server/kinds/vllm/life.ts";
import { filesOf, findingsOf, foundBy, mendedBy, pod, serving } from "./pods.ts";

const rule = "vllm/unknown-flag";
const found = (text: string, vllm?: string) => foundBy(rule, text, vllm);
const mended = (text: string, vllm?: string) => mendedBy(rule, text, vllm);
const message = (text: string, vllm?: string) => findingsOf(rule, filesOf(text, vllm))[0]?.message ?? "";

describe("flags that guides invent", () => {
  const table: [word: string, said: RegExp, fix: string[] | undefined][] = [
    ["--enable-prometheus", /Delete it: metrics are always on/, ["- - --enable-prometheus"]],
    ["--metrics-port=9090", /Delete it: metrics are at \/metrics of the API port/, ["- - --metrics-port=9090"]],
    [
      "--enable-chunked-context",
      /Write --enable-chunked-prefill\./,
      ["- - --enable-chunked-context", "+ - --enable-chunked-prefill"],
    ],
    ["--tp-size=2", /Write --tensor-parallel-size\./, ["- - --tp-size=2", "+ - --tensor-parallel-size=2"]],
    [
      "--disable-radix-cache",
      /Write --no-enable-prefix-caching\./,
      ["- - --disable-radix-cache", "+ - --no-enable-prefix-caching"],
    ],
    ["--mem-fraction-static=0.9", /which covers weights and KV cache/, undefined],
    ["--kv-cache-offload", /Write --kv-offloading-size in GiB\./, undefined],
    ["--max-num-sequs=8", /Did you mean --max-num-seqs\?/, ["- - --max-num-sequs=8", "+ - --max-num-seqs=8"]],
    [
      "--max_model_lenght=8192",
      /Did you mean --max-model-len\?/,
      ["- - --max_model_lenght=8192", "+ - --max-model-len=8192"],
    ],
    [
      "-tensor-parallel-size=2",
      /Did you mean --tensor-parallel-size\?/,
      ["- - -tensor-parallel-size=2", "+ - --tensor-parallel-size=2"],
    ],
    ["--tp=2", /Did you mean -tp\?/, ["- - --tp=2", "+ - -tp=2"]],
    ["--hash-of-everything", /vLLM 0\.19\.0 has no --hash-of-everything/, undefined],
    ["--max-num=4", /may be short for --max-num-batched-tokens/, undefined],
    ["--max-model-len 8192", /is one word for vLLM/, ["- - --max-model-len 8192", "+ - --max-model-len=8192"]],
    [`--kv-transfer-config '{"a":1}'`, /is one word for vLLM/, undefined],
  ];
  for (const [word, said, fix] of table) {
    test(word, () => {
      const text = serving("v0.19.0", "meta/llama", word, "--port=8000");
      assert.match(message(text), said);
      assert.match(message(text), /^Deployment "llama", container "vllm": /);
      assert.equal(found(text).length, 1);
      assert.ok(found(text)[0]?.startsWith("error "));
      assert.deepEqual(mended(text)?.lines, fix);
    });
  }

  test("a deleted flag takes its value along", () => {
    const text = serving("v0.19.0", "m", "--metrics-port", '"9090"', "--port", '"8000"');
    assert.deepEqual(mended(text)?.lines, ["- - --metrics-port", '- - "9090"']);
    const last = serving("v0.19.0", "m", "--port=1", "--metrics-port=9090");
    assert.deepEqual(mended(last)?.lines, ["- - --metrics-port=9090"]);
  });

  test("a switch leaves the model alone", () => {
    const text = serving("v0.19.0", "--enable-prometheus", "meta/llama");
    assert.deepEqual(mended(text)?.lines, ["- - --enable-prometheus"]);
  });

  test("lists in brackets, Windows line breaks", () => {
    const text = pod('image: vllm/vllm-openai:v0.19.0\nargs: [m, --metrics-port, "9090", --port=1]');
    assert.deepEqual(mended(text)?.lines.slice(-1), ["+ args: [m, --port=1]"]);
    const first = pod("image: vllm/vllm-openai:v0.19.0\nargs: [--enable-prometheus, --port=1]");
    assert.deepEqual(mended(first)?.lines.slice(-1), ["+ args: [--port=1]"]);
    const windows = serving("v0.19.0", "m", "--enable-prometheus", "--port=1").replaceAll("\n", "\r\n");
    assert.deepEqual(mended(windows)?.lines, ["- - --enable-prometheus"]);
    const only = pod("image: vllm/vllm-openai:v0.19.0\nargs: [--enable-prometheus]");
    assert.equal(mended(only), undefined);
  });
});

test("every flag of a release is known to it", () => {
  for (const version of ["0.10.0", "0.19.0", "0.28.0", "0.29.0"]) {
    const words = [...vllmFlags().spellings].flatMap(([spelling, { flag }]) => {
      if (presenceIn(flag.life, version.split(".").map(Number)) !== "there") return [];
      return takesNoValue(flag) ? [spelling] : [`"${spelling}=$(VALUE)"`];
    });
    assert.ok(words.length > 150);
    assert.deepEqual(found(serving(`v${version}`, ...words)), []);
  }
});

describe("where words stand", () => {
  test("in a script, with the spelling of the script", () => {
    const text = pod(`image: vllm/vllm-openai:v0.19.0
command: ["/bin/bash", "-c"]
args:
  - |
    export HF_HOME=/models
    exec vllm serve "$MODEL" \\
      --enable-chunked-context \\
      "--tp-size" 2 \\
      --port 8000`);
    assert.deepEqual(found(text), ["error --enable-chunked-context", "error --tp-size"]);
    assert.deepEqual(mended(text)?.lines, ["- --enable-chunked-context \\", "+ --enable-chunked-prefill \\"]);
  });

  test("in both templates of a LeaderWorkerSet", () => {
    const template = (name: string) => `
      metadata: {labels: {app: llama}}
      spec:
        containers:
          - name: ${name}
            image: ghcr.io/llm-d/llm-d-cuda:v0.4.0
            command: [sh, -c, "vllm serve m --no-such-${name}"]`;
    const text = `apiVersion: leaderworkerset.x-k8s.io/v1
kind: LeaderWorkerSet
metadata: {name: llama}
spec:
  replicas: 1
  leaderWorkerTemplate:
    size: 2
    leaderTemplate:${template("leader")}
    workerTemplate:${template("worker")}
`;
    assert.deepEqual(found(text, "0.19"), ["error --no-such-leader", "error --no-such-worker"]);
  });

  test("in a StatefulSet and in an init container that stays", () => {
    const text = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: llama}
spec:
  serviceName: llama
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      initContainers:
        - {name: vllm, image: "vllm/vllm-openai:v0.19.0", restartPolicy: Always, args: [--no-such]}
      containers:
        - {name: app, image: app, args: [--no-such]}
`;
    assert.deepEqual(found(text), ["error --no-such"]);
  });

  test("behind an anchor", () => {
    const text = pod(
      "image: vllm/vllm-openai:v0.19.0\nenv: [{name: A, value: &flag --enable-prometheus}]\nargs: [m, *flag]",
    );
    assert.deepEqual(found(text), ["error --enable-prometheus"]);
    assert.equal(mended(text), undefined);
  });
});

describe("how sure it is", () => {
  const command = (image: string) =>
    pod(`image: ${image}\ncommand: [vllm, serve]\nargs: [m, --no-such, --max-num-reqs=4]`);
  const table: [title: string, text: string, vllm: string | undefined, found: string[]][] = [
    ["a release", command("vllm/vllm-openai:v0.19.0"), undefined, ["error --no-such", "error --max-num-reqs"]],
    [
      "the tag goes before the configuration",
      command("vllm/vllm-openai:v0.19.0"),
      "0.40",
      ["error --no-such", "error --max-num-reqs"],
    ],
    [
      "a version of the configuration",
      command("lmcache/vllm-openai:v0.4.3"),
      "0.19",
      ["error --no-such", "error --max-num-reqs"],
    ],
    [
      "whatever is latest",
      command("vllm/vllm-openai:latest"),
      undefined,
      ["warning --no-such", "error --max-num-reqs"],
    ],
    [
      "an unknown version",
      command("lmcache/vllm-openai:v0.4.3"),
      undefined,
      ["warning --no-such", "error --max-num-reqs"],
    ],
    ["a newer version than was read", command("vllm/vllm-openai:v0.40.0"), undefined, ["warning --max-num-reqs"]],
    ["somebody's image", command("registry.example.com/llm/server:1"), "0.19", ["error --max-num-reqs"]],
    ["an image that is filled in", command("'${IMAGE}'"), "0.19", ["error --max-num-reqs"]],
    [
      "what may be a new flag",
      serving("v0.40.0", "m", "--max-num-queued-jobs=4", "--max-num-sequs=4"),
      undefined,
      ["warning --max-num-sequs"],
    ],
    [
      "what may be a new flag of the latest",
      serving("latest", "m", "--max-num-queued-jobs=4"),
      undefined,
      ["warning --max-num-queued-jobs"],
    ],
    ["a plugin's flag", serving("v0.19.0", "m", "--omni", "--no-such"), undefined, []],
    ["a flag of any version", serving("v0.19.0", "m", "--swap-space=4", "--max-num-queued-reqs=4"), undefined, []],
    [
      "a flag that is filled in",
      serving("v0.19.0", "m", '"--$(NAME)=4"', '"$(FLAG)"', "{{ .Values.flag }}"),
      undefined,
      [],
    ],
    [
      "what a process prints",
      pod('image: vllm/vllm-openai:v0.19.0\ncommand: [sh, -c, "vllm serve m --no-such --config <(make)"]'),
      undefined,
      [],
    ],
    [
      "a script that cannot be read",
      pod('image: vllm/vllm-openai:v0.19.0\ncommand: [sh, -c, "cat <<X\\nvllm serve m --no-such\\nX"]'),
      undefined,
      [],
    ],
    [
      "a simulator",
      pod("image: ghcr.io/llm-d/llm-d-inference-sim:v0.6.0\nargs: [--model=m, --time-to-first-token=1]"),
      undefined,
      [],
    ],
    [
      "a sidecar",
      pod("image: ghcr.io/llm-d/llm-d-routing-sidecar:v0.4.0\nargs: [--vllm-port=8200, --secure-proxy=false]"),
      undefined,
      [],
    ],
    [
      "a benchmark",
      pod("image: vllm/vllm-openai:v0.19.0\ncommand: [vllm, bench, serve]\nargs: [--request-rate, inf]"),
      undefined,
      [],
    ],
  ];
  for (const [title, text, vllm, expected] of table) {
    test(title, () => assert.deepEqual(found(text, vllm), expected));
  }
});
