import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Workspace } from "../../server/graph/workspace.ts";
import { kinds } from "../../server/kinds/registry.ts";
import { readServers, type VllmServer } from "../../server/kinds/vllm/command-line.ts";
import type { Flag } from "../../server/kinds/vllm/flag.ts";
import { vllmFlags } from "../../server/kinds/vllm/flags.ts";
import { goneFrom, knownFrom, presenceIn } from "../../server/kinds/vllm/life.ts";
import { badValue } from "../../server/kinds/vllm/values.ts";
import { argumentFor, flagOfVariable, vllmVariables } from "../../server/kinds/vllm/variables.ts";
import { isLatestImage, parseVersion, type Version, versionOfImage } from "../../server/kinds/vllm/version.ts";
import { deployment } from "../../server/kinds/workload/deployment.ts";
import { spanOfWord } from "../../server/text/command-words.ts";

function flagOf(name: string): Flag {
  const flag = vllmFlags().flags.get(name);
  assert.ok(flag !== undefined, name);
  return flag;
}

const version = (text: string): Version => parseVersion(text) ?? [];

describe("the flags of vLLM", () => {
  const { flags, spellings, foreign } = vllmFlags();

  test("are as many as the parsers of two releases have", () => {
    const count = (at: string) => {
      const there = [...flags.values()].filter(({ life }) => presenceIn(life, version(at)) === "there");
      const unsure = [...flags.values()].filter(({ life }) => presenceIn(life, version(at)) === "unsure");
      const bools = there.filter(({ type }) => type.is === "bool").length;
      const switches = there.filter(({ type }) => type.is === "switch").length;
      return { bools, switches, valued: there.length - bools - switches, unsure: unsure.map(({ name }) => name) };
    };
    assert.deepEqual(count("0.28.0"), { bools: 77, switches: 5, valued: 202, unsure: [] });
    assert.deepEqual({ ...count("0.29.0"), unsure: [] }, { bools: 80, switches: 5, valued: 207, unsure: [] });
  });

  test("are written once, lower case, with a description", () => {
    for (const [spelling, { flag }] of spellings) {
      assert.match(spelling, /^--?[a-zA-Z][a-z0-9-]*$/);
      assert.ok(flag.about.length > 0 || flag.instead !== undefined, flag.name);
      assert.ok(!foreign.has(spelling), `${spelling} is foreign and known`);
      assert.notEqual(flag.life.first, -1, flag.name);
      assert.notEqual(flag.life.last, -1, flag.name);
    }
    const names = [...flags.values()].flatMap(({ name, short, type }) => [
      name,
      ...short,
      ...(type.is === "bool" ? [name.replace("--", "--no-")] : []),
    ]);
    assert.equal(new Set(names).size, names.length);
    assert.equal(spellings.size, names.length);
  });

  test("that replace another one exist", () => {
    const named = [...flags.values()].flatMap(({ instead }) => instead ?? []).concat(...foreign.values());
    for (const text of named) {
      for (const [flag] of text.matchAll(/--[a-z][a-z0-9-]+/g)) {
        const known = spellings.get(flag)?.flag;
        assert.ok(known !== undefined && known.life.last === undefined, `${flag} in "${text}"`);
      }
    }
  });

  test("come and go with versions", () => {
    const presence = (name: string, at: string) => {
      const flag = flags.get(name);
      return flag === undefined ? "unknown" : presenceIn(flag.life, version(at));
    };
    const table: [flag: string, version: string, presence: string][] = [
      ["--swap-space", "0.10", "there"],
      ["--swap-space", "0.17.1", "unsure"],
      ["--swap-space", "0.18.0", "gone"],
      ["--swap-space", "0.19", "gone"],
      ["--num-scheduler-steps", "0.8.5", "there"],
      ["--num-scheduler-steps", "0.19", "gone"],
      ["--kv-offloading-size", "0.9", "not-yet"],
      ["--kv-offloading-size", "0.19", "there"],
      ["--max-num-queued-reqs", "0.28.0", "not-yet"],
      ["--max-num-queued-reqs", "0.29.0", "there"],
      ["--trust-request-mm-kwargs", "0.30.0", "not-yet"],
      ["--trust-request-mm-kwargs", "0.31.0", "there"],
      ["--tensor-parallel-size", "0.6", "there"],
      ["--tensor-parallel-size", "0.40", "there"],
    ];
    assert.deepEqual(
      table.map(([flag, at]) => [flag, at, presence(flag, at)]),
      table,
    );
    assert.deepEqual(goneFrom(flagOf("--swap-space").life), [0, 18, 0]);
    assert.equal(goneFrom(flagOf("--port").life), undefined);
    assert.deepEqual(knownFrom(flagOf("--max-num-queued-reqs").life), [0, 29, 0]);
  });
});

