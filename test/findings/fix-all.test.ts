import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Folder } from "../../server/editor/folder.ts";
import { Log } from "../../server/editor/log.ts";
import { difference, fixAll } from "../../server/findings/fix-all.ts";
import { configMap } from "../../server/kinds/config-map/kind.ts";
import { defineRule, type Rule } from "../../server/rules/rule.ts";
import { syntax } from "../../server/rules/yaml/syntax.ts";
import { setEntry } from "../../server/text/edits.ts";
import { entriesAt } from "../../server/text/read.ts";

const told = { title: "", since: "", severity: "info", refs: [], examples: { bad: "", good: "" } } as const;
const docs = { summary: "", why: "", mend: "", sources: [] };

/** A rule that counts the values of a ConfigMap's data up to a number, one at a time. */
function countTo(most: number, options: { safe?: boolean; broken?: boolean } = {}): Rule {
  return defineRule({
    ...told,
    docs,
    id: "test/count",
    fixable: "safe",
    messages: { more: "{key} is less than it could be" },
    reads: [configMap],
    check({ object, report }) {
      const data = entriesAt(object.root, "data");
      for (const { key, value } of data) {
        const now = value.type === "scalar" ? Number(value.text) : Number.NaN;
        if (!(now < most)) continue;
        const { doc, start, end } = value;
        const newText = options.broken ? "{" : String(now + 1);
        const fix = { title: "Count", safe: options.safe ?? true, edits: [{ doc, start, end, newText }] };
        report({ at: key, message: "more", slots: { key: key.text }, fixes: [fix] });
      }
    },
  });
}

/** Two findings of which both want the same place. */
const twoWant = defineRule({
  ...told,
  docs,
  id: "test/two",
  fixable: "safe",
  messages: { missing: "{key} is missing" },
  reads: [configMap],
  check({ object, report }) {
    const names = entriesAt(object.root, "metadata", "labels").map(({ key }) => key.text);
    const labels = entriesAt(object.root, "metadata").find(({ key }) => key.text === "labels")?.value;
    if (labels?.type !== "map") return;
    for (const key of ["a", "b"]) {
      if (names.includes(key)) continue;
      const fix = { title: `Add ${key}`, safe: true, edits: [setEntry(labels, key, "1")] };
      report({ at: labels, message: "missing", slots: { key }, fixes: [fix] });
    }
  },
});

function map(data: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\n  labels:\n    z: 1\ndata:\n${data}`;
}

function fixed(text: string, ...rules: Rule[]): string | undefined {
  const silent = () => {};
  const folder = new Folder(
    "file:///",
    [...rules, syntax],
    new Log({ error: silent, warning: silent, info: silent }, "error"),
  );
  folder.begin("file:///");
  folder.complete();
  folder.take("file:///m.yaml", text, false);
  folder.run();
  const before = folder.reportOf("file:///m.yaml");
  const result = folder.tryOut("file:///m.yaml", (judge) => fixAll(text, judge));
  assert.deepEqual(folder.reportOf("file:///m.yaml"), before, "trying out left a trace");
  assert.equal(folder.textFile("file:///m.yaml")?.text, text);
  return result;
}

describe("fixing all", () => {
  test("goes on until nothing is left to fix", () => {
    assert.equal(fixed(map("  a: 1\n  b: 3\n"), countTo(4)), map("  a: 4\n  b: 4\n"));
  });

  test("stops after ten rounds, should fixes chase each other", () => {
    assert.equal(fixed(map("  a: 1\n"), countTo(1000)), map("  a: 11\n"));
  });

  test("of two fixes at one place the second waits for the next round", () => {
    assert.equal(fixed(map("  a: 1\n"), twoWant), map("  a: 1\n").replace("z: 1", "z: 1\n    a: 1\n    b: 1"));
  });

  test("takes safe fixes only", () => {
    assert.equal(fixed(map("  a: 1\n"), countTo(4, { safe: false })), map("  a: 1\n"));
  });

  test("leaves a file alone that has a syntax error, be it in another document", () => {
    const text = `${map("  a: 1\n")}---\nb: {\n`;
    assert.equal(fixed(text, countTo(4)), text);
  });

  test("does not take a fix that makes one", () => {
    assert.equal(fixed(map("  a: 1\n"), countTo(4, { broken: true })), map("  a: 1\n"));
  });
});

describe("the difference of two texts", () => {
  test("is the one stretch that is not the same", () => {
    assert.deepEqual(difference("abcdef", "abXYef"), { start: 2, end: 4, newText: "XY" });
    assert.deepEqual(difference("abef", "abcdef"), { start: 2, end: 2, newText: "cd" });
    assert.deepEqual(difference("aaa", "aa"), { start: 2, end: 3, newText: "" });
    assert.equal(difference("same", "same"), undefined);
  });

  test("does not begin or end between the characters of a line break", () => {
    for (const [before, after] of [
      ["a\r\nb", "a\r\rb"],
      ["a\r\nb", "a\nb"],
      ["a\nb", "a\r\nb"],
      ["\r\n", "\r\n\r\n"],
    ]) {
      const change = difference(before as string, after as string);
      assert.ok(change !== undefined && before !== undefined);
      assert.equal(before.slice(0, change.start) + change.newText + before.slice(change.end), after);
      for (const at of [change.start, change.end]) assert.ok(!(before[at - 1] === "\r" && before[at] === "\n"));
    }
  });
});
