import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../../support/lint.ts";
import { said, workspace } from "./stack.ts";

const head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: acme-wva-saturation-scaling-config}\ndata:\n";
const full = "kvCacheThreshold: 0.8\nqueueLengthThreshold: 5\nkvSpareTrigger: 0.1\nqueueSpareTrigger: 3";

/** The ConfigMap with entries; the first line of `default` is line 6. */
function saturation(entries: Record<string, string>): string {
  const data = Object.entries(entries).map(
    ([key, text]) => `  ${JSON.stringify(key)}: |\n${text.replace(/^/gm, "    ")}`,
  );
  return `${head}${data.join("\n")}\n`;
}

/** The rules that warn of a ConfigMap. */
function rulesOf(entries: Record<string, string>, wva?: string): string[] {
  return lint(workspace(saturation(entries), wva)).map(({ rule }) => rule);
}

function messages(entries: Record<string, string>, wva?: string): string[] {
  return lint(workspace(saturation(entries), wva)).map(({ message }) => message);
}

describe("an entry that WVA refuses", () => {
  const found = (entry: string, wva?: string) =>
    said("wva/entry-refused", workspace(saturation({ default: entry }), wva)).map((line) => line.split("\n")[0]);

  test("has the token thresholds the wrong way round, or equal", () => {
    const tokens = (up: string, down: string) =>
      `analyzerName: saturation\n${full}\nscaleUpThreshold: ${up}\nscaleDownBoundary: ${down}`;
    assert.deepEqual(found(tokens("0.85", "0.7"), "0.5.1"), []);
    assert.deepEqual(found(tokens("0.7", "0.7"), "0.5.1"), ["error 11 0.7"]);
    assert.deepEqual(found(tokens("0.6", "0.7"), "0.8"), ["error 11 0.6"]);
    assert.deepEqual(found(tokens("0.6", "0.7")), []);
    assert.deepEqual(found(tokens("${UP}", "0.7"), "0.8"), []);
  });

  test("lacks the token thresholds in 0.5.1, which later versions fill in", () => {
    const entry = `analyzerName: saturation\n${full}`;
    assert.deepEqual(messages({ default: entry }, "0.5.1"), [
      'Entry "default": analyzerName saturation needs scaleUpThreshold and scaleDownBoundary, and WVA 0.5.1 fills nothing in before it validates. WVA 0.5.1 drops the entry and skips every model. Write scaleUpThreshold: 0.85 and scaleDownBoundary: 0.70.',
    ]);
    assert.deepEqual(rulesOf({ default: entry }, "0.8"), []);
    assert.deepEqual(found(`${entry}\nscaleUpThreshold: 0.6`, "0.8"), ["error 11 0.6"]);
    assert.deepEqual(found(entry, "0.5"), []);
  });

  test("leaves kvCacheThreshold out where nothing is built in", () => {
    const entry = "queueLengthThreshold: 5\nkvSpareTrigger: 0.1\nqueueSpareTrigger: 3";
    assert.deepEqual(found(entry, "0.5.1"), ["error 7 0.1"]);
    assert.deepEqual(rulesOf({ default: entry }, "0.5.1"), ["wva/entry-refused"]);
    assert.deepEqual(rulesOf({ default: entry }, "0.8"), []);
  });

  test("is told once where a number is out of range", () => {
    assert.deepEqual(rulesOf({ default: full.replace("0.8", "1.8") }, "0.5.1"), ["schema/wrong-value"]);
    assert.deepEqual(rulesOf({ default: full.replace(": 5", ": -1") }, "0.5.1"), ["schema/wrong-value"]);
  });
});

describe("a default that is left half empty", () => {
  test("has one trigger in 0.5", () => {
    const entry = full.replace("\nkvSpareTrigger: 0.1", "");
    assert.deepEqual(messages({ default: entry }, "0.5.0"), [
      'Entry "default": kvSpareTrigger is left out beside queueSpareTrigger, and WVA 0.5 takes 0: a full KV cache alone never scales up. Write kvSpareTrigger: 0.10.',
    ]);
    assert.deepEqual(rulesOf({ default: entry }, "0.6"), []);
    assert.deepEqual(rulesOf({ default: entry }), []);
  });

  test("by a misspelt name is one mistake", () => {
    for (const key of ["kvCacheThreshold", "queueLengthThreshold", "kvSpareTrigger", "queueSpareTrigger"]) {
      const entry = full.replace(key, `${key.slice(0, -3)}${key.slice(-2)}`);
      assert.deepEqual(rulesOf({ default: entry }, "0.5.1"), ["schema/unknown-key"], key);
    }
  });
});

describe("an entry beside default", () => {
  const override = "model_id: meta/llama\nnamespace: prod\nkvCacheThreshold: 0.7";

  test("is never read from 0.5 on", () => {
    for (const wva of ["0.5.1", "0.6", "0.9"])
      assert.deepEqual(rulesOf({ default: full, llama: override }, wva), ["wva/entry-never-read"], wva);
    assert.deepEqual(rulesOf({ default: full, llama: override }), []);
  });

  test("is found in 0.4 by its model and namespace", () => {
    assert.deepEqual(rulesOf({ default: full, llama: override }, "0.4.2"), []);
    assert.deepEqual(messages({ default: full, llama: "model_id: meta/llama\nkvCacheThreshold: 0.7" }, "0.4.2"), [
      'ConfigMap "acme-wva-saturation-scaling-config": WVA 0.4.2 finds an override by model_id and namespace, and "llama" lacks namespace: the entry has no effect. Write namespace.',
    ]);
  });

  test("has a name that Kubernetes allows, whatever the version", () => {
    for (const wva of ["0.4", "0.8", undefined])
      assert.deepEqual(rulesOf({ default: full, "meta/llama#prod": override }, wva), ["wva/entry-never-read"]);
    assert.deepEqual(rulesOf({ default: full, "meta-llama_3.1": override }), []);
  });

  test("and no default leaves 0.5 without numbers", () => {
    assert.deepEqual(rulesOf({ llama: override }, "0.5.1"), ["wva/entry-never-read"]);
    assert.deepEqual(rulesOf({ llama: override }, "0.4"), []);
  });

  test("that is never read is not judged by its triggers", () => {
    const wrong = "queueLengthThreshold: 2\nqueueSpareTrigger: 5";
    assert.deepEqual(rulesOf({ default: full, llama: wrong }, "0.5.1"), ["wva/entry-never-read"]);
    assert.deepEqual(rulesOf({ default: full, llama: wrong }), ["wva/trigger-unreachable"]);
  });
});

