import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Files } from "../../support/lint.ts";
import { pool, server } from "../pool/support.ts";
import { epp, mended, messages, running, said } from "./support.ts";

const old = "inference.networking.x-k8s.io/v1alpha1";
const producer = (parameters = "") =>
  epp(
    `plugins: [{type: precise-prefix-cache-producer${parameters === "" ? "" : `, parameters: {${parameters}}`}}]`,
    old,
  );
const seed = (value: string) => `{name: PYTHONHASHSEED, value: ${value}}`;
const stack = (
  config: string,
  { args = "", env = "", version = "0.8" }: { args?: string; env?: string; version?: string } = {},
): Files => ({
  "a.yaml": pool() + server({ args: `[org/model, ${args}]`, env }) + config,
  ...running(version),
});

describe("the hashes of blocks", () => {
  const rule = "epp/block-hashes";
  const sized = (value: string) => producer(`tokenProcessorConfig: {blockSizeTokens: ${value}}`);
  const seeded = (value: string) => producer(`tokenProcessorConfig: {hashSeed: ${value}}`);
  const sixtyFour = { args: "--block-size=64" };
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["of one size", stack(sized("64"), sixtyFour)],
    ["of two sizes", stack(sized("16"), sixtyFour), "error 16"],
    ["of two sizes by the old name", stack(sized("16").replace("blockSizeTokens", "blockSize"), sixtyFour), "error 16"],
    ["of the router's usual size", stack(producer(), sixtyFour), "error precise-prefix-cache-producer"],
    ["of the usual size in both", stack(producer(), { args: "--block-size=16" })],
    ["of the size that vLLM's backend takes", stack(sized("64"))],
    ["of two sizes in 0.9", stack(sized("16"), { ...sixtyFour, version: "0.9" }), "info 16"],
    ["of the router's usual size in 0.9", stack(producer(), { ...sixtyFour, version: "0.9" })],
    ["of two sizes in a version that nobody knows", stack(sized("16"), { ...sixtyFour, version: "main" })],
    ["of a size that is filled in later", stack(sized('"{{ .size }}"'), sixtyFour)],
    ["of a size that vLLM gets later", stack(sized("16"), { args: '"--block-size=$(SIZE)"' })],
    ["from one seed", stack(seeded('"0"'), { env: seed('"0"') })],
    ["from two seeds", stack(seeded('"1"'), { env: seed('"0"') }), 'error "1"'],
    ["from no seed and one", stack(producer(), { env: seed('"0"') }), "error precise-prefix-cache-producer"],
    ["from a seed and none", stack(seeded('"1"')), 'error "1"'],
    ["from a seed and none in 0.9", stack(seeded('"1"'), { version: "0.9" })],
    ["from two seeds in 0.9", stack(seeded('"1"'), { env: seed('"0"'), version: "0.9" }), 'info "1"'],
    [
      "from a seed in a Secret",
      stack(seeded('"1"'), {
        env: "{name: PYTHONHASHSEED, valueFrom: {secretKeyRef: {name: a, key: b}}}",
      }),
    ],
    [
      "of pods that no pool selects",
      {
        "a.yaml": pool({ selector: "{app: other}" }) + server({ args: "[a, --block-size=64]" }) + sized("16"),
        ...running("0.8"),
      },
    ],
    ["without a pool", { "a.yaml": server({ args: "[a, --block-size=64]" }) + sized("16"), ...running("0.8") }],
    [
      "of one of two pools",
      {
        "a.yaml": pool() + pool({ name: "qwen" }) + server({ args: "[a, --block-size=64]" }) + sized("16"),
        ...running("0.8"),
      },
    ],
    [
      "of an approximate plugin",
      stack(sized("16").replace("precise-prefix-cache-producer", "approx-prefix-cache-producer"), sixtyFour),
    ],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  test("are told with both numbers", () => {
    assert.deepEqual(messages(rule, stack(sized("16"), sixtyFour)), [
      'EndpointPickerConfig: router 0.8 hashes blocks of 16 tokens, and vLLM in Deployment "llama" has 64: no prefix is ever found. Write 64.',
    ]);
  });

  test("get vLLM's size and seed", () => {
    const quiet = (size: string, own: string) =>
      stack(
        epp(
          `plugins: [{type: precise-prefix-cache-scorer, parameters: {tokenProcessorConfig: {blockSize: ${size}, hashSeed: ${own}}}}]`,
          old,
        ),
        { ...sixtyFour, env: seed('"0"') },
      );
    assert.deepEqual(mended(rule, quiet("16", '"0"'), "Write 64"), quiet("64", '"0"'));
    assert.deepEqual(mended(rule, quiet("64", '"7"'), "Write 0"), quiet("64", '"0"'));
  });
});