test("the version is in the tag of vLLM's own images only", () => {
  const table: [image: string, version: string | undefined, latest: boolean][] = [
    ["vllm/vllm-openai:v0.10.2", "0.10.2", false],
    ["docker.io/vllm/vllm-openai:v0.8.5.post1", "0.8.5", false],
    ["registry.example.com:5000/mirror/vllm/vllm-openai:0.19.0", "0.19.0", false],
    ["vllm/vllm-openai-rocm:v0.14.0", "0.14.0", false],
    ["vllm/vllm-openai:v0.21.0-aarch64", "0.21.0", false],
    ["vllm/vllm-openai:latest", undefined, true],
    ["vllm/vllm-openai", undefined, true],
    ["vllm/vllm-openai:nightly", undefined, false],
    ["lmcache/vllm-openai:v0.4.3", undefined, false],
    ["lmcache/vllm-openai:latest", undefined, false],
    ["ghcr.io/llm-d/llm-d-cuda:v0.4.0", undefined, false],
  ];
  assert.deepEqual(
    table.map(([image]) => [image, versionOfImage(image), isLatestImage(image)]),
    table,
  );
});

describe("values", () => {
  const wrong = (flag: string, text: string) => badValue(flagOf(flag).type, text);
  const good: [flag: string, ...values: string[]][] = [
    ["--max-num-seqs", "256", "1_024", "+8"],
    ["--seed", "-1", "None", ""],
    ["--max-model-len", "32768", "32k", "32K", "25.6k", "auto", "-1"],
    ["--max-num-batched-tokens", "8192", "8k", "1M"],
    ["--kv-cache-memory-bytes", "40G", "40000000000"],
    ["--gpu-memory-utilization", "0.9", ".9", "9e-1", "1", "1.0"],
    ["--kv-cache-dtype", "auto", "fp8", "fp8_e5m2"],
    ["--quantization", "anything-a-plugin-adds"],
    ["--kv-transfer-config", '{"kv_connector": "X"}', '{"a": NaN, "b": -Infinity}', "[]"],
    ["--limit-mm-per-prompt", '{"image": 2}', "image=2,video=1"],
    ["--hf-overrides", "my_package.overrides", '{"a": 1}'],
    ["--max-lora-rank", "64"],
    ["--compilation-config", "3", '{"level": 3}'],
  ];
  test("that vLLM accepts", () => {
    for (const [flag, ...values] of good) {
      for (const value of values) assert.equal(wrong(flag, value), undefined, `${flag} ${value}`);
    }
  });
  const bad: [flag: string, value: string, better: string | undefined][] = [
    ["--max-num-seqs", "many", undefined],
    ["--max-num-seqs", "256.0", "256"],
    ["--max-num-seqs", "1k", undefined],
    ["--max-num-seqs", "0", undefined],
    ["--max-model-len", "32Ki", undefined],
    ["--max-model-len", "25.6K", undefined],
    ["--max-model-len", "32,768", "32768"],
    ["--gpu-memory-utilization", "90", "0.9"],
    ["--gpu-memory-utilization", "90%", undefined],
    ["--gpu-memory-utilization", "0", undefined],
    ["--gpu-memory-utilization", "1.5", undefined],
    ["--port", "80000", undefined],
    ["--kv-cache-dtype", "int8", "fp8"],
    ["--kv-cache-dtype", "FP8", "fp8"],
    ["--kv-cache-dtype", "q4", undefined],
    ["--dtype", "bf16", undefined],
    ["--kv-transfer-config", "{kv_connector: X}", undefined],
    ["--kv-transfer-config", "{'kv_connector': 'X'}", undefined],
    ["--hf-overrides", "{a: 1}", undefined],
    ["--max-lora-rank", "48", undefined],
  ];
  for (const [flag, value, better] of bad) {
    test(`that it refuses: ${flag} ${value}`, () => {
      const found = wrong(flag, value);
      assert.ok(found !== undefined);
      assert.equal(found.better, better);
    });
  }
});

