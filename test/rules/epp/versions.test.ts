import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Files } from "../../support/lint.ts";
import { epp, mended, messages, running, said } from "./support.ts";

const old = "inference.networking.x-k8s.io/v1alpha1";
const file = (text: string, apiVersion?: string): Files => ({ "epp.yaml": epp(text, apiVersion) });
const on = (router: string | undefined, files: Files): Files => ({
  ...files,
  ...(router === undefined ? {} : running(router)),
});

describe("the saturation detector's place", () => {
  const rule = "epp/saturation-detector";
  const plugins = "plugins:\n- type: queue-scorer\n";
  const inline = `${plugins}saturationDetector:\n  queueDepthThreshold: 5\n  kvCacheUtilThreshold: 0.80\n`;
  const named = `${plugins}- type: utilization-detector\nsaturationDetector:\n  pluginRef: utilization-detector\n`;
  const table: [title: string, text: string, router: string | undefined, ...said: string[]][] = [
    ["thresholds in GIE 1.3", inline, "gie-1.3"],
    ["thresholds in 0.7", inline, "0.7"],
    ["thresholds in 0.8", inline, "0.8", "error saturationDetector"],
    ["thresholds in 0.10", inline, "0.10", "error saturationDetector"],
    ["thresholds, when nobody knows the router", inline, undefined],
    ["a reference in 0.7", named, "0.7", "error saturationDetector"],
    ["a reference in 0.8", named, "0.8"],
    ["a reference in 0.9", named, "0.9", "warning saturationDetector"],
    ["nothing in it", `${plugins}saturationDetector: {}`, "0.10"],
    ["what is filled in later", `${plugins}saturationDetector: "{{ .detector }}"`, "0.10"],
  ];
  for (const [title, text, router, ...expected] of table)
    test(title, () => assert.deepEqual(said(rule, on(router, file(text, old))), expected));

  test("thresholds become a plugin where 0.9 looks for it", () => {
    assert.equal(
      mended(rule, on("0.10", file(inline)), "Make the thresholds a plugin")["epp.yaml"],
      epp(`${plugins}- type: utilization-detector
  parameters:
    queueDepthThreshold: 5
    kvCacheUtilThreshold: 0.80
flowControl:
  saturationDetector:
    pluginRef: utilization-detector`),
    );
  });

  test("thresholds become a plugin where 0.8 looks for it", () => {
    const after = mended(rule, on("0.8", file(inline, old)), "Make the thresholds a plugin")["epp.yaml"] ?? "";
    assert.match(after, /\nsaturationDetector:\s*\{pluginRef: utilization-detector\}\n$/);
  });

  test("beside a flowControl that is there the fix adds to it", () => {
    const files = on("0.10", file(`featureGates: [flowControl]\n${inline}flowControl: {maxRequests: 5}\n`));
    const after = mended(rule, files, "Make the thresholds a plugin")["epp.yaml"] ?? "";
    assert.match(
      after,
      /flowControl: \{maxRequests: 5, saturationDetector: \{ pluginRef: utilization-detector \}\}\n$/,
    );
    assert.doesNotMatch(after, /^saturationDetector/m);
  });

  test("no fix loses a comment or a plugin that is there", () => {
    const commented = on("0.10", file(inline.replace("5\n", "5 # measured\n")));
    const declared = on("0.10", file(inline.replace("- type: queue-scorer\n", "- type: utilization-detector\n")));
    for (const files of [commented, declared]) assert.throws(() => mended(rule, files, "any"), /there is no fix/);
  });

  test("a reference moves", () => {
    const after = mended(rule, on("0.9", file(named)), "Move it below flowControl")["epp.yaml"] ?? "";
    assert.equal(
      after,
      epp(named.replace("saturationDetector:\n  pluginRef", "flowControl:\n  saturationDetector:\n    pluginRef")),
    );
  });
});

