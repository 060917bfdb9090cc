import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, lint } from "../../support/lint.ts";
import { saidBy } from "./said.ts";

const artifacts = "modelArtifacts: {name: Qwen/Qwen3-32B, uri: pvc://models/qwen3, size: 80Gi}\n";
const values = (rest: string) => artifacts + rest;
const decode = (numbers: string, multinode?: string) =>
  values(`${multinode === undefined ? "" : `multinode: ${multinode}\n`}decode: {parallelism: ${numbers}}\n`);

describe("the ranks of a model service", () => {
  const rule = "values/parallelism";
  const table: [title: string, text: string, expected: string[]][] = [
    ["data = dataLocal x workers", decode("{data: 16, dataLocal: 8, workers: 2}", "true"), []],
    ["too few workers", decode("{data: 16, dataLocal: 8, workers: 1}", "true"), ["error 16"]],
    ["too many", decode("{data: 8, dataLocal: 8, workers: 2}", "true"), ["error 8"]],
    ["data alone", decode("{tensor: 1, data: 8}"), ["warning 8"]],
    ["one pod of its own copies", decode("{data: 8, dataLocal: 8}"), []],
    ["a number that the chart is to derive", decode("{data: 8, dataLocal: null, workers: 1}"), []],
    ["a number that is filled in later", decode('{data: 8, dataLocal: "${DP}", workers: 1}'), []],
    ["tensor parallel ranks alone", decode("{tensor: 8}"), []],
    ["a group of one", decode("{data: 8, dataLocal: 8, workers: 1}", "true"), ["warning 1"]],
    ["workers that nobody makes", decode("{data: 16, dataLocal: 8, workers: 2}"), ["error 2"]],
    ["a switch that is filled in later", decode("{data: 16, dataLocal: 8, workers: 2}", '"${MULTI}"'), []],
    [
      "a role that is not made",
      values("decode: {create: false, parallelism: {data: 8, dataLocal: 1, workers: 1}}\n"),
      [],
    ],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));

  test("are not worked out from one of several files", () => {
    const files = { "values.yaml": decode("{tensor: 1, data: 8}"), "prod.yaml": decode("{dataLocal: 8}") };
    assert.deepEqual(saidBy(rule, files), []);
  });

  test("are mended with as many workers as the data needs", () => {
    const files = { "values.yaml": decode("{data: 16, dataLocal: 4, workers: 2}", "true") };
    const [finding] = lint(files).filter(({ rule: id }) => id === rule);
    assert.deepEqual(
      finding?.fixes.map(({ title }) => title),
      ["Set workers to 4"],
    );
    assert.deepEqual(saidBy(rule, applyEdits(files, finding?.fixes[0]?.edits ?? [])), []);
  });
});

const container = (more: string) => `  containers:\n    - {name: vllm, image: "vllm/vllm-openai:v0.19.0"${more}}\n`;

describe("the command of a container", () => {
  const rule = "values/model-command";
  const oci = "modelArtifacts: {name: a/b, uri: oci://registry/model}\n";
  const table: [title: string, text: string, expected: string[]][] = [
    ["written by the chart", values(`decode:\n${container(", modelCommand: vllmServe")}`), []],
    ["custom and absent", values(`decode:\n${container(", modelCommand: custom")}`), ["error custom"]],
    ["custom", values(`decode:\n${container(", modelCommand: custom, command: [vllm, serve]")}`), []],
    ["not said, as for a container of another kind", values(`decode:\n${container("")}`), []],
    [
      "of an image with a model from oci",
      `${oci}decode:\n${container(", modelCommand: imageDefault")}`,
      ["error imageDefault"],
    ],
    ["custom, with such a model", `${oci}decode:\n${container(", modelCommand: custom, command: [serve]")}`, []],
    ["filled in later", values(`decode:\n${container(', modelCommand: "${COMMAND}"')}`), []],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));

  test("that the chart does not know is the schema's", () => {
    assert.deepEqual(saidBy("schema/wrong-value", values(`decode:\n${container(", modelCommand: vllm")}`)), [
      "error vllm",
    ]);
  });
});

describe("autoscaling of a model service", () => {
  const rule = "values/autoscaling-unheard";
  const scaled = (enabled: string) => `decode: {autoscaling: {enabled: ${enabled}}}\n`;
  const table: [title: string, text: string, expected: string[]][] = [
    ["of a Deployment", values(scaled("true")), ["warning true"]],
    ["that is off", values(scaled("false")), []],
    ["of a LeaderWorkerSet", values(`multinode: true\n${scaled("true")}`), []],
    ["where nobody knows which", values(`multinode: "\${MULTI}"\n${scaled("true")}`), []],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));
});

describe("the GPUs of a model service", () => {
  const rule = "values/gpu-count";
  const gpus = (count: string, numbers = "{tensor: 4, dataLocal: 1}", image = "vllm/vllm-openai:v0.19.0") =>
    values(`decode:
  parallelism: ${numbers}
  containers:
    - name: vllm
      image: ${image}
      modelCommand: vllmServe
      resources: {limits: {nvidia.com/gpu: ${count}}}
`);
  const table: [title: string, text: string, expected: string[]][] = [
    ["as many as ranks", gpus("4"), []],
    ["fewer", gpus("2"), ["error 2"]],
    ["more", gpus("8"), ["warning 8"]],
    ["for each copy in the pod", gpus("8", "{tensor: 4, data: 2, dataLocal: 2, workers: 1}"), []],
    ["as text", gpus('"2"'), ['error "2"']],
    ["filled in later", gpus("${GPUS}"), []],
    ["of a simulator", gpus("1", "{tensor: 4, dataLocal: 1}", "ghcr.io/llm-d/llm-d-inference-sim:v0.6.1"), []],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));
});

describe("the volume of a download", () => {
  const rule = "values/artifacts-size";
  const from = (uri: string, size: string) =>
    `modelArtifacts: {name: a/b, uri: "${uri}"${size}}\ndecode: {replicas: 1}\n`;
  const table: [title: string, text: string, expected: string[]][] = [
    ["of the chart's default", from("hf://a/b", ""), ['warning "hf://a/b"']],
    ["that says the default", from("hf://a/b", ", size: 5Mi"), ["warning 5Mi"]],
    ["of a size", from("hf://a/b", ", size: 20Gi"), []],
    ["of any size", from("hf://a/b", ', size: "0"'), []],
    ["of a claim", from("pvc://models/b", ""), []],
    ["filled in later", from("hf://a/b", ', size: "${SIZE}"'), []],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));
});

describe("keys where any may stand", () => {
  const rule = "schema/unknown-key";
  const table: [title: string, text: string, expected: string[]][] = [
    ["misspelt in a role", values("decode: {replcas: 2}\n"), ["warning replcas"]],
    ["misspelt at the top", values("prefil: {create: false}\n"), ["warning prefil"]],
    [
      "misspelt in a container",
      values(`decode:\n${container(", mountModelVolumes: true")}`),
      ["warning mountModelVolumes"],
    ],
    ["misspelt in the proxy", values("routing: {proxy: {enable: false}}\n"), ["warning enable"]],
    ["of somebody else", values("ourOwn: 1\ndecode: {teamLabels: {a: b}}\nx-gpu: &gpu 1\n"), []],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));
});