test("variables: known, gone and never there are three lists", () => {
  const { variables, gone, foreign } = vllmVariables();
  for (const name of gone.keys()) assert.ok(!variables.has(name) && !foreign.has(name), name);
  for (const name of foreign.keys()) assert.ok(!variables.has(name), name);
  for (const name of variables.keys()) assert.match(name, /^[A-Z][A-Z0-9_]+$/);
  assert.ok(variables.size > 250);
  assert.equal(flagOfVariable("VLLM_GPU_MEMORY_UTILIZATION"), "--gpu-memory-utilization");
  assert.equal(flagOfVariable("VLLM_SWAP_SPACE"), undefined);
  assert.equal(argumentFor("--max-num-seqs", "256"), "--max-num-seqs=256");
  assert.equal(argumentFor("--enable-prefix-caching", "true"), "--enable-prefix-caching");
  assert.equal(argumentFor("--enable-prefix-caching", "0"), "--no-enable-prefix-caching");
  assert.equal(argumentFor("--enable-prefix-caching", "maybe"), undefined);
});

/** The servers of a Deployment's only container. */
function serversOf(container: string, at?: string): { text: string; servers: VllmServer[] } {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  template:
    spec:
      containers:
        - name: vllm
${container.replace(/^(?=.)/gm, "          ")}`;
  const workspace = new Workspace(kinds);
  const [object] = workspace.objectsIn(workspace.update("d.yaml", text).file);
  assert.ok(object !== undefined);
  const view = deployment.view(object as Parameters<typeof deployment.view>[0]);
  const [only] = view.template?.containers ?? [];
  assert.ok(only !== undefined);
  return { text, servers: [...readServers(only, at === undefined ? undefined : version(at))] };
}

/** Arguments as `match name: values`, server by server. */
function told(container: string, at?: string): string[][] {
  return serversOf(container, at).servers.map((server) =>
    server.arguments.map(({ match, name, path, values, stray, candidates }) => {
      const said = values.map((value) => value.text);
      return [
        match === "exact" ? "" : `${match} `,
        name,
        path === undefined ? "" : `.${path}`,
        said.length === 0 ? "" : `: ${said.join(" | ")}`,
        stray === undefined ? "" : ` (${stray.text})`,
        match === "ambiguous" ? ` ${candidates.length}` : "",
      ].join("");
    }),
  );
}

const openai = "image: vllm/vllm-openai:v0.19.0\n";

describe("a command line", () => {
  const table: [title: string, container: string, ...servers: string[][]][] = [
    [
      "in args",
      `${openai}args: [meta/llama, --port=8000, --max-num-seqs, "256"]`,
      ["--port: 8000", "--max-num-seqs: 256"],
    ],
    ["in command and args", 'command: [vllm, serve]\nargs: ["m", "-tp", "2"]', ["-tp: 2"]],
    ["in command", 'command: ["/usr/bin/vllm", serve, m, --enforce-eager]', ["--enforce-eager"]],
    ["of the module", "command: [python3, -m, vllm.entrypoints.openai.api_server]\nargs: [--model, m]", ["--model: m"]],
    ["behind a wrapper", "command: [nsys, profile, -o, x, vllm, serve, m, --port=1]", ["--port: 1"]],
    [
      "with underscores",
      `${openai}args: [--max_num_seqs=4, --gpu_memory_utilization, "0.9"]`,
      ["--max-num-seqs: 4", "--gpu-memory-utilization: 0.9"],
    ],
    [
      "with lists",
      `${openai}args: [--served-model-name, a, b, --api-key, k]`,
      ["--served-model-name: a | b", "--api-key: k"],
    ],
    [
      "with JSON below dots",
      `${openai}args: [--kv-transfer-config.kv_role=kv_both, --compilation-config.pass_config.x, "1", -O.level=3]`,
      ["--kv-transfer-config.kv_role: kv_both", "--compilation-config.pass_config.x: 1", "-O.level: 3"],
    ],
    ["with levels", `${openai}args: [-O3, -O=2, -O, "1", -n2]`, ["-O: 3", "-O: 2", "-O: 1", "-n: 2"]],
    [
      "with abbreviations",
      `${openai}args: [--max-num-seq, "4", --gpu-mem=0.9, --max-num, "1", -t, "2"]`,
      [
        "abbreviated --max-num-seqs: 4",
        "abbreviated --gpu-memory-utilization: 0.9",
        "ambiguous --max-num: 1 6",
        "abbreviated -tp: 2",
      ],
    ],
    [
      "with twins",
      `${openai}args: [--no-enable-prefix-caching, --enable-chunked-prefill, "true"]`,
      ["--no-enable-prefix-caching", "--enable-chunked-prefill (true)"],
    ],
    [
      "with negative numbers",
      `${openai}args: [--max-model-len, "-1", --seed, "-5"]`,
      ["--max-model-len: -1", "--seed: -5"],
    ],
    [
      "with a flag and its value in one word",
      `${openai}args: [--max-model-len 8192, --no-such thing]`,
      ["joined --max-model-len: 8192", "unknown --no-such"],
    ],
    [
      "with unknown flags",
      `${openai}args: [--what, ever, this, --port, "1"]`,
      ["unknown --what: ever | this", "--port: 1"],
    ],
    ["with nothing behind a flag", `${openai}args: [--port]`, ["--port"]],
    [
      "with words that are values",
      `${openai}args: [--chat-template, "- not a flag", --middleware=a, --middleware=b]`,
      ["--chat-template: - not a flag", "--middleware: a", "--middleware: b"],
    ],
    ["up to --", `${openai}args: [--port=1, --, --port=2]`, ["--port: 1"]],
    [
      "with variables",
      `${openai}args: [--max-model-len, $(LEN), "$(EXTRA)", --port=$(PORT)]`,
      ["--max-model-len: $(LEN)", "--port: $(PORT)"],
    ],
    [
      "in a script",
      'command: [sh, -c]\nargs:\n  - |\n    set -e\n    exec vllm serve "$MODEL" \\\n      --port 8000 \\\n      --enforce-eager\n',
      ["--port: 8000", "--enforce-eager"],
    ],
    [
      "in a folded script",
      "command: [/bin/bash, -lc]\nargs:\n  - >-\n    vllm serve m\n    --kv-transfer-config '{\"a\": 1}'\n    --port 1\n",
      ['--kv-transfer-config: {"a": 1}', "--port: 1"],
    ],
    [
      "among other commands",
      'command: [bash, -c, "ray start --head; sleep 5 && vllm serve m --port 1 2>&1 | tee log"]',
      ["--port: 1"],
    ],
    [
      "in both branches",
      'command: [sh, -c, "if a; then vllm serve m --port=1; else vllm serve m --port=2; fi"]',
      ["--port: 1"],
      ["--port: 2"],
    ],
    ["of a script's arguments", 'command: [sh, -c, "vllm serve m --port=1", "--", --no-such]', ["--port: 1"]],
    [
      "around what the shell computes",
      'command: [sh, -c, "vllm serve m --port=1 -tp $(nproc) --no-such"]',
      ["--port: 1", "-tp: $_______", "unknown --no-such"],
    ],
    [
      "of a guide",
      `command: [/bin/bash, -c]
args:
  - |-
    # doesn't matter
    RANK=$(( \${INDEX:-0} * LOCAL ))
    python3 -c "print('$(not a command)')" 2>/dev/null || echo ""

    exec vllm serve $EXTRA \\
      m/x \\
      --api-server-count 1 \\
      -dp $((LWS_GROUP_SIZE * (LOCAL + 1))) \\
      -dpa "$(hostname -i | awk '{print $1}')" \\
      --kv_transfer_config '{"kv_connector":"NixlConnector",
                             "kv_role":"kv_both"}' \\
      --port 8200
      # --otlp-traces-endpoint http://otel-collector:4317
