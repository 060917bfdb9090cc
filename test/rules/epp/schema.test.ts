import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cut, type Files, lint } from "../../support/lint.ts";
import { epp, running } from "./support.ts";

const said = (files: Files) =>
  lint(files)
    .filter(({ rule }) => rule.startsWith("schema/"))
    .map((finding) => `${finding.rule.slice("schema/".length)} ${cut(files, finding)}`);
const on = (router: string, text: string): Files => ({ "epp.yaml": epp(text), ...running(router) });
const plugin = (type: string, parameters = "{}") => on("0.10", `plugins: [{type: ${type}, parameters: ${parameters}}]`);

describe("what the schema of an endpoint picker's configuration says alone", () => {
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["a type that does not exist", plugin("queue-scorr"), "wrong-value queue-scorr"],
    ["a type that is gone", plugin("active-request-filter"), "wrong-value active-request-filter"],
    ["a parameter that does not exist", plugin("load-aware-scorer", "{treshold: 5}"), "unknown-key treshold"],
    [
      "a parameter that is gone",
      plugin("mm-embeddings-cache-producer", "{cacheSizeInMB: 5}"),
      "other-version cacheSizeInMB",
    ],
    ["a parameter out of its bounds", plugin("utilization-detector", "{queueDepthThreshold: 0}"), "wrong-value 0"],
    ["a parameter of another type", plugin("load-aware-scorer", "{threshold: many}"), "wrong-type many"],
    [
      "the prefix scorer's old parameters",
      plugin("prefix-cache-scorer", "{hashBlockSize: 5}"),
      "other-version hashBlockSize",
    ],
    ["a type that is going away", plugin("tokenizer"), "deprecated-key type"],
    [
      "a time in words where nanoseconds count",
      plugin("predicted-latency-producer", "{contextTTL: 5m}"),
      "wrong-type 5m",
    ],
    ["a gate that never was", on("0.10", "featureGates: [flowcontrol]"), "wrong-value flowcontrol"],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(files), expected));
});

describe("what the schemas of gateway resources say alone", () => {
  const pool = (spec: string) => ({
    "pool.yaml": `apiVersion: inference.networking.k8s.io/v1\nkind: InferencePool\nmetadata: {name: a}\nspec: {${spec}}\n`,
  });
  const ref = "targetPorts: [{number: 8000}], endpointPickerRef: {name: epp, port: {number: 9002}";
  const table: [title: string, files: Files, ...said: string[]][] = [
    [
      "a failure mode of the guides",
      pool(`selector: {matchLabels: {app: a}}, ${ref}, failureMode: FailClosed}`),
      "wrong-value FailClosed",
    ],
    [
      "a selector by expressions",
      pool(`selector: {matchLabels: {app: a}, matchExpressions: []}, ${ref}}`),
      "unknown-key matchExpressions",
    ],
    [
      "a kind of before",
      {
        ...running("0.10"),
        "model.yaml":
          "apiVersion: inference.networking.x-k8s.io/v1alpha2\nkind: InferenceModel\nmetadata: {name: a}\nspec: {modelName: a, poolRef: {name: a}}\n",
      },
      "other-version apiVersion",
    ],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(files), expected));
});
