import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { limits } from "../../server/text/limits.ts";
import { at, mapAt, numberAt, stringAt } from "../../server/text/read.ts";
import { readFile } from "../support/documents.ts";

function problems(text: string): string[] {
  return readFile(text)
    .allDocuments()
    .flatMap((doc) => doc.problems.map((problem) => `${problem.type} ${doc.text.slice(problem.start, problem.end)}`));
}

describe("what cannot be read is a problem, and the rest of the file still counts", () => {
  test("a syntax error spoils its own document alone", () => {
    const file = readFile("a: [1\nb: 2\n---\nc: 3\n");
    assert.deepEqual(
      file.documents.map(({ readable }) => readable),
      [false, true],
    );
    assert.equal(numberAt(file.documents[1]?.root, "c")?.value, 3);
  });

  test("a key that stands twice, whatever its quotes", () => {
    assert.deepEqual(problems('a: 1\nb: 2\n"a": 3\n'), ['duplicate-key "a"']);
  });

  test("an alias without its anchor", () => assert.deepEqual(problems("a: *nobody\n"), ["syntax *nobody"]));

  test("nesting deeper than the limit", () => {
    for (const depth of [limits.depth + 1, 20_000]) {
      const [problem] = readFile(`a: ${"[".repeat(depth)}${"]".repeat(depth)}`).documents[0]?.problems ?? [];
      assert.equal(problem?.type, "limit");
    }
  });

  test("nesting at every depth around the end of the stack does not end the process", () => {
    const deep = (depth: number) => `a: ${"[".repeat(depth)}!!str &x a${"]".repeat(depth)}\n`;
    const file = readFile(Array.from({ length: 40 }, (_, index) => deep(2040 + index)).join("---\n"));
    assert.ok(file.documents.every(({ problems }) => problems[0]?.type === "limit"));
    for (const text of [
      `${"- ".repeat(5000)}x\n`,
      `${"? ".repeat(5000)}x\n`,
      `a: ${"{a: ".repeat(5000)}${"}".repeat(5000)}\n`,
    ]) {
      assert.equal(readFile(text).documents[0]?.problems[0]?.type, "limit", text.slice(0, 10));
    }
  });

  test("more aliases than the limit", () => {
    const text = `a: &a 1\nb:\n${"- *a\n".repeat(limits.aliases + 1)}`;
    assert.equal(readFile(text).documents[0]?.problems[0]?.type, "limit");
  });

  test("more documents than the limit: the first ones are read", () => {
    const file = readFile("---\na: 1\n".repeat(limits.documents + 1));
    assert.equal(file.documents.length, limits.documents + 1);
    assert.equal(file.documents.at(-1)?.problems[0]?.type, "limit");
    assert.equal(file.documents[0]?.readable, true);
  });

  test("more characters than the limit", () => {
    const file = readFile(`a: ${"x".repeat(limits.fileLength)}`);
    assert.deepEqual(
      file.documents.map(({ problems }) => problems[0]?.type),
      ["limit"],
    );
  });

  test("a hundred thousand keys are read, and each is looked at once", () => {
    const file = readFile(Array.from({ length: 100_000 }, (_, index) => `key${index}: ${index}\n`).join(""));
    assert.equal(numberAt(file.documents[0]?.root, "key99999")?.value, 99_999);
  });
});