`,
      [
        "--api-server-count: 1",
        "-dp: $________________________________",
        "-dpa: $________________________________",
        '--kv-transfer-config: {"kv_connector":"NixlConnector",\n                         "kv_role":"kv_both"}',
        "--port: 8200",
      ],
    ],
    [
      "before what a process prints",
      'command: [bash, -c, "vllm serve m --port=1 --config <(make) --no-such"]',
      ["--port: 1", "--config"],
    ],
    [
      "before a substitution without end",
      'command: [bash, -c, "vllm serve m --port=1 -tp $(nproc --no-such"]',
      ["--port: 1", "-tp: $"],
    ],
  ];
  for (const [title, container, ...servers] of table) {
    test(title, () => assert.deepEqual(told(container), servers));
  }

  test("abbreviations go by the version's flags", () => {
    const container = `${openai}args: [--max-num-s, "4"]`;
    assert.deepEqual(told(container, "0.19"), [["abbreviated --max-num-seqs: 4"]]);
    assert.deepEqual(told(container, "0.28"), [["ambiguous --max-num-s: 4 2"]]);
    assert.deepEqual(told(`${openai}args: [--swap-sp, "4"]`, "0.10"), [["abbreviated --swap-space: 4"]]);
    assert.deepEqual(told(`${openai}args: [--swap-sp, "4"]`, "0.19"), [["unknown --swap-sp: 4"]]);
  });

  const others: [title: string, container: string][] = [
    ["a simulator", "image: ghcr.io/llm-d/llm-d-inference-sim:v0.6.0\nargs: [--model, m, --mode=echo]"],
    ["an old simulator", "image: quay.io/infernoautoscaler/vllme:0.2.3\nargs: [--x]"],
    ["a sidecar", "image: ghcr.io/llm-d/llm-d-routing-sidecar:v0.4.0\nargs: [--port=8000, --vllm-port=8200]"],
    ["a router", "image: lmcache/lmstack-router:latest\nargs: [--service-discovery, k8s]"],
    ["an endpoint picker", "image: ghcr.io/llm-d/llm-d-inference-scheduler:v0.4.0\nargs: [--pool-name, x]"],
    ["a benchmark", "image: vllm/vllm-openai:v0.19.0\ncommand: [vllm, bench, serve]\nargs: [--no-such]"],
    ["a benchmark script", "image: vllm/vllm-openai:v0.19.0\ncommand: [python3, benchmark_serving.py, --no-such]"],
    ["another program of the image", "image: vllm/vllm-openai:v0.19.0\ncommand: [sleep, infinity]"],
    ["a start script", "image: vllm/vllm-openai:v0.19.0\ncommand: [/start.sh]\nargs: [--no-such]"],
    ["a script that says it", 'image: x\ncommand: [sh, -c, "echo vllm serve --no-such"]'],
    ["a script with a document in it", 'image: x\ncommand: [sh, -c, "cat <<EOF\\nvllm serve --no-such\\nEOF"]'],
    ["nothing", "image: vllm/vllm-openai:v0.19.0"],
    ["another image", "image: nginx\nargs: [--no-such]"],
  ];
  for (const [title, container] of others) {
    test(`is not read from ${title}`, () => assert.deepEqual(told(container), []));
  }

  test("knows where its words stand", () => {
    const { text, servers } = serversOf(
      'command: [sh, -c]\nargs:\n  - |\n    vllm serve m \\\n      "--max-num-seqs" \\\n      4\n    # the end\n',
    );
    const [argument] = servers[0]?.arguments ?? [];
    assert.ok(argument !== undefined);
    const span = spanOfWord(argument.word);
    assert.equal(text.slice(span.start, span.end), "--max-num-seqs");
    const value = argument.values[0];
    assert.ok(value !== undefined);
    const place = spanOfWord(value.word, value.start);
    assert.equal(text.slice(place.start, place.end), "4");
  });
});
