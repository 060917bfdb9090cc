import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readLabelSelector, selectsLabels } from "../../server/kinds/label-selector.ts";
import { readFile } from "../support/documents.ts";

const selectorOf = (text: string) => readLabelSelector(readFile(text).documents[0]?.root);
const prefill = new Map([
  ["app", "llama"],
  ["llm-d.ai/role", "prefill"],
]);

describe("a label selector", () => {
  const table: [selector: string, selected: boolean][] = [
    ["matchLabels: {app: llama}", true],
    ["matchLabels: {app: llama, zone: a}", false],
    ["matchExpressions: [{key: llm-d.ai/role, operator: In, values: [prefill, decode]}]", true],
    ["matchExpressions: [{key: llm-d.ai/role, operator: In, values: [decode]}]", false],
    ["matchExpressions: [{key: zone, operator: In, values: [a]}]", false],
    ["matchExpressions: [{key: llm-d.ai/role, operator: NotIn, values: [decode]}]", true],
    ["matchExpressions: [{key: llm-d.ai/role, operator: NotIn, values: [prefill]}]", false],
    ["matchExpressions: [{key: zone, operator: NotIn, values: [a]}]", true],
    ["matchExpressions: [{key: app, operator: Exists}]", true],
    ["matchExpressions: [{key: zone, operator: Exists}]", false],
    ["matchExpressions: [{key: zone, operator: DoesNotExist}]", true],
    ["matchExpressions: [{key: app, operator: DoesNotExist}]", false],
    ["{matchLabels: {app: llama}, matchExpressions: [{key: llm-d.ai/role, operator: In, values: [decode]}]}", false],
    ["matchExpressions: [{key: __proto__, operator: Exists}]", false],
  ];
  for (const [selector, selected] of table)
    test(selector, () => {
      const read = selectorOf(selector);
      assert.ok(read !== undefined);
      assert.equal(selectsLabels(read, prefill), selected);
    });

  const unread: [title: string, selector: string][] = [
    ["empty, which selects everything", "{}"],
    ["by a label that is filled in later", 'matchLabels: {app: "{{ .app }}"}'],
    ["by an operator that is none", "matchExpressions: [{key: app, operator: Equals, values: [llama]}]"],
    ["in nothing", "matchExpressions: [{key: app, operator: In, values: []}]"],
    ["by expressions that are filled in later", 'matchExpressions: "{{ .expressions }}"'],
  ];
  for (const [title, selector] of unread)
    test(`that is ${title} is not read`, () => assert.equal(selectorOf(selector), undefined));
});
