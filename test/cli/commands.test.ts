import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { version } from "../../package.json";
import { commands } from "../../server/cli/commands/all.ts";
import { rules } from "../../server/rules/registry.ts";
import { say } from "./support/recorder.ts";

const overview = `Headroom checks the Kubernetes YAML of LLM inference stacks before it is
applied.

Usage: headroom <command> [options]

Commands
  lint [paths...]      check manifests
  merge [reports...]   make one report of the parts of headroom lint --shard
  rules                list what is checked
  explain RULE         say what a rule finds, why, and how to mend it
  init [stack]         write the manifests of a stack
  capacity [paths...]  say how much a GPU holds
  simulate [paths...]  say what a stack would do under traffic
  graph [paths...]     draw how a stack hangs together
  completions SHELL    let a shell complete commands, options and names
  lsp --stdio          start the language server, for editors
  help [command]       say more of a command

Options
  --version   which version this is
  --no-color  no colours, as with NO_COLOR=1; FORCE_COLOR=1 forces them
  --help      this text

Examples
  headroom lint
  headroom merge part-*.json
  headroom rules
  headroom explain yaml/duplicate-key
  headroom init wva-hpa --out deploy/chat
  headroom capacity --model Qwen/Qwen3-32B --gpu H100 --tp 2
  headroom simulate examples/production --target qwen3-32b-decode
  headroom graph overlays/prod > stack.mmd
  headroom completions bash
  headroom lsp --stdio
`;

const names = [...commands.map(({ name }) => name), "help"].join(", ");

describe("headroom", () => {
  for (const argv of [["--help"], ["-h"], ["help"]]) {
    it(`${argv} says what it can do`, async () => {
      assert.deepEqual(await say(argv), { exit: 0, out: overview, err: "" });
    });
  }

  it("without a command has done nothing, and says so by its exit code", async () => {
    assert.deepEqual(await say([]), { exit: 2, out: "", err: overview });
  });

  for (const argv of [["--version"], ["-v"]]) {
    it(`${argv} prints the version alone`, async () => {
      assert.deepEqual(await say(argv), { exit: 0, out: `${version}\n`, err: "" });
    });
  }

  const mistakes: [argv: string[], err: string][] = [
    [["lnit"], 'There is no command "lnit". Did you mean headroom lint?'],
    [["rule"], 'There is no command "rule". Did you mean headroom rules?'],
    [["base/hpa.yaml"], 'There is no command "base/hpa.yaml". Did you mean headroom lint base/hpa.yaml?'],
    [["-"], 'There is no command "-". Did you mean headroom lint -?'],
    [["deploy"], `There is no command "deploy". It may be ${names}. See headroom --help.`],
    [["__proto__"], `There is no command "__proto__". It may be ${names}. See headroom --help.`],
    [["\x1b[2J"], `There is no command "␛[2J". It may be ${names}. See headroom --help.`],
    [["--json"], 'There is no option "--json" here: options stand behind the command. See headroom --help.'],
    [["help", "lnit"], 'There is no command "lnit". Did you mean headroom lint?'],
    [["lint", "--fromat=json"], "There is no option --fromat here. Did you mean --format? See headroom help lint."],
    [
      ["lint", "--format", "xml"],
      '--format takes text, json, sarif, junit, github, gitlab, checkstyle or markdown, not "xml". See headroom help lint.',
    ],
    [
      ["lint", "--\x1b[2J"],
      "There is no option --␛[2J here. It may be --format, --fail-on, --max-warnings, --quiet, --baseline, --update-baseline, --rule, --changed, --shard, --markdown, --kustomize, --helm, --values, --watch, --fix, --fix-dry-run, --stdin-filename, --print-config, --no-color or --help. See headroom help lint.",
    ],
    [["rules", "hpa"], '"hpa" is more than headroom rules takes. See headroom help rules.'],
    [["explain", "a", "b"], '"b" is more than headroom explain takes. See headroom help explain.'],
    [["explain"], "Which rule? headroom explain RULE; headroom rules lists them."],
    [["explain", "yaml/duplicate-keys"], 'There is no rule "yaml/duplicate-keys". Did you mean yaml/duplicate-key?'],
    [["explain", "duplicate-key"], 'There is no rule "duplicate-key". Did you mean yaml/duplicate-key?'],
    [["explain", "duplicat-key"], 'There is no rule "duplicat-key". Did you mean yaml/duplicate-key?'],
    [["explain", "nothing/like-it"], 'There is no rule "nothing/like-it". headroom rules lists them.'],
    [["lsp"], "The language server speaks over standard input and output: headroom lsp --stdio"],
    [["lsp", "--sdtio"], "There is no option --sdtio here. Did you mean --stdio? See headroom help lsp."],
  ];
  for (const [argv, err] of mistakes) {
    it(`${JSON.stringify(argv)} is a mistake, told in one line`, async () => {
      assert.deepEqual(await say(argv), { exit: 2, out: "", err: `${err}\n` });
    });
  }

  it("lsp --stdio starts the server, with whatever process id an editor passes along", async () => {
    for (const argv of [["--stdio"], ["--stdio", "--clientProcessId=1234"], ["--clientProcessId", "1234", "--stdio"]]) {
      assert.deepEqual(await say(["lsp", ...argv]), { exit: 0, out: "(server)", err: "" });
    }
  });
});

