import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Files, lint } from "../../support/lint.ts";
import { all, deployment, scaledObject } from "../capacity/manifests.ts";

const stage = (role: string, name = role) =>
  deployment({ name }).replace(`labels: {app: ${name}}`, `labels: {app: ${name}, llm-d.ai/role: ${role}}`);
const queue = (name: string, topic = name) =>
  scaledObject("  maxReplicaCount: 4", { name }).replace("topic: t", `topic: ${topic}`);

function said(files: Files): string[] {
  return lint(files)
    .filter(({ rule }) => rule === "autoscaler/prefill-decode")
    .map(({ severity, message }) => `${severity} ${message.includes("nothing scales") ? "one alone" : "the same"}`);
}

describe("the stages of one pipeline", () => {
  const table: [title: string, files: Files, expected: string[]][] = [
    ["only decode is scaled", all(stage("prefill"), stage("decode"), queue("decode")), ["info one alone"]],
    ["only prefill is scaled", all(stage("prefill"), stage("decode"), queue("prefill")), ["info one alone"]],
    ["each on its own", all(stage("prefill"), stage("decode"), queue("decode"), queue("prefill")), []],
    [
      "both on the same, told once",
      all(stage("prefill"), stage("decode"), queue("decode", "t"), queue("prefill", "t")),
      ["info the same"],
    ],
    ["no roles", all(deployment({ name: "prefill" }), deployment({ name: "decode" }), queue("decode")), []],
    [
      "two of the other stage: whose?",
      all(stage("prefill"), stage("prefill", "more"), stage("decode"), queue("decode")),
      [],
    ],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(files), expected));
});