describe("KV events", () => {
  const rule = "epp/kv-events";
  const own = "precise-prefix-cache-producer";
  const events = (config: string) => ({ args: `'--kv-events-config={${config}}'` });
  const on = '"enable_kv_cache_events": true';
  const topic = (text: string) => events(`${on}, "topic": "${text}"`);
  const filter = (text: string) => producer(`kvEventsConfig: {topicFilter: ${text}}`);
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["that vLLM sends", stack(producer(), topic("kv@pod@model"))],
    ["that vLLM does not send", stack(producer()), `warning ${own}`],
    ["that are switched off", stack(producer(), events('"topic": "kv@a"')), `warning ${own}`],
    ["that go nowhere", stack(producer(), events(`${on}, "publisher": "null", "topic": "kv@a"`)), `warning ${own}`],
    ["of a pod that is filled in", stack(producer(), topic("kv@$(POD_IP)@model"))],
    ["of a topic that is filled in", stack(producer(), topic("$(TOPIC)"))],
    ["of another topic", stack(producer(), topic("events@pod")), `warning ${own}`],
    ["of no topic", stack(producer(), events(on)), `warning ${own}`],
    ["of another topic than is asked for", stack(filter("llama@"), topic("kv@pod")), "warning llama@"],
    ["of the topic that is asked for", stack(filter("llama@"), topic("llama@pod"))],
    ["of a longer filter than is known of the topic", stack(filter("kv@10.0"), topic("kv@$(POD_IP)"))],
    ["of a filter that is filled in later", stack(filter('"{{ .filter }}"'), topic("events@pod"))],
    [
      "on another port",
      stack(producer(), events(`${on}, "topic": "kv@", "endpoint": "tcp://*:5600"`)),
      `warning ${own}`,
    ],
    [
      "on the port that is asked for",
      stack(
        producer("kvEventsConfig: {podDiscoveryConfig: {socketPort: 5600}}"),
        events(`${on}, "topic": "kv@", "endpoint": "tcp://*:5600"`),
      ),
    ],
    [
      "that go to the picker's own port",
      stack(
        producer('kvEventsConfig: {zmqEndpoint: "tcp://*:5600", discoverPods: false}'),
        events(`${on}, "topic": "kv@", "endpoint": "tcp://epp:5600"`),
      ),
    ],
    ["of arguments in a file", stack(producer(), { args: "--config=/a.yaml" })],
    ["of another engine", stack(producer("kvEventsConfig: {engineType: sglang}"))],
    ["that nobody reads", stack(epp("plugins: [{type: queue-scorer}]", old))],
    ["of settings that are no JSON", stack(producer(), { args: '"--kv-events-config=$(EVENTS)"' })],
    ["of settings of any keys", stack(producer(), events('"__proto__": {"topic": "a"}')), `warning ${own}`],
    [
      "that a patch may ask for",
      {
        "a.yaml": pool() + server({}) + producer(),
        "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: Deployment}}]\n",
        "p.yaml": "[{op: add, path: /spec/template/spec/containers/0/args/-, value: --port=8000}]\n",
      },
    ],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  test("are read on the port that vLLM has", () => {
    const at = (parameters: string) =>
      stack(producer(parameters), events(`${on}, "topic": "kv@", "endpoint": "tcp://*:5600"`));
    const config = (port: number) => `kvEventsConfig: {podDiscoveryConfig: {socketPort: ${port}}}`;
    assert.deepEqual(mended(rule, at(config(5557)), "Write 5600"), at(config(5600)));
  });
});

describe("the prefix that the router compares", () => {
  const rule = "epp/short-prefix";
  const approx = (parameters: string) =>
    epp(`plugins: [{type: prefix-cache-scorer}, {type: approx-prefix-cache-producer, parameters: {${parameters}}}]`);
  const long = { args: "--max-model-len=32768", version: "0.9" };
  const blocks = "maxPrefixTokensToMatch: 0, maxPrefixBlocksToMatch: 256, blockSizeTokens: 64";
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["is as long as a request", stack(approx("maxPrefixTokensToMatch: 32768"), long)],
    ["is shorter", stack(approx("maxPrefixTokensToMatch: 32767"), long), "info 32767"],
    [
      "is shorter than a thousand times a thousand",
      stack(approx("maxPrefixTokensToMatch: 32768"), { args: "--max-model-len=1m", version: "0.9" }),
      "info 32768",
    ],
    ["is the usual one", stack(approx("blockSizeTokens: 64"), { args: "--max-model-len=262144", version: "0.9" })],
    ["has blocks of a size that is tuned", stack(approx(blocks), long)],
    ["has few blocks", stack(approx(`${blocks}, autoTune: false`), long), "info 256"],
    ["has enough blocks", stack(approx(`${blocks.replace("256", "512")}, autoTune: false`), long)],
    [
      "has blocks that do not count",
      stack(approx("maxPrefixBlocksToMatch: 256, blockSizeTokens: 64, autoTune: false"), long),
    ],
    [
      "is as long as the model lets it be",
      stack(approx("maxPrefixTokensToMatch: 1024"), { args: "--max-model-len=-1", version: "0.9" }),
    ],
    ["is not told to vLLM", stack(approx("maxPrefixTokensToMatch: 1024"), { version: "0.9" })],
    ["is filled in later", stack(approx('maxPrefixTokensToMatch: "{{ .n }}"'), long)],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  test("gets as long as a request", () => {
    const at = (tokens: number) => stack(approx(`maxPrefixTokensToMatch: ${tokens}`), long);
    assert.deepEqual(mended(rule, at(1024), "Write 32768"), at(32768));
  });
});