describe("help", () => {
  for (const { name } of commands) {
    it(`of ${name} is the same however it is asked for, and fits its terminal`, async () => {
      const help = await say(["help", name]);
      assert.deepEqual(await say([name, "--help"]), help);
      assert.deepEqual(await say([name, "-h", "--no-color"]), help);
      assert.equal(help.exit, 0);
      assert.match(help.out, new RegExp(`^Usage: headroom ${name} `));
      for (const line of help.out.split("\n")) assert.ok(line.length <= 80, line);
    });
  }

  it("of lint tells all that a pipeline has to know", async () => {
    const { out } = await say(["lint", "--help"], { width: 100 });
    assert.match(out, /\n {2}--format NAME\[=FILE\] +how findings are told: text, json, sarif, .*\(default\s+text\)/s);
    assert.match(
      out,
      /\n {2}--fail-on error\|warning\|info\|never {2}exit with 1 from this severity on \(default error\)\n/,
    );
    assert.match(out, /only together with what is named/);
    assert.match(out, /The exit code is 0 when nothing was found, 1 .* and 2 /s);
  });
});

describe("headroom rules", () => {
  it("lists every rule below its subject", async () => {
    const { exit, out } = await say(["rules"], { width: 100 });
    assert.equal(exit, 0);
    assert.match(out, /(?:^|\n)yaml\n {2}yaml\/duplicate-key +error +The same key twice in one mapping\n/);
    for (const { id, severity } of rules) assert.match(out, new RegExp(`\\n {2}${id} +${severity} `));
    assert.match(out, new RegExp(`\\n\\n${rules.length} rules\\. headroom explain RULE says more of each\\.\\n$`));
  });

  it("--format json has these keys for each", async () => {
    const { out } = await say(["rules", "--format", "json"]);
    const printed = JSON.parse(out);
    assert.deepEqual(Object.keys(printed), ["version", "rules"]);
    assert.equal(printed.version, 1);
    assert.deepEqual(
      printed.rules.map(({ id }: { id: string }) => id),
      rules.map(({ id }) => id).sort(),
    );
    assert.deepEqual(
      printed.rules.find(({ id }: { id: string }) => id === "hpa/scale-up-window"),
      {
        id: "hpa/scale-up-window",
        severity: "warning",
        title: "Scale-up window shorter than two pod starts",
        refs: ["T-01", "T-03", "T-04", "S1"],
        subject: "hpa",
        fixable: "suggestion",
        docs: "https://github.com/headroom-llm/headroom/blob/main/docs/rules/hpa/scale-up-window.md",
      },
    );
  });
});

describe("headroom explain", () => {
  it("prints the page of a rule", async () => {
    assert.deepEqual(await say(["explain", "yaml/duplicate-key"]), {
      exit: 0,
      err: "",
      out: `yaml/duplicate-key  error, since 0.1.0, expresses VLM-25
The same key twice in one mapping

  A mapping holds one key more than once.

Why
  YAML 1.2 forbids it. kubectl and Go programs refuse the document; Python
  programs silently keep the last value. Either way one of the two values is not
  what runs.

How to mend it
  Keep the value that is meant and delete the other.

Wrong
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: lmcache-config
    data:
      lmcache.yaml: |
        chunk_size: 256
        max_local_cpu_size: 20
        chunk_size: 512 # <-

Right
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: lmcache-config
    data:
      lmcache.yaml: |
        chunk_size: 512
        max_local_cpu_size: 20

Sources
  https://yaml.org/spec/1.2.2/#3213-node-comparison

https://github.com/headroom-llm/headroom/blob/main/docs/rules/yaml/duplicate-key.md
`,
    });
  });

  for (const { id } of rules) {
    it(`has a page of ${id}, and nothing in it acts on the terminal`, async () => {
      const { exit, out } = await say(["explain", id]);
      assert.equal(exit, 0);
      assert.ok(out.startsWith(`${id}  `));
      assert.doesNotMatch(out, /[^\P{C}\n]/u);
    });
  }

  it("is in colour on a terminal, unless --no-color", async () => {
    const argv = ["explain", "yaml/limit"];
    const coloured = await say(argv, { colour: true });
    assert.ok(coloured.out.startsWith("\x1b[1myaml/limit\x1b[22m"));
    assert.deepEqual(await say([...argv, "--no-color"], { colour: true }), await say(argv));
  });
});
