import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readFile, scalarsOf } from "../support/documents.ts";

/** Words with wide characters, characters of two UTF-16 units, combining marks and tabs inside. */
const word = fc.stringMatching(/^[a-zé漢ß😀](?:[a-z0-9é漢😀\t._-]|e\u0301){0,12}[a-zé漢😀]$/u);
const eol = fc.constantFrom("\n", "\r\n");
const blockStyle = fc.constantFrom("|", "|-", "|+", "|2", "|-2", ">", ">-");

/** A value that no other place of the file holds. */
function marked(text: string, index: number): string {
  return `${text}=${index}=`;
}

test("every value inside a block scalar is cut exactly out of the file, in every style and with every line break", () => {
  const input = fc.record({
    words: fc.array(word, { minLength: 1, maxLength: 6 }),
    eol,
    style: blockStyle,
    list: fc.boolean(),
    name: word,
  });
  fc.assert(
    fc.property(input, ({ words, eol, style, list, name }) => {
      const folded = style.startsWith(">");
      const values = words.map(marked);
      // A folded block keeps the line breaks around more deeply indented lines, which is how YAML survives in it.
      const inner = folded
        ? ["a:", ...values.map((value, index) => `  k${index}: ${value}`)]
        : values.flatMap((value, index) => [
            `# ${value} comment`,
            list ? `k${index}: [x, "${value}"]` : `k${index}: ${value}`,
            "",
          ]);
      const lines = [
        "apiVersion: v1",
        "kind: ConfigMap",
        `metadata: {name: "${name}"}`,
        "data:",
        `  config.yaml: ${style}`,
      ];
      const text = [...lines, ...inner.map((line) => (line === "" ? "" : `    ${line}`)), "---", "kind: Other", ""];
      const source = text.join(eol);
      const file = readFile(source);
      const found = scalarsOf(file.allDocuments()).filter(({ depth }) => depth === 1);
      for (const value of values) {
        const scalar = found.find((one) => one.text === value);
        assert.ok(scalar !== undefined, `${JSON.stringify(value)} not found in ${JSON.stringify(source)}`);
        assert.equal(file.text.slice(scalar.start, scalar.end).replace(/^"|"$/g, ""), value);
      }
    }),
    { numRuns: 500, seed: 7 },
  );
});

test("every value inside JSON in an argument is cut exactly out of the file", () => {
  const form = fc.constantFrom(
    "two items",
    "one item",
    "double quotes",
    "script",
    "script in a block",
    "script in quotes",
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), form, eol, (words, form, eol) => {
      const values = words.map((one, index) => marked(one.replaceAll("\t", ""), index));
      const json = `{${values.map((value, index) => `"k${index}": "${value}"`).join(", ")}}`;
      const args = {
        "two items": `["--model", "m", "--kv-transfer-config", '${json}']`,
        "one item": `['--kv-transfer-config=${json}']`,
        "double quotes": `["--kv-transfer-config", ${JSON.stringify(json)}]`,
        script: `[bash, -c, "vllm serve m --kv-transfer-config '${json.replaceAll('"', '\\"')}'"]`,
        "script in a block": `${eol}    - -c${eol}    - |${eol}      exec vllm serve m \\${eol}        --kv-transfer-config '${json}'${eol}`,
        "script in quotes": `[-c, 'vllm serve "a b" --kv-transfer-config="${json.replaceAll('"', '\\"')}"']`,
      }[form];
      const file = readFile(`kind: Pod${eol}spec:${eol} containers:${eol} - args: ${args}${eol}`);
      const found = scalarsOf(file.allDocuments()).filter(({ depth }) => depth === 1);
      for (const value of values) {
        const scalar = found.find((one) => one.text === value);
        assert.ok(scalar !== undefined, `${JSON.stringify(value)} not found in ${JSON.stringify(file.text)}`);
        const text = file.text.slice(scalar.start, scalar.end);
        assert.equal(text.replaceAll("\\", "").replace(/^"|"$/g, ""), value);
      }
    }),
    { numRuns: 500, seed: 7 },
  );
});

test("a document in a document in a document keeps its places", () => {
  const text = `kind: ConfigMap
data:
  outer.yaml: |
    kind: ConfigMap
    data:
      inner.yaml: |+
        chunk_size: 256

      quoted.yaml: "local_cpu: true\\nremote_url: \\"lm://host:1\\"\\n"
`;
  const file = readFile(text);
  assert.deepEqual(
    file.allDocuments().map((doc) => [doc.depth, doc.carrier?.name]),
    [
      [0, undefined],
      [1, "outer.yaml"],
      [2, "inner.yaml"],
      [2, "quoted.yaml"],
    ],
  );
  const cuts = scalarsOf(file.allDocuments())
    .filter(({ depth }) => depth === 2)
    .map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(
    new Set(cuts),
    new Set(["256", "chunk_size", '\\"lm://host:1\\"', "remote_url", "true", "local_cpu"]),
  );
});

test("an indentation indicator and leading blank lines do not shift anything", () => {
  const text = "kind: ConfigMap\ndata:\n  a.yaml: |2-\n\n\n    # first\n    k: value\n  b: x\n";
  const file = readFile(text);
  const [value] = scalarsOf(file.allDocuments()).filter(({ depth, text }) => depth === 1 && text === "value");
  assert.equal(text.slice(value?.start, value?.end), "value");
});

test("Helm values hold documents too", () => {
  const text = `inferenceExtension:
  pluginsConfigFile: custom.yaml
  pluginsCustomConfig:
    custom.yaml: |
      apiVersion: inference.networking.x-k8s.io/v1alpha1
      kind: EndpointPickerConfig
`;
  const [values, config] = readFile(text).allDocuments();
  assert.equal(values?.carrier, undefined);
  assert.deepEqual([config?.carrier?.by, config?.carrier?.name], ["values", "custom.yaml"]);
  assert.equal(text.slice(config?.inFile(0)).startsWith("apiVersion: inference"), true);
});

test("a scalar without a line break that is not JSON is never read as a document", () => {
  const text =
    'kind: ConfigMap\ndata:\n  a: "EndpointPickerConfig"\n  b: "{not json}"\n  c: "{\\"kind\\": \\"x\\"}"\n  d: "kind: x"\n';
  assert.deepEqual(
    readFile(text)
      .allDocuments()
      .flatMap(({ carrier }) => carrier?.name ?? []),
    ["c"],
  );
});
