import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";

interface Server {
  readonly args: string;
  readonly node?: string;
  readonly resources?: string;
  readonly image?: string;
  readonly env?: string;
}

const h100 = "{nvidia.com/gpu.product: NVIDIA-H100-80GB-HBM3}";
const l4 = "{nvidia.com/gpu.product: NVIDIA-L4}";

const server = ({
  args,
  node = h100,
  resources = "nvidia.com/gpu: 1",
  image = "vllm/vllm-openai:v0.19.0",
  env = "[]",
}: Server) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: m}
spec:
  selector: {matchLabels: {app: m}}
  template:
    metadata: {labels: {app: m}}
    spec:
      nodeSelector: ${node}
      containers:
        - name: vllm
          image: ${image}
          args: [${args}]
          env: ${env}
          resources: {limits: {${resources}}}
`;

const pool = (requirement: string, name = "gpu") => `apiVersion: karpenter.sh/v1
kind: NodePool
metadata: {name: ${name}}
spec:
  template:
    spec:
      nodeClassRef: {group: eks.amazonaws.com, kind: NodeClass, name: default}
      requirements: [${requirement}]
`;

function said(files: Files, rule: string): string[] {
  return lint(files)
    .filter((finding) => finding.rule === rule)
    .map((finding) => `${finding.severity} ${cut(files, finding)}`);
}

const all = (...documents: string[]): Files => ({ "all.yaml": documents.join("---\n") });

describe("weights that do not fit", () => {
  const big = "Qwen/Qwen2.5-72B-Instruct";
  const table: [title: string, files: Files, expected: string[]][] = [
    ["on one H100", all(server({ args: big })), [`error ${big}`]],
    ["on four", all(server({ args: `${big}, -tp=4, --max-model-len=8k`, resources: "nvidia.com/gpu: 4" })), []],
    ["quantized", all(server({ args: "Qwen/Qwen2.5-72B-Instruct-AWQ, --max-model-len=8k" })), []],
    ["of a model that nobody knows", all(server({ args: "acme/huge-700b" })), []],
    ["on a GPU that nobody knows", all(server({ args: big, node: "{gpu: huge}" })), []],
    ["on a GPU that is filled in", all(server({ args: big, node: '{nvidia.com/gpu.product: "${GPU}"}' })), []],
    ["of a model that is filled in", all(server({ args: '"$(MODEL)"' })), []],
    ["with ranks that are filled in", all(server({ args: `${big}, "-tp=$(TP)"` })), []],
    ["partly in memory", all(server({ args: `${big}, --cpu-offload-gb=100` })), []],
    ["with another config.json", all(server({ args: `${big}, --hf-overrides, '{"num_hidden_layers": 4}'` })), []],
    ["on a slice", all(server({ args: big, resources: "nvidia.com/mig-3g.40gb: 1" })), []],
    ["in an unknown format", all(server({ args: `${big}, --quantization=bitsandbytes` })), []],
    [
      "experts over data parallel ranks",
      all(server({ args: "deepseek-ai/DeepSeek-R1, -dp=8, --enable-expert-parallel" })),
      [],
    ],
    [
      "in a container that is not vLLM",
      all(server({ args: big, image: "ghcr.io/llm-d/llm-d-inference-sim:v0.5" })),
      [],
    ],
    [
      "of a version that nobody knows",
      all(server({ args: big, image: "vllm/vllm-openai@sha256:0" })),
      [`error ${big}`],
    ],
    [
      "on the GPUs of a NodePool by instance type",
      all(
        server({ args: big, node: "{disk: ssd}" }),
        pool("{key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}"),
      ),
      [`error ${big}`],
    ],
    [
      "on those of an instance family",
      all(
        server({ args: big, node: "{disk: ssd}" }),
        pool("{key: eks.amazonaws.com/instance-family, operator: In, values: [p5]}"),
      ),
      [`error ${big}`],
    ],
    [
      "where two pools have different ones",
      all(
        server({ args: big, node: "{disk: ssd}" }),
        pool("{key: eks.amazonaws.com/instance-family, operator: In, values: [p5]}"),
        pool("{key: eks.amazonaws.com/instance-family, operator: In, values: [p5e]}", "other"),
      ),
      [],
    ],
    [
      "where the pod names one of them",
      all(
        server({ args: big, node: "{karpenter.sh/nodepool: gpu}" }),
        pool("{key: eks.amazonaws.com/instance-family, operator: In, values: [p5]}"),
        pool("{key: eks.amazonaws.com/instance-family, operator: In, values: [p5e]}", "other"),
      ),
      [`error ${big}`],
    ],
    [
      "on a GPU of one's own",
      {
        "headroom.config.yaml": "gpus:\n  our-gpu: {memoryGib: 24}\n",
        ...all(server({ args: "Qwen/Qwen3-32B", node: "{nvidia.com/gpu.product: our-gpu}" })),
      },
      ["error Qwen/Qwen3-32B"],
    ],
  ];
  for (const [title, files, expected] of table)
    test(title, () => assert.deepEqual(said(files, "capacity/weights"), expected));

  test("are told with the sum of one GPU", () => {
    const [finding] = lint(all(server({ args: big }))).filter(({ rule }) => rule === "capacity/weights");
    assert.equal(
      finding?.message,
      'Deployment "m", container "vllm": Qwen/Qwen2.5-72B-Instruct takes 135.4 GiB of each H100-SXM for its weights and 2.6 GiB beside them, and vLLM may use 0.9 of 79.2 GiB: nothing is left for the KV cache, and vLLM refuses to start. It fits with --tensor-parallel-size 4.',
    );
  });
});

describe("a KV cache below one request", () => {
  const model = "meta-llama/Llama-3.1-8B-Instruct";
  const table: [title: string, files: Files, expected: string[]][] = [
    ["of a written length", all(server({ args: `${model}, --max-model-len=131072`, node: l4 })), ["error 131072"]],
    ["of the model's own length", all(server({ args: model, node: l4 })), [`error ${model}`]],
    ["of a length that fits", all(server({ args: `${model}, --max-model-len=8k`, node: l4 })), []],
    ["of a length that vLLM finds", all(server({ args: `${model}, --max-model-len=auto`, node: l4 })), []],
    ["of a length near the edge", all(server({ args: `${model}, --max-model-len=34000`, node: l4 })), []],
    ["on a large GPU", all(server({ args: `${model}, --max-model-len=131072` })), []],
    ["with blocks of one's own", all(server({ args: `${model}, --num-gpu-blocks-override=99999`, node: l4 })), []],
  ];
  for (const [title, files, expected] of table)
    test(title, () => assert.deepEqual(said(files, "capacity/kv-cache"), expected));

  test("is told with the numbers of vLLM's own error, and the fix takes a length that fits", () => {
    const files = all(server({ args: `${model}, --max-model-len=131072`, node: l4 }));
    const [finding] = lint(files).filter(({ rule }) => rule === "capacity/kv-cache");
    assert.equal(
      finding?.message,
      'Deployment "m", container "vllm": one request of 131072 tokens needs 16.00 GiB of KV cache, and 3.87 GiB are left on each L4: vLLM refuses to start. The longest that fits is about 31712 tokens. It fits with --max-model-len 30720 or --tensor-parallel-size 2.',
    );
    const mended = applyEdits(files, finding?.fixes[0]?.edits ?? []);
    assert.match(mended["all.yaml"] ?? "", /--max-model-len=30720\]/);
    assert.deepEqual(said(mended, "capacity/kv-cache"), []);
  });
});

describe("a CPU tier", () => {
  const sized = (size: string, more = "") =>
    all(
      server({
        args: `Qwen/Qwen3-8B, --max-model-len=32768${more}`,
        image: "lmcache/vllm-openai:v0.4.3",
        env: `[{name: LMCACHE_MAX_LOCAL_CPU_SIZE, value: "${size}"}]`,
      }),
    );
  const table: [title: string, files: Files, expected: string[]][] = [
    ["below one request", sized("4"), ["warning 4"]],
    ["of one request", sized("4.5"), ["info 4.5"]],
    ["below the GPU's pool", sized("20"), ["info 20"]],
    ["above it", sized("100"), []],
    ["that is filled in", sized("${SIZE}"), []],
    ["of a sharded model", sized("2.25", ", -tp=2"), ["info 2.25"]],
    ["with an fp8 cache", sized("2.25", ", --kv-cache-dtype=fp8"), ["info 2.25"]],
    ["of a length that is filled in", sized("1", ", '--max-model-len=$(LEN)'"), []],
  ];
  for (const [title, files, expected] of table)
    test(title, () => {
      const found = said(files, "capacity/cpu-tier").map((line) => line.replaceAll('"', ""));
      assert.deepEqual(found, expected);
    });

  test("is told with the tokens that it keeps", () => {
    const [finding] = lint(sized("4")).filter(({ rule }) => rule === "capacity/cpu-tier");
    assert.equal(
      finding?.message,
      'Deployment "m", container "vllm": LMCACHE_MAX_LOCAL_CPU_SIZE 4 GiB a rank keeps 28928 tokens of Qwen/Qwen3-8B, and one request may have 32768: it drives out its own beginning. It takes 4.5 GiB.',
    );
  });
});