describe("aliases and merge keys", () => {
  test("are followed to the value", () => {
    const { root } =
      readFile("base: &b {x: 1, y: &y 2}\nz: *y\nown:\n  <<: *b\n  x: 3\nmany:\n  <<: [{y: 4}, *b]\n").documents[0] ??
      {};
    assert.equal(numberAt(root, "z")?.value, 2);
    assert.deepEqual([numberAt(root, "own", "x")?.value, numberAt(root, "own", "y")?.value], [3, 2]);
    assert.deepEqual([numberAt(root, "many", "x")?.value, numberAt(root, "many", "y")?.value], [1, 4]);
  });

  test("that lead back to themselves end", () => {
    const { root } = readFile("a: &a\n  <<: *a\n  b: *a\n  c: &d [*d]\n").documents[0] ?? {};
    assert.equal(at(root, "a", "missing"), undefined);
    assert.equal(mapAt(root, "a", "b", "b", "b")?.entries.length, 3);
  });

  test("that merge a billion mappings are looked at once", () => {
    const levels = Array.from({ length: 30 }, (_, level) => {
      const source = level === 0 ? "x: 1" : `<<: [${`*a${level - 1},`.repeat(8)}]`;
      return `a${level}: &a${level} {${source}}`;
    });
    const { root } = readFile(levels.join("\n")).documents[0] ?? {};
    assert.equal(numberAt(root, "a29", "x")?.value, 1);
    assert.equal(at(root, "a29", "missing"), undefined);
  });

  test("of a billion laughs are never expanded", () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `a${level}: &a${level} [${level === 0 ? "lol" : `*a${level - 1},`.repeat(9)}]`,
    );
    assert.equal(readFile(levels.join("\n")).documents[0]?.readable, true);
  });
});

describe("keys that JavaScript objects stumble over", () => {
  test("are keys like any other", () => {
    const { root } = readFile("__proto__: a\nconstructor: b\ntoString: c\nhasOwnProperty: d\n").documents[0] ?? {};
    assert.deepEqual(
      ["__proto__", "constructor", "toString", "hasOwnProperty"].map((key) => stringAt(root, key)?.value),
      ["a", "b", "c", "d"],
    );
    assert.equal(stringAt(root, "valueOf"), undefined);
  });
});

describe("templates", () => {
  const structural = [
    "a: 1\n{{- if .Values.x }}\nb: 2\n{{- end }}\n",
    "name: {{ .Release.Name }}\n",
    "name: {{ .Release.Name }}-vllm\n",
    "spec:\n  {{- toYaml .Values.spec | nindent 2 }}\n",
    "- {{ .x }}\n",
    "{% if x %}\na: 1\n{% endif %}\n",
    'labels: {{- include "labels" . | nindent 4 }}\n',
  ];
  for (const text of structural) {
    test(`${JSON.stringify(text)} is a template`, () =>
      assert.notEqual(readFile(text).documents[0]?.template, undefined));
  }

  const plain = [
    'name: "{{ .Release.Name }}"\n',
    "description: pod {{ $labels.pod }} is slow\n",
    "text: |\n  {{ range . }}\n  x\n  {{ end }}\n",
    "args: ['{{.x}}']\n",
    "# {{ comment }}\na: 1\n",
    "a: {b: {c: 1}}\n",
  ];
  for (const text of plain) {
    test(`${JSON.stringify(text)} is not`, () => {
      assert.equal(readFile(text).documents[0]?.template, undefined);
      assert.deepEqual(problems(text), []);
    });
  }

  test("a real syntax error beside template text in a block scalar is a syntax error", () => {
    assert.deepEqual(problems("text: |\n  {{ x }}\na: [1\nb: 2\n").length, 1);
  });
});

describe("values that are filled in later", () => {
  for (const value of ["${SIZE}", "$(SIZE)", '"{{ .Values.size }}"']) {
    test(`${value} has no value yet`, () => {
      assert.equal(stringAt(readFile(`a: ${value}\n`).documents[0]?.root, "a"), undefined);
    });
  }
});

describe("an edit", () => {
  test("keeps every document whose text is the same, and moves it", () => {
    const file = readFile("a: 1\n---\nb: 2\n---\nc: 3\n");
    const [, second, third] = file.documents;
    const { added, removed } = file.update("a: 1\nlonger: 1\n---\nb: 2\n---\nc: 3\n");
    assert.equal(added.length, 1);
    assert.equal(removed.length, 1);
    assert.equal(file.documents[1], second);
    assert.equal(file.documents[2], third);
    assert.equal(file.text.slice(third?.inFile(4)).trim(), "c: 3");
  });
});