describe("a cache trigger above its threshold", () => {
  const told = (wva?: string) => messages({ default: full.replace("0.1", "0.9") }, wva)[0];

  test("has the consequence of the version that runs", () => {
    assert.match(told("0.5.1") ?? "", /WVA 0\.5\.1 rejects the entry, skips every model, and nothing scales\./);
    assert.match(told("0.8") ?? "", /WVA 0\.8 rejects the entry and goes on as if it were not there\./);
    assert.match(told() ?? "", /version 0\.5 then skips the model/);
  });
});

describe("the interval of WVA", () => {
  const found = (interval: string, wva?: string) => {
    const yaml = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wva-variantautoscaling-config}\ndata:\n  GLOBAL_OPT_INTERVAL: ${interval}\n`;
    return said("wva/interval-without-effect", workspace(yaml, wva));
  };

  test("has no effect in 0.5", () => {
    assert.deepEqual(found("60s", "0.5.1"), ["info 5 60s"]);
    assert.deepEqual(found("30s", "0.5.1"), []);
    for (const wva of ["0.4.2", "0.9", undefined]) assert.deepEqual(found("60s", wva), []);
  });

  test("without a unit is the schema's to tell", () => {
    assert.deepEqual(found('"120"', "0.5.1"), []);
    assert.deepEqual(found("${INTERVAL}", "0.5.1"), []);
  });
});

describe("the name of the saturation ConfigMap", () => {
  const found = (name: string, wva?: string) =>
    said(
      "wva/config-map-name",
      workspace(saturation({ default: full }).replace("acme-wva-saturation-scaling-config", name), wva),
    );
  const right: Readonly<Record<string, readonly string[]>> = {
    "0.4.2": ["capacity-scaling-config"],
    "0.5.0": ["saturation-scaling-config"],
    "0.5.1": ["wva-saturation-scaling-config"],
    "0.5": ["saturation-scaling-config", "wva-saturation-scaling-config"],
    "0.9": ["wva-saturation-scaling-config"],
  };
  const all = [
    "capacity-scaling-config",
    "saturation-scaling-config",
    "wva-saturation-scaling-config",
    "wva-saturation-config",
  ];

  for (const [wva, names] of Object.entries(right)) {
    test(`of ${wva} is ${names.join(" or ")}`, () => {
      assert.deepEqual(
        all.filter((name) => found(name, wva).length === 0),
        names,
      );
    });
  }

  test("is silent without a version and with a prefix", () => {
    for (const name of all) assert.deepEqual(found(name), []);
    assert.deepEqual(found("release-capacity-scaling-config", "0.9"), []);
  });
});

describe("KV thresholds that are late", () => {
  const found = (threshold: string, spare: string) =>
    said(
      "wva/late-thresholds",
      workspace(saturation({ default: full.replace("0.8", threshold).replace("0.1", spare) })),
    );

  test("begin at 0.95 and below 0.05", () => {
    assert.deepEqual(found("0.94", "0.05"), []);
    assert.deepEqual(found("0.95", "0.05"), ["warning 6 0.95"]);
    assert.deepEqual(found("0.80", "0.049"), ["warning 8 0.049"]);
    assert.deepEqual(found("0.95", "0.02"), ["warning 6 0.95"]);
  });

  test("are silent for values that are filled in, out of range or 0", () => {
    for (const [threshold, spare] of [
      ["${KV}", "0.1"],
      ["1.2", "0.1"],
      ["0.8", "0"],
      ["0.8", "-0.1"],
    ] as const)
      assert.deepEqual(found(threshold, spare), []);
  });
});

describe("a misspelt threshold", () => {
  test("is told with what follows in 0.5", () => {
    const entry = full.replace("queueLengthThreshold", "queueLenghtThreshold");
    const [message] = messages({ default: entry }, "0.5.1");
    assert.match(
      message ?? "",
      /In 0\.5\.1 queueLengthThreshold is then 0: every replica counts as saturated, always\.$/,
    );
    assert.doesNotMatch(messages({ default: entry }, "0.8")[0] ?? "", /then 0/);
  });
});

describe("the workload that an annotation names", () => {
  const found = (workload: string) => {
    const yaml = saturation({ default: full }).replace(
      "config}",
      `config, annotations: {headroom.dev/workload: ${workload}}}`,
    );
    return said("wva/workload-profile", workspace(yaml));
  };

  test("has usual numbers", () => {
    assert.deepEqual(found("content"), []);
    assert.deepEqual(found("mixed"), ["info 7 5", "info 8 0.1", "info 9 3"]);
    assert.deepEqual(found("interactive"), ["info 6 0.8", "info 7 5", "info 8 0.1", "info 9 3"]);
    assert.deepEqual(found("__proto__"), ["info 3 __proto__"]);
    assert.deepEqual(found('"${KIND}"'), []);
  });
});
