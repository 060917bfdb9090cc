import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint, pipelineOf } from "../../support/lint.ts";

/** A ConfigMap with an LMCache configuration under one data key. */
const configMap = (yaml: string, { key = "config.yaml", block = "|", name = "lmcache-config" } = {}) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  ${key}: ${block}
${yaml.trimEnd().replace(/^(?=.)/gm, "    ")}
`;

const nested = (size: string, enabled = "true") => `storage:
  cpu:
    enabled: ${enabled}
    buffer_size: ${size}
    eviction_policy: lru
`;

const flat = (size: string, more = "") => `chunk_size: 256
local_cpu: true
${size === "" ? "" : `max_local_cpu_size: ${size}\n`}${more}`;

interface Pod {
  readonly limit?: string;
  readonly request?: string;
  readonly file?: string;
  readonly variable?: string;
  readonly volume?: string;
  readonly mount?: string;
  readonly args?: string;
  readonly env?: string;
  readonly gpus?: string;
}

const memory = (limit = "", request = "", gpus = "") => `          resources:
            requests: {cpu: "4"${request === "" ? "" : `, memory: ${request}`}}
            limits: {cpu: "10"${limit === "" ? "" : `, memory: ${limit}`}${gpus === "" ? "" : `, nvidia.com/gpu: "${gpus}"`}}
`;

const volumes = (volume = "configMap: {name: lmcache-config}") => `      volumes:
        - name: config
          ${volume}
`;

/** The guides' shape: vLLM beside an LMCache server that reads the ConfigMap. */
const sidecar = ({ limit, request, file, variable, volume, mount }: Pod) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  template:
    spec:
      containers:
        - name: vllm
          image: lmcache/vllm-openai:latest
          args: ["--model", "meta-llama/Llama-3.1-8B-Instruct"]
${memory("40Gi", "", "1")}        - name: lmcache
          image: lmcache/lmcache-server:latest
          env:
            - name: ${variable ?? "LMCACHE_CONFIG_PATH"}
              value: ${file ?? "/etc/lmcache/config.yaml"}
${memory(limit, request)}          volumeMounts:
            - ${mount ?? "{name: config, mountPath: /etc/lmcache}"}
${volumes(volume)}`;

/** LMCache inside vLLM. */
const engine = ({ limit, request, file, volume, mount, args, env = "", gpus = "" }: Pod) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.21.0
          ${args ?? 'args: ["--model", "meta-llama/Llama-3.1-70B-Instruct"]'}
          env:
            - {name: HF_HOME, value: /models}
${file === "" ? "" : `            - {name: LMCACHE_CONFIG_FILE, value: ${file ?? "/etc/lmcache/config.yaml"}}\n`}${env}${memory(limit, request, gpus)}          volumeMounts:
            - ${mount ?? "{name: config, mountPath: /etc/lmcache}"}
