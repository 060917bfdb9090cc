import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig } from "../../server/config/read-config.ts";
import { Settings } from "../../server/config/settings.ts";
import { mapAt } from "../../server/text/read.ts";
import { readFile } from "../support/documents.ts";

function settings(text: string, path = "headroom.config.yaml"): Settings {
  const root = mapAt(readFile(text).documents[0]?.root);
  assert.ok(root !== undefined);
  return new Settings(readConfig(root, path).config);
}

function problems(text: string): string[] {
  const root = mapAt(readFile(text).documents[0]?.root);
  return root === undefined
    ? []
    : readConfig(root, "headroom.config.yaml").problems.map(({ message, instead }) => `${message} ${instead}`);
}

describe("the environment of a file", () => {
  test("is what its path says, nearest word first, else production", () => {
    const none = new Settings();
    assert.equal(none.environment("overlays/dev/hpa.yaml"), "development");
    assert.equal(none.environment("dev/prod/hpa.yaml"), "production");
    assert.equal(none.environment("hpa-staging.yaml"), "staging");
    assert.equal(none.environment("device/stages/hpa.yaml"), "production");
    assert.equal(none.environment("constructor/hpa.yaml"), "production");
  });

  test("is what the first matching glob says", () => {
    const some = settings('environments: {"clusters/eu-*/**": staging, "clusters/**": e2e}\n');
    assert.equal(some.environment("clusters/eu-1/hpa.yaml"), "staging");
    assert.equal(some.environment("clusters/us-1/hpa.yaml"), "e2e");
    assert.equal(some.environment("dev/hpa.yaml"), "development");
  });
});

describe("settings", () => {
  test("pod start-up is one span or a map of globs", () => {
    assert.equal(settings("podStartup: 240s\n").podStartup("a.yaml"), 240);
    assert.equal(settings("podStartup: 240\n").podStartup("a.yaml"), 240);
    assert.equal(settings('podStartup: {"big/**": 7m}\n').podStartup("big/a.yaml"), 420);
    assert.equal(settings('podStartup: {"big/**": 7m}\n').podStartup("a.yaml"), undefined);
  });

  test("the last override of a rule wins over the rules section", () => {
    const some = settings(`rules: {a/a: warning, b/b: "off"}
overrides:
  - {files: "legacy/**", rules: {a/a: info}}
  - {files: ["legacy/old/**"], rules: {a/a: "off"}}
`);
    assert.equal(some.severity("a/a", "x.yaml"), "warning");
    assert.equal(some.severity("a/a", "legacy/x.yaml"), "info");
    assert.equal(some.severity("a/a", "legacy/old/x.yaml"), "off");
    assert.equal(some.severity("b/b", "x.yaml"), "off");
    assert.equal(some.severity("c/c", "x.yaml"), undefined);
  });

  test("globs are relative to the file that holds them", () => {
    const some = settings('ignore: ["generated/**"]\n', "team/headroom.config.yaml");
    assert.equal(some.ignores("team/generated/a.yaml"), true);
    assert.equal(some.ignores("generated/a.yaml"), false);
  });

  test("GPUs have facts, and a price with its day", () => {
    const [known, own] = settings(
      "gpus: {H100-SXM: {price: 4.1, priceDate: 2026-11-09}, lab: {memoryGib: 47.5, names: [LAB-48]}}\n",
    ).gpus;
    assert.deepEqual(known?.price, { dollarsPerGpuHour: 4.1, date: "2026-11-09", seller: undefined });
    assert.deepEqual([own?.name, own?.memoryGib, own?.names, own?.price], ["lab", 47.5, ["LAB-48"], undefined]);
  });

  test("a model is a path, or fields", () => {
    const [file, fields] = settings(
      "models: {a/file: m/config.json, a/fields: {num_hidden_layers: 32, layer_types: [full_attention], parameters: 8e9}}\n",
    ).models;
    assert.deepEqual([file?.id, file?.config], ["a/file", "m/config.json"]);
    assert.equal(fields?.parameters, 8e9);
    assert.equal(fields?.fields["num_hidden_layers"], 32);
    assert.deepEqual(fields?.fields["layer_types"], ["full_attention"]);
  });

  test("versions may be numbers", () => {
    assert.equal(settings("versions: {wva: 0.5.1, keda: 2.18}\n").version("keda"), "2.18");
  });
});

describe("what a configuration file may not say", () => {
  const table: [string, RegExp][] = [
    ["verions: {}\n", /"verions" is no section.*versions$/],
    ["versions: {kedaa: 2.18}\n", /"kedaa" is no product.*keda$/],
    ['environments: {"a/**": prod}\n', /"prod" is no environment/],
    ["rules: {a/a: err}\n", /"err" is no severity/],
    ["podStartup: soon\n", /"soon" is no time span/],
    ["gpus: {L4: {prize: 1}}\n", /"prize" is no fact of a GPU.*price$/],
    ["gpus: {L4: {price: 1}}\n", /a price needs the day it is from/],
    ["gpus: {L4: {price: 1, priceDate: yesterday}}\n", /a price needs the day it is from/],
    ["gpus: {own: {memoryGib: much}}\n", /"much" is no number above 0/],
    ["models: {own: []}\n", /a model is the path of its config.json/],
  ];
  for (const [text, expected] of table) {
    test(text.trim(), () => {
      assert.equal(problems(text).length, 1);
      assert.match(problems(text)[0] ?? "", expected);
    });
  }
});
