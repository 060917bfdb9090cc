import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { run } from "../../server/cli/run.ts";
import { recorder } from "./support/recorder.ts";
import { scratch } from "./support/scratch.ts";

/** `headroom capacity …` in a directory with these files. */
async function capacity(argv: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const { terminal, said } = recorder();
  const host = { cwd: scratch(files), stdin: nothing(), startServer: () => {} };
  const exit = await run(["capacity", ...argv], terminal, host);
  return { exit, ...said };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

const words = (line: string) => line.split(" ");
const asked = words("--model Qwen/Qwen3-14B --gpu H100 --vllm 0.19 --gpu-memory-utilization 0.9");

describe("headroom capacity", () => {
  it("draws the budget, tells exact from estimated, and says what to try", async () => {
    assert.deepEqual(await capacity([...asked, ...words("--isl 4000 --osl 500")]), {
      exit: 0,
      err: "",
      out: `Qwen/Qwen3-14B on one H100-SXM, vLLM 0.19

Memory of each GPU
  [WWWWWWWWWWWWWWWWWWWWWWWWWWAAAkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk........]
  W weights         27.51 GiB  ±  0.28   14.77 billion parameters in 2 bytes
  A activations      2.35 GiB  ±  0.46   sampling: 1024 requests x 151936 words
  N outside torch    0.25 GiB  ±  0.05   CUDA context
  G CUDA graphs      0.00 GiB  exact     not taken off before vLLM 0.21
  k KV cache        41.16 GiB  ±  1.23   what is left
  . left alone       7.92 GiB  exact     utilization 0.9 (as given) of 79.19 GiB
                                         (as PyTorch sees it)

KV cache
  163,840 bytes a token and GPU in the model's precision, blocks of 16 tokens:
  exact
  269,744 tokens (261,648 to 277,840)
  6.59 requests of 40,960 tokens at once, the maximum length
  59 requests of 4,000 + 500 tokens at once

It fits.

What to try
  --max-num-seqs 256               +9,968 tokens  no more than 256 requests at
                                                  once
  --gpu-memory-utilization 0.95   +25,952 tokens  less room for what is not
                                                  planned
  --kv-cache-dtype fp8           +269,760 tokens  some accuracy
  --quantization fp8              +80,656 tokens  some accuracy
  --tensor-parallel-size 2       +425,808 tokens  2 GPUs instead of 1

6.88 dollars an hour at 6.88 a GPU (AWS p5 us-east-1, 2026-11-09). Sellers
differ; say yours under gpus in headroom.config.yaml.
`,
    });
  });

  it("fails where vLLM would not start, with what vLLM would say and what lets it start", async () => {
    const { exit, out } = await capacity(words("--model Qwen/Qwen3-8B --gpu L4 --vllm 0.19"));
    assert.equal(exit, 1);
    assert.match(out, /vLLM refuses to start: one request of 40,960 tokens needs 5\.63 GiB of KV cache/);
    assert.match(out, /\n {2}--max-model-len \d+ +it fits then +longer requests\s+are refused\n/);
  });

  it("fails where the weights alone do not fit, and names the first degree that does", async () => {
    const { exit, out } = await capacity(words("--model Llama-3.1-70B --gpu H100"));
    assert.equal(exit, 1);
    assert.match(
      out,
      /It does not fit: without any KV cache it takes 134\.2 GiB of each GPU, and\n72\.9 GiB are asked for\./,
    );
    assert.match(out, /--tensor-parallel-size 4 +\+[\d,]+ tokens +4 GPUs instead of 1\n/);
  });

  it("--json holds bytes and tokens for programs", async () => {
    const { exit, out } = await capacity([...asked, "--json"]);
    assert.equal(exit, 0);
    const { version, servers } = JSON.parse(out);
    assert.equal(version, 1);
    assert.equal(servers.length, 1);
    const [server] = servers;
    assert.deepEqual(
      [
        server.model,
        server.gpu,
        server.vllm,
        server.bytesPerToken,
        server.tokens.value,
        server.verdict,
        server.maxNumSeqs,
      ],
      ["Qwen/Qwen3-14B", "H100-SXM", "0.19", 163_840, 269_744, "fits", 1024],
    );
    assert.deepEqual(server.memory.requested, {
      bytes: 79.19 * 2 ** 30 * 0.9,
      error: 0,
      exact: true,
      because: "0.9 of the GPU",
    });
    assert.deepEqual(server.try[0], {
      flag: "--max-num-seqs 256",
      gain: 9968,
      costs: "no more than 256 requests at once",
      verdict: "fits",
    });
  });

  it("takes what vLLM logged over its own estimate", async () => {
    const log =
      "INFO GPU KV cache size: 300,000 tokens\nINFO Maximum concurrency for 40,960 tokens per request: 7.32x\n";
    const { exit, out } = await capacity([...asked, "--log", "vllm.log"], { "vllm.log": log });
    assert.equal(exit, 0);
    assert.match(out, /\n {2}300,000 tokens, as logged\n {2}7\.32 requests of 40,960 tokens at once/);
  });

  const mistakes: readonly (readonly [line: string, err: string])[] = [
    ["", "Which? Add --model MODEL and --gpu GPU."],
    ["--gpu L4", "Which? Add --model MODEL."],
    ["--model Qwen/Qwen3-8B --gpu A100", 'The GPU "A100" is not known. Did you mean A100-40GB-SXM or A100-80GB-SXM?'],
    ["--model Qwen/Qwen3-8C --gpu L4", 'The model "Qwen/Qwen3-8C" is not known. Did you mean Qwen/Qwen3-8B?'],
    [
      "--model ibm/granite-13b --gpu L4",
      'The model "ibm/granite-13b" is not known. Name its config.json with --config.',
    ],
    ["--model __proto__ --gpu L4", 'The model "__proto__" is not known. Name its config.json with --config.'],
    [
      "--model microsoft/phi-4 --gpu H100 --tp 4",
      "vLLM refuses microsoft/phi-4: 10 KV heads neither divide among 4 ranks nor repeat evenly.",
    ],
    [
      "--gpu-memory-utilization 90",
      '--gpu-memory-utilization takes a share above 0 and up to 1, not "90". Did you mean 0.90? See headroom help capacity.',
    ],
    ["--tp 0", '--tp takes a whole number from 1 on, not "0". See headroom help capacity.'],
    ["--isl 5", "--isl and --osl go together. See headroom help capacity."],
    ["--vllm newest", '--vllm takes a version such as 0.19.1, not "newest". See headroom help capacity.'],
    [
      "--kv-cache-dtype int8",
      '--kv-cache-dtype takes auto, fp8, fp8_e5m2, nvfp4, …, not "int8". Did you mean fp8? See headroom help capacity.',
    ],
  ];
  for (const [line, err] of mistakes) {
    it(`${line || "nothing"} is a mistake, told in one line`, async () => {
      const said = await capacity(line === "" ? [] : words(line));
      assert.deepEqual(said, { exit: 2, out: "", err: `${err}\n` });
    });
  }

  it("a log without vLLM's lines, and a file that is not there, are told", async () => {
    const { exit, err } = await capacity([...asked, "--log", "other.log"], { "other.log": "ready\n" });
    assert.equal(exit, 2);
    assert.match(err, /^other\.log: vLLM's lines about memory are not in it/);
    const gone = await capacity([...asked, "--log", "none.log"]);
    assert.deepEqual(gone, { exit: 2, out: "", err: "none.log: No such file or directory.\n" });
  });
});

const deployment = ({
  args = "",
  selector = "nvidia.com/gpu.product: NVIDIA-L40S",
  image = "vllm/vllm-openai:v0.19.1",
} = {}) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: chat
spec:
  selector: {matchLabels: {app: chat}}
  template:
    metadata: {labels: {app: chat}}
    spec:
      nodeSelector: {${selector}}
      containers:
        - name: vllm
          image: ${image}
          args: [--model=Qwen/Qwen3-8B, --max-model-len=16k, --gpu-memory-utilization=0.9${args}]
          resources: {limits: {nvidia.com/gpu: 1}}
`;

describe("headroom capacity deploy.yaml", () => {
  it("reads the model, its arguments, the version and the GPU", async () => {
    const { exit, out } = await capacity(["deploy.yaml", "--json"], {
      "deploy.yaml": deployment({ args: ", --kv-cache-dtype=fp8, --max-num-seqs=128" }),
    });
    assert.equal(exit, 0);
    const [server] = JSON.parse(out).servers;
    assert.deepEqual(
      [
        server.title,
        server.model,
        server.gpu,
        server.vllm,
        server.maxModelLen,
        server.maxNumSeqs,
        server.kvCacheDtype,
        server.utilization,
      ],
      ['deploy.yaml: Deployment "chat", container "vllm"', "Qwen/Qwen3-8B", "L40S", "0.19.1", 16_000, 128, "fp8", 0.9],
    );
  });

  it("options outrank the manifest", async () => {
    const { out } = await capacity(words("deploy.yaml --json --gpu H200 --max-model-len 8192 --vllm 0.15"), {
      "deploy.yaml": deployment(),
    });
    const [server] = JSON.parse(out).servers;
    assert.deepEqual([server.gpu, server.maxModelLen, server.vllm], ["H200-SXM", 8192, "0.15"]);
  });

  it("an instance type names a GPU; two that differ name none", async () => {
    const gpu = async (selector: string) => {
      const said = await capacity(["deploy.yaml", "--json"], { "deploy.yaml": deployment({ selector }) });
      return said.err === "" ? JSON.parse(said.out).servers[0].gpu : said.err.trim();
    };
    assert.equal(await gpu("node.kubernetes.io/instance-type: p5.48xlarge"), "H100-SXM");
    assert.match(
      await gpu("node.kubernetes.io/instance-type: p5.48xlarge, nvidia.com/gpu.product: NVIDIA-L4"),
      /The node may have (L4 or H100-SXM): say which with --gpu\.$/,
    );
    assert.match(
      await gpu("karpenter.k8s.aws/instance-gpu-name: a100"),
      /The GPU "a100" is not known\. Did you mean A100-40GB-SXM or A100-80GB-SXM\?$/,
    );
  });

  it("what is not said is asked for, not guessed", async () => {
    const said = await capacity(["deploy.yaml"], { "deploy.yaml": deployment({ selector: "disktype: ssd" }) });
    assert.deepEqual(said, {
      exit: 2,
      out: "",
      err: 'deploy.yaml: Deployment "chat", container "vllm": Not all is said: nothing says which GPU its node has. Add --gpu GPU.\n',
    });
  });

  it("a value that is filled in later is not read", async () => {
    const text = deployment().replace("--model=Qwen/Qwen3-8B", "--model=$(MODEL)");
    assert.match(
      (await capacity(["deploy.yaml"], { "deploy.yaml": text })).err,
      /its command line does not name the model\. Add --model MODEL\.\n$/,
    );
  });

  it("files without a server, and files that are not there, are told", async () => {
    const { exit, err } = await capacity(["a.yaml"], { "a.yaml": "kind: Service\n" });
    assert.deepEqual([exit, err], [2, "No vLLM server stands in these files.\n"]);
    assert.equal((await capacity(["none.yaml"])).exit, 2);
  });

  it("the worse of two servers decides", async () => {
    const files = {
      "a.yaml": deployment(),
      "b.yaml": deployment({ args: ", --max-num-seqs=8" })
        .replace("Qwen3-8B", "Qwen3-32B")
        .replace("name: chat", "name: large"),
    };
    const { exit, out } = await capacity(["a.yaml", "b.yaml"], files);
    assert.equal(exit, 1);
    assert.match(out, /It fits\.[\s\S]*It does not fit/);
  });
});

describe("what is one's own", () => {
  const config = `gpus:
  H100-SXM: {price: 4.1, priceDate: 2026-11-09, seller: our contract}
  lab-card: {memoryGib: 47.5, names: [LAB-48]}
models:
  acme/file: models/config.json
  acme/fields: {num_hidden_layers: 32, num_attention_heads: 32, num_key_value_heads: 8, hidden_size: 4096, torch_dtype: bfloat16, max_position_embeddings: 8192, parameters: 8.03e9}
  acme/broken: {num_hidden_layers: 32}
`;
  const llama = JSON.stringify({
    model_type: "llama",
    hidden_size: 4096,
    intermediate_size: 14_336,
    num_attention_heads: 32,
    num_hidden_layers: 32,
    num_key_value_heads: 8,
    vocab_size: 128_256,
    max_position_embeddings: 131_072,
    torch_dtype: "bfloat16",
  });
  const files = { "headroom.config.yaml": config, "models/config.json": llama };

  it("GPUs have their memory and their price", async () => {
    assert.match(
      (await capacity(words("--model Qwen/Qwen3-8B --gpu H100"), files)).out,
      /\n4\.10 dollars an hour at 4\.1 a GPU \(our contract, 2026-11-09\)\./,
    );
    const { out } = await capacity(words("--model Qwen/Qwen3-8B --gpu LAB-48"), files);
    assert.match(out, /^Qwen\/Qwen3-8B on one lab-card, vLLM 0\.30 \(assumed\)\n/);
    assert.match(out, /of 47\.50 GiB/);
  });

  it("models are files or fields", async () => {
    for (const name of ["acme/file", "acme/fields"]) {
      const { exit, out } = await capacity(["--model", name, "--gpu", "H100", "--json"], files);
      assert.equal(exit, 0, name);
      assert.equal(JSON.parse(out).servers[0].bytesPerToken, 131_072);
    }
    const { exit, err } = await capacity(words("--model acme/broken --gpu H100"), files);
    assert.equal(exit, 2);
    assert.match(
      err,
      /^The configuration of acme\/broken lacks num_attention_heads, hidden_size, num_key_value_heads and torch_dtype\.\n$/,
    );
  });

  it("--config describes a model; what it cannot say is asked for", async () => {
    const { out } = await capacity(words("--config models/config.json --gpu H100 --json"), files);
    assert.equal(JSON.parse(out).servers[0].model, "models");
    const novel = { "c/config.json": llama.replace('"llama"', '"novel"') };
    const { exit, err } = await capacity(words("--config c/config.json --gpu H100"), novel);
    assert.deepEqual([exit, err], [2, "How many parameters c has is not known. Add --parameters N.\n"]);
    assert.equal((await capacity(words("--config c/config.json --gpu H100 --parameters 8.03B"), novel)).exit, 0);
  });

  it("a config.json that is none is told", async () => {
    for (const [name, text] of [
      ["list.json", "[1]"],
      ["broken.json", "{"],
      ["deep.json", "[".repeat(100_000)],
    ] as const) {
      const said = await capacity(["--config", name, "--gpu", "H100"], { [name]: text });
      assert.deepEqual(said, { exit: 2, out: "", err: `${name}: This is no JSON object.\n` });
    }
  });
});
