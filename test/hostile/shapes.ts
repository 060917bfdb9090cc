import { autoscaler, deployment } from "../bench/manifests.ts";

/** An input that others have stumbled over, as it grows. */
export interface Hostile {
  readonly name: string;
  /** Of what there are `size`. */
  readonly counts: string;
  readonly size: number;
  /** Of the command, beside a file with a mistake: 1 where it was read whole, 2 where something of it was not. */
  readonly exit: 1 | 2;
  files(size: number): Readonly<Record<string, string | Uint8Array>>;
}

const range = (size: number) => Array.from({ length: size }, (_, index) => index);
const lines = (size: number, line: (index: number) => string) => range(size).map(line).join("");
const one = (content: string | Uint8Array) => ({ "hostile.yaml": content });
const configMap = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n${data}`;
const hpaWith = (value: string) =>
  autoscaler("a").replace("stabilizationWindowSeconds: 180", `stabilizationWindowSeconds: ${value}`);
const several = (size: number, values: readonly string[], text: (value: string) => string) =>
  one(lines(size, (index) => `${text(values[index % values.length] as string)}---\n`));

function nestedConfigMaps(depth: number): string {
  let text = "a: 1\n";
  for (let level = 0; level < depth; level++) text = configMap(`  inner.yaml: |\n${text.replace(/^(?=.)/gm, "    ")}`);
  return text;
}

const numbers = ["no", "017", "0x1F", "1e400", "9007199254740993", ".nan", "12_000", "190:20:30", "-0", "'1'", "~"];
const quantities = ["1e", "-0", "5Gii", "1.5.5Gi", "0x5Gi", "9".repeat(60_000), "", "150 Gi", "1e3", ".5Gi"];
const tags = [
  "!!js/function 'x'",
  "!!python/object:os.system x",
  "!Ref x",
  "!!binary aGk=",
  "!!set {a: }",
  "!!merge <<",
];
const names = ["a\u202eb", "e\u0301", "\u200b", "a b", "__proto__", "constructor", "toString", "hasOwnProperty"];
const keys = ["? {a: 1}\n: b", "on: a", "1: a", "~: a", "[a]: b", "'': a", "<<: {a: 1}"];

export const shapes: readonly Hostile[] = [
  {
    name: "billion laughs",
    counts: "levels",
    size: 9,
    exit: 1,
    files: (size) => one(`a0: &a0 [x, x]\n${lines(size, (i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}x]\n`)}`),
  },
  {
    name: "aliases of a large anchor",
    counts: "aliases",
    size: 1000,
    exit: 1,
    files: (size) => one(`a: &a [${"x, ".repeat(30_000)}]\nb:\n${lines(size, () => "  - *a\n")}`),
  },
  {
    name: "an alias of itself",
    counts: "times",
    size: 1000,
    exit: 1,
    files: (size) => one(lines(size, (i) => `a${i}: &a${i} {x: *a${i}}\n`)),
  },
  {
    name: "merge keys in a circle",
    counts: "times",
    size: 1000,
    exit: 1,
    files: (size) => one(lines(size, (i) => `a${i}: &a${i}\n  <<: *a${i}\n  b: 1\n`)),
  },
  {
    name: "merge keys that double",
    counts: "levels",
    size: 12,
    exit: 1,
    files: (size) =>
      one(`a0: &a0 {k: 1}\n${lines(size, (i) => `a${i + 1}: &a${i + 1} {<<: [*a${i}, *a${i}], k${i}: 1}\n`)}`),
  },
  {
    name: "brackets in brackets",
    counts: "levels",
    size: 50_000,
    exit: 2,
    files: (size) => one(`a: ${"[".repeat(size)}${"]".repeat(size)}\n`),
  },
  {
    name: "indentation",
    counts: "levels",
    size: 3000,
    exit: 2,
    files: (size) => one(lines(size, (i) => `${" ".repeat(i)}a:\n`)),
  },
  {
    name: "keys of one mapping",
    counts: "keys",
    size: 50_000,
    exit: 1,
    files: (size) => one(configMap(lines(size, (i) => `  key${i}: "${i}"\n`))),
  },
  {
    name: "documents",
    counts: "documents",
    size: 5000,
    exit: 1,
    files: (size) => one(lines(size, (i) => `---\na: ${i}\n`)),
  },
  { name: "empty documents", counts: "documents", size: 10_000, exit: 1, files: (size) => one("---\n".repeat(size)) },
  {
    name: "a scalar of many lines",
    counts: "lines",
    size: 100_000,
    exit: 1,
    files: (size) => one(configMap(`  a: |\n${"    some words\n".repeat(size)}`)),
  },
  {
    name: "anchors that nobody uses",
    counts: "anchors",
    size: 25_000,
    exit: 1,
    files: (size) => one(lines(size, (i) => `k${i}: &a${i} v\n`)),
  },
  {
    name: "one long line",
    counts: "characters",
    size: 2_500_000,
    exit: 1,
    files: (size) => one(`a: ${"x".repeat(size)}\n`),
  },
  {
    name: "more than is read",
    counts: "characters",
    size: 11 * 1024 * 1024,
    exit: 2,
    files: (size) => one(" ".repeat(size)),
  },
  { name: "comments alone", counts: "lines", size: 100_000, exit: 1, files: (size) => one("# nothing\n".repeat(size)) },
  {
    name: "a list, a number, null as the whole document",
    counts: "documents",
    size: 2000,
    exit: 1,
    files: (size) => several(size, ["- a\n", "1\n", "null\n", "a\n", "[]\n"], (value) => value),
  },
  {
    name: "UTF-16",
    counts: "lines",
    size: 20_000,
    exit: 1,
    files: (size) => one(Buffer.from(`\ufeff${lines(size, (i) => `a${i}: 1\n`)}`, "utf16le")),
  },
  {
    name: "a byte order mark and every line ending",
    counts: "lines",
    size: 20_000,
    exit: 2,
    files: (size) => one(`\ufeff${lines(size, (i) => `a${i}: 1${["\n", "\r\n", "\r"][i % 3]}`)}`),
  },
  {
    name: "every byte",
    counts: "bytes",
    size: 100_000,
    exit: 2,
    files: (size) => one(Uint8Array.from({ length: size }, (_, i) => i % 256)),
  },
  {
    name: "broken UTF-8 and lone surrogates",
    counts: "lines",
    size: 20_000,
    exit: 2,
    files: (size) => one(Buffer.concat(range(size).map(() => Buffer.from([97, 58, 32, 0xed, 0xa0, 0x80, 10])))),
  },
  {
    name: "names that turn, join and hide",
    counts: "objects",
    size: 400,
    exit: 1,
    files: (size) => several(size, names, (name) => deployment("a").replace("name: a", `name: "${name}"`)),
  },
  { name: "tabs", counts: "lines", size: 5000, exit: 1, files: (size) => one(`a:\n${"\t- b\n".repeat(size)}`) },
  {
    name: "keys given twice, in other quotes too",
    counts: "keys",
    size: 10_000,
    exit: 1,
    files: (size) => one(lines(size, (i) => `${["a", '"a"', "'a'"][i % 3]}: 1\n`)),
  },
  {
    name: "names of prototypes as keys",
    counts: "mappings",
    size: 5000,
    exit: 1,
    files: (size) =>
      one(lines(size, (i) => `k${i}: {__proto__: 1, constructor: {prototype: 1}, toString: 2, hasOwnProperty: 3}\n`)),
  },
  {
    name: "tags",
    counts: "documents",
    size: 1000,
    exit: 1,
    files: (size) => several(size, tags, (tag) => `a: ${tag}\n`),
  },
  {
    name: "keys that are no text",
    counts: "documents",
    size: 2000,
    exit: 1,
    files: (size) => several(size, keys, (key) => `${key}\n`),
  },
  {
    name: "numbers that are read otherwise",
    counts: "autoscalers",
    size: 400,
    exit: 1,
    files: (size) => several(size, numbers, hpaWith),
  },
  {
    name: "quantities that are none",
    counts: "Deployments",
    size: 100,
    exit: 1,
    files: (size) =>
      several(size, quantities, (value) => deployment("a").replace(/memory: \S+/, `memory: ${value || '""'}`)),
  },
  {
    name: "templates and marks of a merge",
    counts: "documents",
    size: 1000,
    exit: 1,
    files: (size) =>
      several(
        size,
        [
          "a:\n{{- if .Values.b }}\n  c: 1\n{{- end }}\n",
          "a: {{ toYaml .x | nindent 2 }}\n",
          "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n",
          "{% if x %}\na: 1\n{% endif %}\n",
          "a: $(X) ${Y}\n",
        ],
        (value) => value,
      ),
  },
  { name: "YAML in YAML in YAML", counts: "levels", size: 12, exit: 1, files: (size) => one(nestedConfigMaps(size)) },
  {
    name: "schemas by address",
    counts: "files",
    size: 100,
    exit: 1,
    files: (size) =>
      Object.fromEntries(
        range(size).map((i) => [
          `f${i}.yaml`,
          `# yaml-language-server: $schema=http://127.0.0.1:9/${i}\n$schema: file:///etc/passwd\na: 1\n`,
        ]),
      ),
  },
  {
    name: "autoscalers on one target",
    counts: "autoscalers",
    size: 500,
    exit: 1,
    files: (size) => ({
      "d.yaml": deployment("app"),
      ...Object.fromEntries(range(size).map((i) => [`h${i}.yaml`, autoscaler(`h${i}`, "app")])),
    }),
  },
  {
    name: "one name in many files",
    counts: "files",
    size: 500,
    exit: 1,
    files: (size) => Object.fromEntries(range(size).map((i) => [`d${i}.yaml`, deployment("app")])),
  },
  {
    name: "files",
    counts: "files",
    size: 2500,
    exit: 1,
    files: (size) => Object.fromEntries(range(size).map((i) => [`f${i}.yaml`, `a: ${i}\n`])),
  },
  {
    name: "exceptions and settings that contradict",
    counts: "rules",
    size: 2000,
    exit: 1,
    files: (size) => ({
      "headroom.config.yaml": `rules:\n${lines(size, (i) => `  no/such-rule-${i}: error\n`)}`,
      "hostile.yaml": `# headroom-disable-file\n${lines(size, (i) => `# headroom-disable-next-line no/such-${i}\na${i}: 1\n`)}`,
    }),
  },
  {
    name: "a query in brackets",
    counts: "levels",
    size: 1000,
    exit: 1,
    files: (size) =>
      one(
        `apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: a}\nspec:\n  scaleTargetRef: {name: a}\n  triggers:\n    - type: prometheus\n      metadata:\n        serverAddress: http://p:9090\n        threshold: "1"\n        query: ${"(".repeat(size)}up${")".repeat(size)}\n`,
      ),
  },
];