${volumes(volume)}`;

const ours = (files: Files) => lint(files).filter(({ rule }) => rule === "lmcache/memory-limit");

/** `error 10Gi`: the severity and the limit it stands at. */
const found = (files: Files) => ours(files).map((finding) => `${finding.severity} ${cut(files, finding)}`);

const stack = (...documents: string[]): Files => ({ "stack.yaml": documents.join("---\n") });

const fixed = (files: Files, title: RegExp): string => {
  const fix = ours(files)
    .flatMap(({ fixes }) => fixes)
    .find((one) => title.test(one.title));
  assert.ok(fix, `no fix ${title}`);
  const result = applyEdits(files, fix.edits);
  assert.deepEqual(found(result), []);
  return Object.values(result).join("");
};

describe("a sidecar's limit against buffer_size", () => {
  const cases: [limit: string, buffer: string, expected: string[]][] = [
    ["10Gi", '"150Gi"', ["error 10Gi"]],
    ["150Gi", '"150Gi"', ["error 150Gi"]],
    ["161061273600", "150Gi", ["error 161061273600"]],
    ["161061273601", "150Gi", ["warning 161061273601"]],
    ["150G", '"150Gi"', ["error 150G"]],
    ["150Gi", '"150G"', ["warning 150Gi"]],
    ["160Gi", '"150Gi"', ["warning 160Gi"]],
    ['"164.9Gi"', '"150Gi"', ['warning "164.9Gi"']],
    ["165Gi", '"150Gi"', []],
    ["200Gi", '"150Gi"', []],
    ["1Ti", "1024Gi", ["error 1Ti"]],
    ["10Gi", '"0"', []],
    ["10Gi", '"150 gigabytes"', []],
    ["10Gi", '"${BUFFER}"', []],
    ["${LIMIT}", '"150Gi"', []],
    ["ten", '"150Gi"', []],
    ["0", '"150Gi"', []],
    ["", '"150Gi"', []],
  ];
  for (const [limit, buffer, expected] of cases) {
    test(`limit ${limit || "absent"} with a buffer of ${buffer}`, () => {
      assert.deepEqual(found(stack(configMap(nested(buffer)), sidecar({ limit }))), expected);
    });
  }

  test("says what is compared and what to write", () => {
    const [finding] = ours(stack(configMap(nested('"150Gi"')), sidecar({ limit: "10Gi" })));
    assert.equal(
      finding?.message,
      'Container "lmcache" of Deployment "llama" may use 10Gi of memory, but its CPU cache alone takes 150Gi (buffer_size): it is OOMKilled before the cache is full. Raise the limit to 165Gi or set buffer_size to 9Gi.',
    );
    assert.deepEqual(
      finding?.related.map(({ range, message }) => [range.start.line, message]),
      [[9, "buffer_size is 150Gi"]],
    );
  });

  test("a CPU tier that is off, or may be, holds nothing", () => {
    for (const enabled of ["false", "False", "no", '"${CPU_TIER}"'])
      assert.deepEqual(found(stack(configMap(nested('"150Gi"', enabled)), sidecar({ limit: "10Gi" }))), []);
  });

  test("the engine beside it that mounts the same file holds nothing", () => {
    const both = sidecar({ limit: "200Gi" }).replace(
      '          args: ["--model"',
      "          env: [{name: LMCACHE_CONFIG_FILE, value: /etc/lmcache/config.yaml}]\n          volumeMounts: [{name: config, mountPath: /etc/lmcache}]\n$&",
    );
    assert.deepEqual(found(stack(configMap(nested('"150Gi"')), both)), []);
    const alone = engine({ limit: "40Gi" });
    assert.deepEqual(found(stack(configMap(nested('"150Gi"')), alone)), ["error 40Gi"]);
  });

  test("a native sidecar counts, an init container does not", () => {
    const init = (policy: string) =>
      sidecar({ limit: "10Gi" }).replace(
        "        - name: lmcache\n",
        `      initContainers:\n        - name: lmcache\n${policy}`,
      );
    const always = init("          restartPolicy: Always\n");
    assert.deepEqual(found(stack(configMap(nested('"150Gi"')), always)), ["error 10Gi"]);
    assert.deepEqual(found(stack(configMap(nested('"150Gi"')), init(""))), []);
  });
});

describe("the way from a container to its configuration", () => {
  const wrong = configMap(nested('"150Gi"'));

  test("either variable, any block scalar, a List", () => {
    const deployment = sidecar({ limit: "10Gi" });
    for (const block of ["|", "|-", "|+", "|2-"]) {
      const map = configMap(nested('"150Gi"'), { block }).replace(/^ {4}(?=.)/gm, "    ");
      assert.deepEqual(found(stack(map, deployment)), ["error 10Gi"], block);
    }
    assert.deepEqual(found(stack(wrong, sidecar({ limit: "10Gi", variable: "LMCACHE_CONFIG_FILE" }))), ["error 10Gi"]);
    const item = (yaml: string) => `  - ${yaml.trimEnd().replaceAll("\n", "\n    ")}\n`;
    const list = `apiVersion: v1\nkind: List\nitems:\n${item(wrong)}${item(deployment)}`;
    assert.deepEqual(found({ "list.yaml": list }), ["error 10Gi"]);
  });

  test("a server without the variable reads the one configuration among its mounts", () => {
    const unset = sidecar({ limit: "10Gi", variable: "LOG_LEVEL", file: "info" });
    assert.deepEqual(found(stack(wrong, unset)), ["error 10Gi"]);
    const two = `${wrong}  other.yaml: |\n${nested('"8Gi"').replace(/^/gm, "    ")}\n`;
    assert.deepEqual(found(stack(two, unset)), []);
    const named = unset.replace("image: lmcache/lmcache-server:latest", "image: registry.local/kv-cache:1");
    assert.deepEqual(found(stack(wrong, named)), ["error 10Gi"]);
    assert.deepEqual(found(stack(wrong, named.replace("- name: lmcache\n", "- name: proxy\n"))), []);
  });

  const ways: [name: string, pod: Pod, expected: string[]][] = [
    ["the file of another key", { file: "/etc/lmcache/other.yaml" }, []],
    ["a file outside every mount", { file: "/config/config.yaml" }, []],
    ["a file that the environment fills in", { file: "$(CONFIG_DIR)/config.yaml" }, []],
    ["a path with a slash too many", { file: "/etc//lmcache/./config.yaml" }, ["error 10Gi"]],
    [
      "a mounted single key",
      { mount: "{name: config, mountPath: /etc/lmcache/config.yaml, subPath: config.yaml}" },
      ["error 10Gi"],
    ],
    [
      "a mounted single key under another name",
      { mount: "{name: config, mountPath: /srv/cache.yaml, subPath: config.yaml}", file: "/srv/cache.yaml" },
      ["error 10Gi"],
    ],
    [
      "another key mounted there",
      { mount: "{name: config, mountPath: /etc/lmcache/config.yaml, subPath: other.yaml}" },
      [],
    ],
    [
      "a key that the volume renames",
      {
        volume: "configMap: {name: lmcache-config, items: [{key: config.yaml, path: cache/lmc.yaml}]}",
        file: "/etc/lmcache/cache/lmc.yaml",
      },
      ["error 10Gi"],
    ],
    [
      "a key that the volume leaves out",
      { volume: "configMap: {name: lmcache-config, items: [{key: other.yaml, path: other.yaml}]}" },
      [],
    ],
    ["a projected volume", { volume: "projected: {sources: [{configMap: {name: lmcache-config}}]}" }, ["error 10Gi"]],
    ["a ConfigMap that is not there", { volume: "configMap: {name: other-config}" }, []],
    ["a Secret", { volume: "secret: {secretName: lmcache-config}" }, []],
  ];
  for (const [name, pod, expected] of ways) {
    test(name, () => assert.deepEqual(found(stack(wrong, sidecar({ limit: "10Gi", ...pod }))), expected));
  }

  test("the deepest mount wins", () => {
    const pod = sidecar({ limit: "10Gi" })
      .replace("{name: config, mountPath: /etc/lmcache}", "{name: scratch, mountPath: /etc}\n            - $&")
      .replace("      volumes:\n", "$&        - {name: scratch, emptyDir: {}}\n");
    assert.deepEqual(found(stack(wrong, pod)), ["error 10Gi"]);
  });

  test("the nested form is told by its keys, whatever its file is called", () => {
    const map = configMap(nested('"150Gi"'), { key: "lmcache.yaml" });
    assert.deepEqual(
      found({ "lmcache.yaml": `${map}---\n${sidecar({ limit: "10Gi", file: "/etc/lmcache/lmcache.yaml" })}` }),
      ["error 10Gi"],
    );
  });

  test("a ConfigMap of another directory counts when it is the only one", () => {
    const files = { "base/deployment.yaml": sidecar({ limit: "10Gi" }), "config/lmcache.yaml": wrong };
    assert.deepEqual(found(files), ["error 10Gi"]);
  });

  test("an edit of the ConfigMap is seen at the limit", () => {
    const pipeline = pipelineOf({ "pods.yaml": sidecar({ limit: "10Gi" }), "config.yaml": wrong });
    const isFound = () => pipeline.findingsOf("pods.yaml").some(({ rule }) => rule === "lmcache/memory-limit");
    assert.equal(isFound(), true);
    pipeline.update("config.yaml", configMap(nested('"8Gi"')));
    pipeline.refresh();
    assert.equal(isFound(), false);
  });

  test("two overlays with their own ConfigMap leave the base alone", () => {
    const overlay = "resources: [../../base, lmcache.yaml]\n";
    const files = {
      "base/kustomization.yaml": "resources: [deployment.yaml]\n",
      "base/deployment.yaml": sidecar({ limit: "10Gi" }),
      "overlays/dev/kustomization.yaml": overlay,
      "overlays/dev/lmcache.yaml": configMap(nested('"8Gi"')),
      "overlays/prod/kustomization.yaml": overlay,
      "overlays/prod/lmcache.yaml": wrong,
    };
    assert.deepEqual(found(files), []);
  });

  test("another namespace's ConfigMap is not meant", () => {
    const at = (yaml: string, namespace: string) => yaml.replace("metadata:\n", `$&  namespace: ${namespace}\n`);
    assert.deepEqual(found(stack(at(wrong, "a"), at(sidecar({ limit: "10Gi" }), "b"))), []);
    assert.deepEqual(found(stack(at(wrong, "a"), at(sidecar({ limit: "10Gi" }), "a"))), ["error 10Gi"]);
  });

  test("a template inside the ConfigMap says nothing", () => {
    const templated = configMap("{{ if .Values.cpu }}\nstorage:\n  cpu:\n    buffer_size: 150Gi\n{{ end }}\n");
    assert.deepEqual(found(stack(templated, sidecar({ limit: "10Gi" }))), []);
  });
});

describe("an engine's limit against what its ranks pin", () => {
  const args = (...words: string[]) => `args: ${JSON.stringify(words)}`;
  const model = "meta-llama/Llama-3.1-70B-Instruct";
  const cases: [name: string, size: string, pod: Pod, expected: string[]][] = [
    ["40 GiB in 40Gi", "40", { limit: "40Gi" }, ["error 40Gi"]],
    ["40 GiB with 11Gi beside", "40", { limit: "51Gi" }, ["warning 51Gi"]],
    ["40 GiB with 12Gi beside", "40.0", { limit: "52Gi" }, []],
    ["a number in quotes", '"40"', { limit: "40Gi" }, ["error 40Gi"]],
    ["half a GiB", "0.5", { limit: "512Mi" }, ["error 512Mi"]],
    ["a size that LMCache cannot read", '"40Gi"', { limit: "10Gi" }, []],
    ["a size that is filled in later", '"${SIZE}"', { limit: "10Gi" }, []],
    ["no size", "~", { limit: "4Gi" }, []],
    ["zero", "0", { limit: "4Gi" }, []],
    ["TP 4", "20", { limit: "80Gi", args: args("--model", model, "--tensor-parallel-size", "4") }, ["error 80Gi"]],
    ["TP 4 with room", "20", { limit: "104Gi", args: args("--model", model, "-tp", "4") }, []],
    ["TP 4 with little room", "20", { limit: "103Gi", args: args("--model", model, "-tp=4") }, ["warning 103Gi"]],
    ["TP 2 x PP 2", "20", { limit: "80Gi", args: args(`--model=${model}`, "-tp", "2", "-pp", "2") }, ["error 80Gi"]],
    ["vllm serve", "20", { limit: "80Gi", args: `command: [vllm, serve, ${model}, -tp, "4"]` }, ["error 80Gi"]],
    ["an image that serves", "20", { limit: "80Gi", args: args(model, "-tp", "4") }, ["error 80Gi"]],
    [
      "a shell script",
      "20",
      { limit: "80Gi", args: `command: [sh, -c, "exec vllm serve ${model} --tensor-parallel-size 4"]` },
      ["error 80Gi"],
    ],
    ["a degree from the shell", "20", { limit: "80Gi", args: args("--model", model, "-tp", "$(TP)") }, []],
    ["no model in sight", "20", { limit: "80Gi", args: args("--config", "/etc/vllm.yaml", "-tp", "4") }, []],
    ["a model from the shell", "20", { limit: "80Gi", args: args("--model", "$MODEL", "-tp", "4") }, []],
    ["a path that tells nothing", "20", { limit: "80Gi", args: args("--model", "/mnt/models", "-tp", "4") }, []],
    [
      "a path that tells the model",
      "20",
      { limit: "80Gi", args: args("--model", "/mnt/llama-3.1-70b", "-tp", "4") },
      ["error 80Gi"],
    ],
    ["latent attention", "20", { limit: "80Gi", args: args("--model", "deepseek-ai/DeepSeek-V3.2", "-tp", "8") }, []],
    [
      "latent attention, too little",
      "20",
      { limit: "20Gi", args: args("--model", "moonshotai/Kimi-K2-Instruct", "-tp", "8") },
      ["error 20Gi"],
    ],
    [
      "latent attention in a path",
      "20",
      { limit: "80Gi", args: args("--model", "/models/zai-org/GLM-5", "-tp", "8") },
      [],
    ],
    [
      "a distillation",
      "20",
      { limit: "80Gi", args: args("--model", "deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "-tp", "4") },
      ["error 80Gi"],
    ],
    [
      "ranks on other pods",
      "20",
      { limit: "104Gi", gpus: "4", args: args("--model", model, "-tp", "4", "-pp", "2") },
      [],
    ],
    [
      "8 GPUs here",
      "20",
      { limit: "104Gi", gpus: "8", args: args("--model", model, "-tp", "4", "-pp", "2") },
      ["error 104Gi"],
    ],
    [
      "the server's connector",
      "40",
      { limit: "10Gi", args: args("--kv-transfer-config", '{"kv_connector":"LMCacheMPConnector"}') },
      [],
    ],
  ];
  for (const [name, size, pod, expected] of cases) {
    test(name, () => assert.deepEqual(found(stack(configMap(flat(size)), engine(pod))), expected));
  }

  test("says how the ranks add up", () => {
    const pod = engine({ limit: "64Gi", args: args("--model", model, "-tp", "4") });
    assert.equal(
      ours(stack(configMap(flat("20")), pod))[0]?.message,
      'Container "vllm" of Deployment "llama" may use 64Gi of memory, but LMCache pins 80Gi at start (max_local_cpu_size 20Gi for each of 4 ranks): it is OOMKilled before it serves. Raise the limit to 104Gi or set max_local_cpu_size to 10.',
    );
  });

  test("without a size it is LMCache's 5 GiB, if there is a file to say so", () => {
    const pod = { limit: "16Gi" };
    const files = stack(configMap(flat("")), engine(pod));
    assert.deepEqual(found(files), ["warning 16Gi"]);
    assert.equal(
      ours(files)[0]?.message,
      'Container "vllm" of Deployment "llama" may use 16Gi of memory, of which LMCache pins 5Gi at start (LMCache\'s default, max_local_cpu_size is not written): the 11Gi left are less than the 12Gi that its processes work with. Raise the limit to 20Gi or set max_local_cpu_size to 4.',
    );
    assert.match(fixed(files, /^Set max_local_cpu_size/), /local_cpu: true\n {4}max_local_cpu_size: 4\n/);
    assert.deepEqual(found(stack(engine(pod))), []);
    assert.deepEqual(found(stack(engine({ ...pod, file: "" }))), []);
  });

  test("local_cpu: false still pins; huge pages and a decoder without a CPU tier do not", () => {
    const off = flat("40").replace("local_cpu: true", "local_cpu: false");
    assert.deepEqual(found(stack(configMap(off), engine({ limit: "40Gi" }))), ["error 40Gi"]);
    assert.deepEqual(found(stack(configMap(`${off}enable_pd: true\n`), engine({ limit: "40Gi" }))), []);
    const pages = flat("40", "local_cpu_use_hugepages: true\n");
    assert.deepEqual(found(stack(configMap(pages), engine({ limit: "40Gi" }))), []);
  });

  test("a sidecar with the flat form needs a tenth beside it", () => {
    assert.deepEqual(found(stack(configMap(flat("150")), sidecar({ limit: "10Gi" }))), ["error 10Gi"]);
    assert.deepEqual(found(stack(configMap(flat("150")), sidecar({ limit: "160Gi" }))), ["warning 160Gi"]);
    assert.deepEqual(found(stack(configMap(flat("150")), sidecar({ limit: "165Gi" }))), []);
  });

  test("a group of pods counts the ranks of one pod", () => {
    const group = (gpus: string) =>
      engine({ limit: "104Gi", gpus, args: args("--model", model, "-tp", "4", "-pp", "2") })
        .replace("apps/v1\nkind: Deployment", "leaderworkerset.x-k8s.io/v1\nkind: LeaderWorkerSet")
        .replace("  template:\n", "  leaderWorkerTemplate:\n    size: 2\n    workerTemplate:\n")
        .replace(/(?<=workerTemplate:\n)[\s\S]*/, (pod) => pod.replace(/^/gm, "  "));
    assert.deepEqual(found(stack(configMap(flat("20")), group("4"))), []);
    assert.deepEqual(found(stack(configMap(flat("30")), group("4"))), ["error 104Gi"]);
    assert.deepEqual(found(stack(configMap(flat("30")), group(""))), []);
  });
});

describe("the environment over the file", () => {
  const size = (value: string) => `            - {name: LMCACHE_MAX_LOCAL_CPU_SIZE, value: ${value}}\n`;

  test("a variable alone", () => {
    const files = stack(engine({ limit: "40Gi", file: "", env: size('"60"') }));
    assert.deepEqual(found(files), ["error 40Gi"]);
    assert.match(ours(files)[0]?.message ?? "", /pins 60Gi at start \(LMCACHE_MAX_LOCAL_CPU_SIZE\)/);
    assert.match(fixed(files, /^Set LMCACHE_MAX_LOCAL_CPU_SIZE to 28/), /SIZE, value: "28"\}/);
  });

  test("a variable against the file, either way", () => {
    const big = configMap(flat("60"));
    const small = configMap(flat("6"));
    assert.deepEqual(found(stack(big, engine({ limit: "40Gi", env: size('"6"') }))), []);
    assert.deepEqual(found(stack(small, engine({ limit: "40Gi", env: size('"60"') }))), ["error 40Gi"]);
  });

  test("a variable that is filled in later hides the file", () => {
    const from =
      "            - {name: LMCACHE_MAX_LOCAL_CPU_SIZE, valueFrom: {fieldRef: {fieldPath: metadata.name}}}\n";
    for (const env of [size('"$(SIZE)"'), from, size('"60Gi"')])
      assert.deepEqual(found(stack(configMap(flat("60")), engine({ limit: "40Gi", env }))), []);
  });

  test("variables from a ConfigMap", () => {
    const variables = `apiVersion: v1
