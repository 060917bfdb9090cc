import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { epp, mended, messages, said } from "./support.ts";

const file = (text: string) => ({ "epp.yaml": epp(text) });

describe("names of plugins", () => {
  const rule = "epp/duplicate-name";
  const table: [title: string, plugins: string, ...said: string[]][] = [
    ["one of each", "[{type: queue-scorer}, {type: max-score-picker}]"],
    ["two of one type without names", "[{type: queue-scorer}, {type: queue-scorer}]", "error queue-scorer"],
    [
      "a name beside a type of that name",
      "[{type: queue-scorer}, {type: load-aware-scorer, name: queue-scorer}]",
      "error queue-scorer",
    ],
    ["two of one type, one with a name", "[{type: queue-scorer}, {type: queue-scorer, name: other}]"],
    [
      "an empty name, which counts as none",
      '[{type: queue-scorer}, {type: queue-scorer, name: ""}]',
      "error queue-scorer",
    ],
    ["three of one name", "[{type: a, name: x}, {type: b, name: x}, {type: c, name: x}]", "error x", "error x"],
    ["a name that is filled in later", '[{type: queue-scorer}, {type: queue-scorer, name: "{{ .name }}"}]'],
    ["names of objects' own properties", "[{type: __proto__}, {type: constructor}]"],
  ];
  for (const [title, plugins, ...expected] of table)
    test(title, () => assert.deepEqual(said(rule, file(`plugins: ${plugins}`)), expected));

  test("the fix finds a free name", () => {
    const files = file("plugins:\n  - type: queue-scorer\n  - type: queue-scorer-2\n  - type: queue-scorer # twice\n");
    assert.equal(
      mended(rule, files, "Call it queue-scorer-3")["epp.yaml"],
      epp(
        "plugins:\n  - type: queue-scorer\n  - type: queue-scorer-2\n  - type: queue-scorer # twice\n    name: queue-scorer-3\n",
      ),
    );
  });
});

describe("references to plugins", () => {
  const rule = "epp/missing-plugin";
  const plugins = "plugins: [{type: queue-scorer}, {type: max-score-picker, name: best}]";
  const table: [title: string, text: string, ...said: string[]][] = [
    [
      "by type and by name",
      `${plugins}\nschedulingProfiles: [{name: a, plugins: [{pluginRef: queue-scorer}, {pluginRef: best}]}]`,
    ],
    [
      "by type where there is a name",
      `${plugins}\nschedulingProfiles: [{name: a, plugins: [{pluginRef: max-score-picker}]}]`,
      "error max-score-picker",
    ],
    [
      "a detector that is there by default",
      `${plugins}\nflowControl: {saturationDetector: {pluginRef: utilization-detector}}`,
    ],
    [
      "a detector of a name that nobody has",
      `${plugins}\nflowControl: {saturationDetector: {pluginRef: detector}}`,
      "error detector",
    ],
    ["the usual policies", `${plugins}\nflowControl: {defaultPriorityBand: {orderingPolicyRef: edf-ordering-policy}}`],
    [
      "a decider, which nobody adds",
      "plugins: [{type: disagg-profile-handler, parameters: {deciders: {prefill: always-disagg-pd-decider}}}]\nschedulingProfiles: [{name: decode}]",
      "error always-disagg-pd-decider",
    ],
    ["a part of a configuration", "schedulingProfiles: [{name: a, plugins: [{pluginRef: queue-scorer}]}]"],
    [
      "a list with something filled in later",
      'plugins: [{type: "{{ .type }}"}]\nschedulingProfiles: [{name: a, plugins: [{pluginRef: b}]}]',
    ],
    [
      "a reference that is filled in later",
      `${plugins}\nschedulingProfiles: [{name: a, plugins: [{pluginRef: "\${REF}"}]}]`,
    ],
  ];
  for (const [title, text, ...expected] of table) test(title, () => assert.deepEqual(said(rule, file(text)), expected));

  test("the message says what there is, and what was meant", () => {
    assert.deepEqual(
      messages(rule, file(`${plugins}\nschedulingProfiles: [{name: a, plugins: [{pluginRef: bestt}]}]`)),
      [
        "EndpointPickerConfig: profile a refers to bestt, which is not in plugins: the endpoint picker does not start. Did you mean best? Declare it, or name one of queue-scorer, best.",
      ],
    );
  });

  test("a type that needs no parameters can be declared", () => {
    const files = file(
      "plugins:\n- type: queue-scorer\nschedulingProfiles: [{name: a, plugins: [{pluginRef: queue-scorer}, {pluginRef: random-picker}]}]",
    );
    assert.equal(
      mended(rule, files, "Declare a plugin of type random-picker")["epp.yaml"],
      epp(
        "plugins:\n- type: queue-scorer\n- type: random-picker\nschedulingProfiles: [{name: a, plugins: [{pluginRef: queue-scorer}, {pluginRef: random-picker}]}]",
      ),
    );
  });
});

describe("pickers of a profile", () => {
  const rule = "epp/two-pickers";
  const profile = (...refs: string[]) =>
    file(`plugins: [{type: random-picker}, {type: max-score-picker, name: best}, {type: queue-scorer}, {type: own-picker}]
schedulingProfiles:
  - name: a
    plugins:
${refs.map((ref) => `      - pluginRef: ${ref}`).join("\n")}`);

  test("may be one, and one more of a type that nobody here knows", () => {
    assert.deepEqual(said(rule, profile("random-picker", "queue-scorer")), []);
    assert.deepEqual(said(rule, profile("random-picker", "own-picker")), []);
  });

  test("may not be two", () => {
    const files = profile("random-picker", "best");
    assert.deepEqual(said(rule, files), ["error best"]);
    const after = mended(rule, files, "Delete it from the profile")["epp.yaml"] ?? "";
    assert.equal(after, profile("random-picker")["epp.yaml"].replace(", {type: max-score-picker, name: best}", ""));
  });
});