describe("feature gates", () => {
  const rule = "epp/feature-gate";
  const table: [gates: string, router: string | undefined, ...said: string[]][] = [
    ["[flowControl, haPopulateNonLeaderDatastore=false]", "0.10"],
    ["[dataLayer]", "0.9"],
    ["[dataLayer]", "0.10", "error dataLayer"],
    ["[dataLayer=false]", "0.10", "error dataLayer=false"],
    ["[dataLayer]", undefined],
    ["[enableLegacyMetrics]", "0.8"],
    ["[enableLegacyMetrics]", "0.7", "error enableLegacyMetrics"],
    ["[enableLegacyMetrics]", "0.9", "error enableLegacyMetrics"],
    ["[prepareDataPlugins]", "gie-1.3"],
    ["[prepareDataPlugins]", "gie-1.2", "error prepareDataPlugins"],
    ['["{{ .gate }}", dataLayer]', "0.10"],
  ];
  for (const [gates, router, ...expected] of table)
    test(`${gates} in ${router ?? "a router that nobody knows"}`, () => {
      assert.deepEqual(
        said(rule, on(router, file(`featureGates: ${gates}\nplugins: [{type: queue-scorer}]`, old))),
        expected,
      );
    });

  test("a router of 0.9 or newer may be 0.9", () => {
    assert.deepEqual(said(rule, file("featureGates: [dataLayer]\nplugins: [{type: queue-scorer}]")), []);
  });

  test("the fix takes the gate, or the list with the only one", () => {
    const plugins = "plugins: [{type: queue-scorer}]";
    const after = (gates: string) =>
      mended(rule, on("0.10", file(`featureGates: ${gates}\n${plugins}`)), "Delete dataLayer");
    assert.equal(after("[dataLayer]")["epp.yaml"], epp(plugins));
    assert.equal(after("[flowControl, dataLayer]")["epp.yaml"], epp(`featureGates: [flowControl]\n${plugins}`));
  });
});

describe("settings of flow control", () => {
  const rule = "epp/flow-control-ignored";
  const table: [title: string, text: string, router: string | undefined, ...said: string[]][] = [
    ["with the gate", "featureGates: [flowControl]\nflowControl: {maxRequests: 5}", "0.10"],
    ["without the gate", "flowControl: {maxRequests: 5}", "0.10", "warning flowControl"],
    [
      "with the gate off",
      "featureGates: [flowControl=false]\nflowControl: {maxRequests: 5}",
      "0.10",
      "warning flowControl",
    ],
    ["of which all are read", "flowControl: {saturationDetector: {pluginRef: utilization-detector}}", "0.10"],
    ["with gates that are filled in later", 'featureGates: "{{ .gates }}"\nflowControl: {maxRequests: 5}', "0.10"],
    ["where the environment may switch it on", "flowControl: {maxRequests: 5}", "0.8"],
    ["of a router that nobody knows", "flowControl: {maxRequests: 5}", undefined],
  ];
  for (const [title, text, router, ...expected] of table)
    test(title, () => {
      const files = on(router, file(`${text}\nplugins: [{type: queue-scorer}]`, old));
      assert.deepEqual(said(rule, files), expected);
    });

  test("the fix adds the gate to the others, or the list", () => {
    const rest = "plugins: [{type: queue-scorer}]\nflowControl: {maxRequests: 5}";
    assert.equal(
      mended(rule, file(rest), "Switch flow control on")["epp.yaml"],
      epp(`${rest}\nfeatureGates: [flowControl]`),
    );
    assert.equal(
      mended(rule, file(`featureGates: [haPopulateNonLeaderDatastore]\n${rest}`), "Switch flow control on")["epp.yaml"],
      epp(`featureGates: [haPopulateNonLeaderDatastore, flowControl]\n${rest}`),
    );
  });
});

describe("the apiVersion of before", () => {
  const rule = "epp/old-api-version";
  test("is deprecated from 0.9 on", () => {
    const text = "plugins: [{type: queue-scorer}]";
    assert.deepEqual(said(rule, on("0.9", file(text, old))), [`warning ${old}`]);
    assert.deepEqual(said(rule, on("0.8", file(text, old))), []);
    assert.deepEqual(said(rule, file(text, old)), []);
    assert.deepEqual(said(rule, on("0.9", file(text))), []);
    assert.equal(mended(rule, on("0.9", file(text, old)), "Write llm-d.ai/v1alpha1")["epp.yaml"], epp(text));
  });
});

