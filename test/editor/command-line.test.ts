import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cut, lint } from "../support/lint.ts";
import { Desk } from "./support/cursor.ts";

const deployment = (container: string, image = "vllm/vllm-openai:v0.21.0") =>
  `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  template:
    spec:
      containers:
        - name: vllm
          image: ${image}
${container.replace(/^(?=.)/gm, "          ")}`;

const args = (...items: string[]) => deployment(`args:\n${items.map((item) => `  - ${item}\n`).join("")}`);

const other = `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: other}
spec: {modelID: qwen/Qwen3-32B, scaleTargetRef: {kind: Deployment, name: other}}
`;

describe("a command line of vLLM", { timeout: 120_000 }, () => {
  const desk = new Desk({ "other.yaml": other });

  describe("is completed with flags", () => {
    test("in args, with type, default and meaning", async () => {
      const item = (await desk.items(args("--model", "a", "--max-num-‸"))).find(
        ({ label }) => label === "--max-num-seqs",
      );
      assert.match(item?.detail ?? "", /^whole number/);
      assert.equal(await desk.taken(args("--max-num-s‸"), "--max-num-seqs"), args("--max-num-seqs"));
      assert.equal(await desk.taken(args('"--max-num-s‸"'), "--max-num-seqs"), args('"--max-num-seqs"'));
      assert.equal(await desk.taken(args("--max‸-num"), "--max-num-seqs"), args("--max-num-seqs"));
    });

    test("in an item that holds nothing yet, and in a list in one line", async () => {
      assert.equal(
        await desk.taken(args("--model", "a", "‸"), "--max-num-seqs"),
        args("--model", "a", "--max-num-seqs"),
      );
      const flow = deployment('args: ["--model", "a", "‸"]\n');
      assert.equal(await desk.taken(flow, "--max-num-seqs"), flow.replace("‸", "--max-num-seqs"));
    });

    test("in a script", async () => {
      const script = deployment(
        "command: [sh, -c]\nargs:\n  - |\n    exec vllm serve a \\\n      --max-num-s‸ \\\n      --port 8000\n",
        "mine/engine:1",
      );
      assert.equal(await desk.taken(script, "--max-num-seqs"), script.replace("--max-num-s‸", "--max-num-seqs"));
    });

    test("but not with those that are there, nor with those of other versions", async () => {
      const labels = await desk.labels(args("--max-num-seqs=4", "--‸"));
      assert.ok(labels.includes("--max-model-len"));
      assert.ok(!labels.includes("--max-num-seqs"));
      assert.ok(!labels.includes("--use-v2-block-manager"));
      const old = await desk.labels(deployment("args:\n  - --‸\n", "vllm/vllm-openai:v0.6.3"));
      assert.ok(old.includes("--max-model-len"));
      assert.ok(!old.includes("--kv-cache-memory-bytes"));
      assert.ok(labels.includes("--kv-cache-memory-bytes"));
    });

    test("nowhere else", async () => {
      assert.deepEqual(await desk.labels(deployment("args:\n  - --‸\n", "nginx:1")), []);
      assert.ok(!(await desk.labels(deployment("args: [--port, '1']\nima‸\n"))).includes("--max-num-seqs"));
    });
  });

  describe("is completed with values", () => {
    test("of a flag that has a list of them", async () => {
      const labels = await desk.labels(args("--kv-cache-dtype", "‸"));
      assert.deepEqual(labels.slice(0, 3), ["auto", "float16", "bfloat16"]);
      assert.equal(await desk.taken(args("--kv-cache-dtype=f‸"), "fp8"), args("--kv-cache-dtype=fp8"));
      assert.equal(await desk.taken(args("--kv-cache-dtype", "f‸p"), "fp8"), args("--kv-cache-dtype", "fp8"));
    });

    test("models of the workspace, then those of the catalogue", async () => {
      const items = await desk.items(args("--model", "‸"));
      assert.equal(items[0]?.label, "qwen/Qwen3-32B");
      const known = items.find(({ label }) => label === "meta-llama/Llama-3.1-8B-Instruct");
      assert.equal(known?.detail, "catalogue, 8B parameters");
      assert.equal(
        await desk.taken(deployment("command: [vllm, serve, q‸]\n", "mine/engine:1"), "qwen/Qwen3-32B"),
        deployment("command: [vllm, serve, qwen/Qwen3-32B]\n", "mine/engine:1"),
      );
    });
  });

  describe("is completed in the JSON of --kv-transfer-config", () => {
    const json = (text: string) => args("--kv-transfer-config", text);

    test("keys", async () => {
      assert.deepEqual((await desk.labels(json(`'{"‸"}'`))).slice(0, 3), [
        "kv_connector",
        "kv_role",
        "kv_connector_extra_config",
      ]);
      assert.equal(await desk.taken(json(`'{"kv_r‸"}'`), "kv_role"), json(`'{"kv_role"}'`));
      assert.equal(await desk.taken(json(`'{‸}'`), "kv_role"), json(`'{"kv_role": }'`));
      assert.ok(!(await desk.labels(json(`'{"kv_role": "kv_both", "‸"}'`))).includes("kv_role"));
    });

    test("values, with what they mean", async () => {
      const items = await desk.items(json(`'{"kv_role": "‸"}'`));
      assert.deepEqual(
        items.map(({ label, detail }) => [label, detail]),
        [
          ["kv_both", "Gives and takes: caches, and NIXL between prefill and decode."],
          ["kv_producer", "Gives alone: prefill."],
          ["kv_consumer", "Takes alone: decode."],
        ],
      );
      assert.ok((await desk.labels(json(`'{"kv_connector": "LM‸"}'`))).includes("LMCacheMPConnector"));
      assert.deepEqual(await desk.labels(json(`'{"enable_permute_local_kv": ‸}'`)), ["true", "false"]);
      assert.equal(await desk.taken(json(`'{"kv_role": ‸}'`), "kv_both"), json(`'{"kv_role": "kv_both"}'`));
    });

    test("while it is not finished, and in every quotation", async () => {
      assert.equal(
        await desk.taken(json(`'{"kv_connector": "LM‸`), "LMCacheConnectorV1"),
        json(`'{"kv_connector": "LMCacheConnectorV1`),
      );
      assert.equal(
        await desk.taken(json(`'{"kv_connector": "LM‸'`), "LMCacheConnectorV1"),
        json(`'{"kv_connector": "LMCacheConnectorV1'`),
      );
      assert.equal(
        await desk.taken(json('"{\\"kv_connector\\": \\"LM‸\\"}"'), "LMCacheConnectorV1"),
        json('"{\\"kv_connector\\": \\"LMCacheConnectorV1\\"}"'),
      );
      assert.equal(
        await desk.taken(json('"{\\"kv_connector\\": ‸}"'), "LMCacheConnectorV1"),
        json('"{\\"kv_connector\\": \\"LMCacheConnectorV1\\"}"'),
      );
      assert.equal(
        await desk.taken(args(`'--kv-transfer-config={"kv_role":"‸"}'`), "kv_both"),
        args(`'--kv-transfer-config={"kv_role":"kv_both"}'`),
      );
      const script = (role: string) =>
        deployment(
          `command:\n  - bash\n  - -c\n  - vllm serve a --kv-transfer-config '{"kv_role":"${role}"}' --port 80\n`,
          "mine/engine:1",
        );
      assert.equal(await desk.taken(script("kv‸"), "kv_both"), script("kv_both"));
    });

    test("of the connector's own settings, and of each of several connectors", async () => {
      assert.ok(
        (
          await desk.labels(json(`'{"kv_connector": "LMCacheMPConnector", "kv_connector_extra_config": {"‸"}}'`))
        ).includes("lmcache.mp.port"),
      );
      assert.deepEqual(
        await desk.labels(json(`'{"kv_connector": "NixlConnector", "kv_connector_extra_config": {"‸"}}'`)),
        [],
      );
      const several = (rest: string) =>
        json(`'{"kv_connector": "MultiConnector", "kv_connector_extra_config": {"connectors": [${rest}]}}'`);
      assert.deepEqual(await desk.labels(several(`{"kv_role": "kv_both"}, {"kv_role": "‸"}`)), [
        "kv_both",
        "kv_producer",
        "kv_consumer",
      ]);
    });

    test("nothing between, and nothing in other JSON", async () => {
      assert.deepEqual(await desk.labels(json(`'{"kv_role": "kv_both"‸}'`)), []);
      assert.deepEqual(await desk.labels(json(`'{"__proto__": {"‸"}}'`)), []);
      assert.deepEqual(await desk.labels(args("--hf-overrides", `'{"‸"}'`)), []);
    });
  });

  describe("is explained", () => {
    test("in the connector's JSON", async () => {
      const json = args("--kv-transfer-config", `'{"kv_connector": "NixlConnector", "kv_r‸ole": "kv_both"}'`);
      assert.match((await desk.hovered(json)) ?? "", /^What this engine does with KV cache/);
    });
  });

  describe("is completed behind a dot", () => {
    test("with the keys of the JSON", async () => {
      const labels = await desk.labels(
        args("--kv-transfer-config.kv_connector=NixlConnector", "--kv-transfer-config.‸"),
      );
      assert.ok(labels.includes("kv_role"));
      assert.ok(!labels.includes("kv_connector"));
      assert.equal(
        await desk.taken(args("--kv-transfer-config.kv_r‸"), "kv_role"),
        args("--kv-transfer-config.kv_role"),
      );
      assert.deepEqual(await desk.labels(args("--hf-overrides.‸")), []);
    });

    test("with their values, behind the sign and in the next word", async () => {
      const roles = ["kv_both", "kv_producer", "kv_consumer"];
      assert.deepEqual(await desk.labels(args("--kv-transfer-config.kv_role=‸")), roles);
      assert.deepEqual(await desk.labels(args("--kv-transfer-config.kv_role", "k‸")), roles);
      assert.deepEqual(await desk.labels(args("--kv-transfer-config.enable_permute_local_kv", "‸")), ["true", "false"]);
      assert.equal(
        await desk.taken(args("--kv-transfer-config.kv_role=kv‸"), "kv_both"),
        args("--kv-transfer-config.kv_role=kv_both"),
      );
    });

    test("and explained", async () => {
      assert.match(
        (await desk.hovered(args("--kv-transfer-config.kv_r‸ole=kv_producer"))) ?? "",
        /^`--kv-transfer-config\.kv_role`: What this engine does with KV cache.*\n\n`kv_producer`: Gives alone/s,
      );
    });
  });

  describe("of lmcache server", () => {
    const server = (...items: string[]) =>
      deployment(
        `command: [lmcache, server]
args:
${items
  .map(
    (item) => `  - ${item}
`,
  )
  .join("")}`,
        "lmcache/standalone:v0.4.3",
      );

    test("is completed with its flags and their values, and with none of vLLM", async () => {
      const labels = await desk.labels(server("--eviction-policy=LRU", "--‸"));
      assert.ok(labels.includes("--l1-size-gb"));
      assert.ok(!labels.includes("--eviction-policy") && !labels.includes("--max-num-seqs"));
      assert.equal(await desk.taken(server("--l1-s‸"), "--l1-size-gb"), server("--l1-size-gb"));
      assert.deepEqual(await desk.labels(server("--eviction-policy=‸")), ["LRU", "ARC", "IsolatedLRU", "noop"]);
      assert.deepEqual(await desk.labels(server("--transport", "‸")), ["zmq", "grpc"]);
      assert.deepEqual(await desk.labels(server("--l1-size-gb", "‸")), []);
      const item = (await desk.items(server("--chunk‸"))).find(({ label }) => label === "--chunk-size");
      assert.equal(item?.detail, "whole number > 0, default 256");
    });

    test("is explained", async () => {
      assert.equal(
        await desk.hovered(server("--l1-s‸ize-gb=60")),
        "`--l1-size-gb`: GiB of host memory for the first tier. It has to be there, unless --l1-manager is.",
      );
      assert.match((await desk.hovered(server("--chunk-size", '"2‸56"'))) ?? "", /^`--chunk-size`: .* Default: 256\.$/);
    });
  });

  test("a key that the connector's JSON does not know is told", async () => {
    const text = args("--kv-transfer-config", `'{"kv_conector": "NixlConnector"}'`);
    const [finding] = lint({ "a.yaml": text }).filter(({ rule }) => rule === "schema/unknown-key");
    assert.match(finding?.message ?? "", /vLLM refuses .* unknown key "kv_conector"\. Did you mean "kv_connector"\?/);
    assert.equal(finding === undefined ? "" : cut({ "a.yaml": text }, finding), '"kv_conector"');
  });
});
