import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { cut, lint } from "../support/lint.ts";

interface Facts {
  readonly open: { readonly scalers: readonly string[] };
  readonly scalers: Readonly<Record<string, Readonly<Record<string, { readonly required?: boolean }>>>>;
}

const facts: Facts = JSON.parse(readFileSync("schemas/data/keda-scalers.json", "utf8"));

/** The scalers that the stacks of this field use. */
const common = [
  ...["prometheus", "cron", "metrics-api", "kubernetes-workload", "kubernetes-resource", "external", "external-push"],
  ...["kafka", "rabbitmq", "redis", "redis-streams", "nats-jetstream", "aws-sqs-queue", "gcp-pubsub", "cpu", "memory"],
];

/** What is said of a trigger of a type that has nothing but one key that nobody knows. */
function said(type: string): string[] {
  const files = {
    "a.yaml": `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama}
spec:
  scaleTargetRef: {name: llama}
  triggers:
    - type: ${type}
      metadata:
        nonsenseOfNobody: "1"
`,
  };
  return lint(files)
    .filter(({ rule }) => rule.startsWith("schema/"))
    .map((finding) => `${finding.rule} ${cut(files, finding)}`);
}

describe("the metadata of a trigger", () => {
  test("is known for the scalers that the stacks use", () => {
    assert.deepEqual(
      common.filter((type) => !(type in facts.scalers)),
      [],
    );
  });

  for (const [type, keys] of Object.entries(facts.scalers)) {
    const isOpen = facts.open.scalers.includes(type);
    const needs = Object.values(keys).some(({ required }) => required === true);
    const what = isOpen ? "may hold any key" : "may hold no key that it does not read";
    test(`${type} ${what}${needs ? ", and has to hold some" : ""}`, () => {
      assert.deepEqual(said(type), [
        ...(needs ? ["schema/missing-key metadata"] : []),
        ...(isOpen ? [] : ["schema/unknown-key nonsenseOfNobody"]),
      ]);
    });
  }
});
