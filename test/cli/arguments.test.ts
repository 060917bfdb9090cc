import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parse } from "../../server/cli/arguments.ts";

const options = {
  format: { of: ["text", "json"], says: "" },
  "fail-on": { of: ["error", "warning", "info", "never"], says: "" },
  "no-color": { says: "" },
  help: { says: "" },
  out: { takes: "DIR", says: "" },
  clientProcessId: { says: "", unlisted: true },
} as const;

const usual = {
  format: "text",
  "fail-on": "error",
  "no-color": false,
  help: false,
  out: undefined,
  clientProcessId: false,
};

describe("arguments", () => {
  const understood: [argv: string[], values: object, operands: string[]][] = [
    [[], {}, []],
    [["base", "overlays/prod"], {}, ["base", "overlays/prod"]],
    [["-"], {}, ["-"]],
    [["--format", "json", "base"], { format: "json" }, ["base"]],
    [["base", "--format=json"], { format: "json" }, ["base"]],
    [["--fail-on", "error", "--fail-on", "never"], { "fail-on": "never" }, []],
    [["--no-color", "-h"], { "no-color": true, help: true }, []],
    [["--", "--format", "-x.yaml"], {}, ["--format", "-x.yaml"]],
    [["--out", "deploy/chat", "base"], { out: "deploy/chat" }, ["base"]],
    [["--out=-x", "--out="], { out: "" }, []],
    [["--clientProcessId=7"], { clientProcessId: "7" }, []],
    [["__proto__", "constructor"], {}, ["__proto__", "constructor"]],
  ];
  for (const [argv, values, operands] of understood) {
    it(`understands ${JSON.stringify(argv)}`, () => {
      assert.deepEqual(parse(options, argv), { values: { ...usual, ...values }, positionals: operands });
    });
  }

  const mistakes: [argv: string[], mistake: string][] = [
    [["--fromat", "json"], "There is no option --fromat here. Did you mean --format?"],
    [["--failon=error"], "There is no option --failon here. Did you mean --fail-on?"],
    [["-x"], "There is no option -x here. It may be --format, --fail-on, --no-color, --help or --out."],
    [
      ["--__proto__"],
      "There is no option --__proto__ here. It may be --format, --fail-on, --no-color, --help or --out.",
    ],
    [
      ["--constructor"],
      "There is no option --constructor here. It may be --format, --fail-on, --no-color, --help or --out.",
    ],
    [["--format", "jsn"], '--format takes text or json, not "jsn". Did you mean json?'],
    [["--format", "sarif"], '--format takes text or json, not "sarif".'],
    [["--format"], "--format needs a value: text or json."],
    [["--format="], '--format takes text or json, not "".'],
    [["--format", "--no-color"], "--format needs a value: text or json."],
    [["--out"], "--out needs a value: DIR."],
    [["--out", "--help"], "--out needs a value: DIR."],
    [["--no-color=yes"], "--no-color takes no value."],
    [["--fail-on", "err"], '--fail-on takes error, warning, info or never, not "err".'],
  ];
  for (const [argv, mistake] of mistakes) {
    it(`says what is wrong with ${JSON.stringify(argv)}`, () => assert.deepEqual(parse(options, argv), { mistake }));
  }
});
