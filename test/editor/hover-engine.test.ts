import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Desk } from "./support/cursor.ts";

const server = (rest: string, image = "vllm/vllm-openai:v0.11.0") =>
  `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  template:
    spec:
      containers:
        - name: vllm
          image: ${image}
${rest}`;

const withCache = (env: string) =>
  server(
    `          args: [acme/llama]
          env:
            - {name: LMCACHE_CONFIG_FILE, value: /etc/lmcache/lmcache.yaml}
${env}          volumeMounts:
            - {name: config, mountPath: /etc/lmcache}
      volumes:
        - name: config
          configMap: {name: cache}
`,
  );
const config =
  "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cache}\ndata:\n  lmcache.yaml: |\n    chunk_size: 256\n    local_cpu: true\n    max_local_cpu_size: 20\n";

describe("hover tells of an engine", { timeout: 120_000 }, () => {
  const desk = new Desk({
    "cache.yaml": config,
    "llama.yaml": withCache('            - {name: LMCACHE_CHUNK_SIZE, value: "512"}\n'),
  });
  const told = async (marked: string, name?: string) => (await desk.hovered(marked, name))?.split("\n\n");

  describe("its flags", () => {
    test("with their default, by name and by value, in items and in scripts", async () => {
      for (const args of [
        '          args: [acme/llama, "--max-num-‸seqs", "64"]\n',
        '          args: [acme/llama, "--max-num-seqs", "6‸4"]\n',
        "          args: [acme/llama, --max_num‸_seqs=64]\n",
        "          command: [sh, -c]\n          args:\n            - |\n              exec vllm serve acme/llama \\\n                --max-num-‸seqs 64\n",
      ]) {
        const [first] = (await told(server(args))) ?? [];
        assert.ok(first?.startsWith("`--max-num-seqs`: "), `${args}${first}`);
        assert.match(first ?? "", / Default: /);
      }
    });

    test("with what a share or a size is", async () => {
      const share = await told(server('          args: [acme/llama, --gpu-memory-utilization, "0.9‸"]\n'));
      assert.equal(share?.at(-1), "`0.9` is 90 %.");
      const length = await told(server("          args: [acme/llama, --max-model-len=32‸k]\n"));
      assert.equal(length?.at(-1), "`32k` is 32000.");
      const bytes = await told(server("          args: [acme/llama, --kv-cache-memory-bytes=10‸G]\n"));
      assert.equal(bytes?.at(-1), "`10G` is 10 GiB (10.7 GB).");
    });

    test("with the one that counts of several", async () => {
      const text = server('          args: [acme/llama, --max-num-‸seqs=64, --max-num-seqs, "128"]\n');
      assert.equal((await told(text))?.at(-1), "Written 2 times: the last one counts, `128`.");
    });

    test("around JSON that is behind one", async () => {
      const text = server(`          args: [acme/llama, --hf-overrides, '{"rope_sc‸aling": "none"}']\n`);
      assert.match((await told(text))?.[0] ?? "", /^`--hf-overrides`: /);
    });

    test("and of what is no flag of an engine nothing", async () => {
      const text = server("          command: [nginx]\n          args: [--max-num-‸seqs=64]\n", "nginx:1.29");
      assert.doesNotMatch((await desk.hovered(text)) ?? "", /`--max-num-seqs`:/);
    });
  });

  test("its variables", async () => {
    const text = server("          args: [acme/llama]\n          env: [{name: VLLM_LOGGING‸_LEVEL, value: DEBUG}]\n");
    assert.equal((await told(text))?.at(-1), "`VLLM_LOGGING_LEVEL`: Log level. Default: INFO.");
  });

  describe("its cache", () => {
    test("a variable outranks the file, seen from the file", async () => {
      const said = await told(config.replace("chunk_size", "chunk‸_size"), "cache.yaml");
      assert.equal(said?.at(-1), "In `vllm` of `llama` `LMCACHE_CHUNK_SIZE` outranks it: `512` (`llama.yaml:13`).");
      const alone = await desk.hovered(config.replace("local_cpu:", "local‸_cpu:"), "cache.yaml");
      assert.doesNotMatch(alone ?? "", /outranks/);
    });

    test("seen from the variable, with what the file's schema says of the key", async () => {
      const marked = withCache('            - {name: LMCACHE_CHUNK_SIZE, value: "5‸12"}\n');
      const said = (await told(marked, "llama.yaml")) ?? [];
      assert.equal(said.at(-1), "Outranks `256` in `cache.yaml:6`.");
      assert.match(said.at(-2) ?? "", /tokens/i);
    });

    test("a value that comes from somewhere else", async () => {
      const files =
        /In `vllm` of `other` `LMCACHE_CHUNK_SIZE` outranks it, with a value that these files do not tell\./;
      const both = `${config.replace("chunk_size", "chunk‸_size").replace("name: cache", "name: mine")}---\n${withCache(
        "            - {name: LMCACHE_CHUNK_SIZE, valueFrom: {secretKeyRef: {name: s, key: k}}}\n",
      )
        .replace("name: llama", "name: other")
        .replace("{name: cache}", "{name: mine}")}`;
      assert.match((await desk.hovered(both)) ?? "", files);
    });
  });
});