describe("the KV cache's threshold", () => {
  const rule = "epp/kv-threshold";
  const plugin = (value: string) =>
    file(`plugins: [{type: utilization-detector, parameters: {kvCacheUtilThreshold: ${value}}}]`, old);
  const inline = (value: string) => file(`saturationDetector: {kvCacheUtilThreshold: ${value}}`, old);
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["0.8", plugin("0.8")],
    ["0.95", plugin("0.95"), "info 0.95"],
    ["1", plugin("1"), "info 1"],
    ["1.01", plugin("1.01"), "error 1.01"],
    ["80", plugin("80"), "error 80"],
    ["0", plugin("0"), "error 0"],
    ["80 in saturationDetector", inline("80"), "warning 80"],
    ["0 in saturationDetector", inline("0")],
    ["what is filled in later", plugin('"{{ .kv }}"')],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  test("a percentage becomes a fraction", () => {
    assert.deepEqual(mended(rule, plugin("80"), "Write 0.8"), plugin("0.8"));
    assert.match(messages(rule, plugin("80"))[0] ?? "", /Write 0\.8 for 80 %\.$/);
  });
});

describe("what has no effect", () => {
  const producer = (size: string) =>
    file(`plugins: [{type: approx-prefix-cache-producer, parameters: {blockSizeTokens: ${size}}}]`);
  test("blocks below 64 tokens", () => {
    assert.deepEqual(said("epp/small-blocks", producer("16")), ["info 16"]);
    assert.deepEqual(said("epp/small-blocks", producer("63")), ["info 63"]);
    assert.deepEqual(said("epp/small-blocks", producer("64")), []);
    assert.deepEqual(mended("epp/small-blocks", producer("16"), "Write 64"), producer("64"));
  });

  const profile = (entries: string) =>
    file(`plugins: [{type: queue-scorer}, {type: token-producer}, {type: max-score-picker}, {type: own}]
schedulingProfiles: [{name: a, plugins: [{pluginRef: queue-scorer, weight: 2}, {pluginRef: max-score-picker}${entries}]}]`);
  const rule = "epp/without-effect";
  const table: [title: string, entries: string, ...said: string[]][] = [
    ["nothing of what a profile runs", ""],
    ["a producer in a profile", ", {pluginRef: token-producer}", "info token-producer"],
    ["a weight on a picker", ", {pluginRef: max-score-picker, weight: 3}", "info 3"],
    ["nothing of a type of one's own", ", {pluginRef: own, weight: 3}"],
  ];
  for (const [title, entries, ...expected] of table)
    test(title, () => assert.deepEqual(said(rule, profile(entries)), expected));

  test("goes by the fix", () => {
    assert.deepEqual(mended(rule, profile(", {pluginRef: token-producer}"), "Delete it from the profile"), profile(""));
  });
});

describe("plugins that no profile refers to", () => {
  const rule = "epp/unused-plugin";
  const plugins = (more: string) => `plugins: [{type: queue-scorer}${more}]\n`;
  const profile = "schedulingProfiles: [{name: a, plugins: [{pluginRef: queue-scorer}]}]";
  const table: [title: string, text: string, ...said: string[]][] = [
    ["a scorer", plugins(", {type: load-aware-scorer}") + profile, "warning load-aware-scorer"],
    ["a scorer with a name", plugins(", {type: queue-scorer, name: b}") + profile, "warning b"],
    ["all without profiles, which are used", plugins(", {type: load-aware-scorer}")],
    ["a picker that a profile without one takes", plugins(", {type: random-picker}") + profile],
    [
      "a picker beside profiles with another",
      `${plugins(", {type: random-picker}, {type: max-score-picker}")}schedulingProfiles: [{name: a, plugins: [{pluginRef: max-score-picker}, {pluginRef: queue-scorer}]}]`,
      "warning random-picker",
    ],
    ["a producer", plugins(", {type: token-producer}") + profile],
    ["a detector, which is a filter too", plugins(", {type: utilization-detector}") + profile],
    ["a scorer that makes data too", plugins(", {type: precise-prefix-cache-scorer}") + profile],
    ["a type of one's own", plugins(", {type: own-scorer}") + profile],
    [
      "a scorer beside a misspelt reference",
      `${plugins("")}schedulingProfiles: [{name: a, plugins: [{pluginRef: queue-scorr}]}]`,
    ],
  ];
  for (const [title, text, ...expected] of table) test(title, () => assert.deepEqual(said(rule, file(text)), expected));
});