kind: ConfigMap
metadata:
  name: cache-env
data:
  LMCACHE_MAX_LOCAL_CPU_SIZE: "60"
`;
    const key =
      "            - {name: LMCACHE_MAX_LOCAL_CPU_SIZE, valueFrom: {configMapKeyRef: {name: cache-env, key: LMCACHE_MAX_LOCAL_CPU_SIZE}}}\n";
    const all = (pod: string) =>
      pod.replace("          env:\n", "          envFrom: [{configMapRef: {name: cache-env}}]\n$&");
    assert.deepEqual(found(stack(variables, engine({ limit: "40Gi", file: "", env: key }))), ["error 40Gi"]);
    assert.deepEqual(found(stack(variables, all(engine({ limit: "40Gi", file: "" })))), ["error 40Gi"]);
    assert.deepEqual(found(stack(variables, all(engine({ limit: "40Gi", file: "", env: size('"6"') })))), []);
    assert.deepEqual(found(stack(all(engine({ limit: "40Gi", file: "" })))), []);
  });
});

describe("the fixes", () => {
  test("raise the limit to a round quantity", () => {
    const files = stack(configMap(nested('"150Gi"')), sidecar({ limit: "10Gi" }));
    assert.match(fixed(files, /^Raise/), /limits: \{cpu: "10", memory: 165Gi\}/);
    const small = stack(configMap(nested("500Mi")), sidecar({ limit: '"256Mi"' }));
    assert.match(fixed(small, /^Raise the memory limit to 640Mi/), /memory: "640Mi"\}/);
  });

  test("a request that equals the limit goes with it; another is kept, and never exceeds it", () => {
    const map = configMap(flat("40"));
    const equal = fixed(stack(map, engine({ limit: "40Gi", request: "40960Mi" })), /^Raise/);
    assert.match(equal, /memory: 52Gi\}\n.*memory: 52Gi\}/);
    const less = fixed(stack(map, engine({ limit: "40Gi", request: "30Gi" })), /^Raise/);
    assert.match(less, /memory: 30Gi\}\n.*memory: 52Gi\}/);
    const more = fixed(stack(map, engine({ limit: "40Gi", request: "100Gi" })), /^Raise/);
    assert.match(more, /memory: 100Gi\}\n.*memory: 100Gi\}/);
  });

  test("lower the buffer in its own spelling", () => {
    const pod = sidecar({ limit: "100Gi" });
    assert.match(fixed(stack(configMap(nested('"150Gi"')), pod), /^Set/), /buffer_size: "90Gi"\n/);
    assert.match(fixed(stack(configMap(nested("'150Gi'")), pod), /^Set/), /buffer_size: '90Gi'\n/);
    assert.match(fixed(stack(configMap(nested("161061273600")), pod), /^Set/), /buffer_size: 90Gi\n/);
    const tp = engine({ limit: "64Gi", args: 'args: ["--model", "Qwen/Qwen3-32B", "-tp", "2"]' });
    assert.match(fixed(stack(configMap(flat("40.0")), tp), /^Set/), /max_local_cpu_size: 24\n/);
  });

  test("no second fix where the limit has no room for any cache", () => {
    const titles = (files: Files) =>
      ours(files).flatMap(({ fixes }) => fixes.map(({ title, safe }) => `${title} ${safe}`));
    assert.deepEqual(titles(stack(configMap(flat("40")), engine({ limit: "12Gi" }))), [
      "Raise the memory limit to 52Gi false",
    ]);
    assert.deepEqual(titles(stack(configMap(nested('"8Gi"')), sidecar({ limit: "64Mi" }))), [
      "Raise the memory limit to 9Gi false",
    ]);
  });

  test("a size that no machine has is itself the mistake", () => {
    const [finding] = ours(stack(configMap(flat("161061273600")), engine({ limit: "200Gi" })));
    assert.match(finding?.message ?? "", /Set max_local_cpu_size to 188\.$/);
    assert.deepEqual(
      finding?.fixes.map(({ title }) => title),
      ["Set max_local_cpu_size to 188"],
    );
    assert.deepEqual(found(stack(configMap(flat("1e308")), engine({ limit: "200Gi" }))), []);
  });

  test("in a file of its own, with Windows line ends", () => {
    const files = {
      "config.yaml": configMap(nested('"150Gi"')).replaceAll("\n", "\r\n"),
      "pods.yaml": sidecar({ limit: "100Gi" }),
    };
    assert.match(fixed(files, /^Set/), /buffer_size: "90Gi"\r\n/);
  });
});
