import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { epp, mended, said } from "./support.ts";

const pair = `schedulingProfiles:
  - name: prefill
    plugins: [{pluginRef: prefill-filter}]
  - name: decode
    plugins: [{pluginRef: decode-filter}]`;
const filters = "{type: prefill-filter}, {type: decode-filter}";
const file = (plugins: string, rest: string) => ({ "epp.yaml": epp(`plugins: [${plugins}]\n${rest}`) });

describe("the handler of several profiles", () => {
  const rule = "epp/profile-handler";
  const table: [title: string, plugins: string, profiles: string, ...said: string[]][] = [
    ["is not asked for by one profile", filters, "schedulingProfiles: [{name: a, plugins: []}]"],
    ["has to be there", filters, pair, "error schedulingProfiles"],
    [
      "may not be the one for a single profile",
      `${filters}, {type: single-profile-handler}`,
      pair,
      "error single-profile-handler",
    ],
    [
      "may be the single one of a single profile",
      `${filters}, {type: single-profile-handler}`,
      "schedulingProfiles: [{name: a, plugins: []}]",
    ],
    ["may be of a type of one's own", `${filters}, {type: own-handler}`, pair],
    ["may be chosen by header", `${filters}, {type: header-profile-handler}`, pair],
    [
      "may not be two",
      `${filters}, {type: single-profile-handler}, {type: disagg-profile-handler}`,
      pair,
      "error disagg-profile-handler",
    ],
    ["is not judged in a part", '{type: "{{ .handler }}"}', pair],
  ];
  for (const [title, plugins, profiles, ...expected] of table)
    test(title, () => assert.deepEqual(said(rule, file(plugins, profiles)), expected));

  test("is declared with its decider in flow and in block style", () => {
    const title = "Declare disagg-profile-handler and its decider";
    assert.equal(
      mended(rule, file(filters, pair), title)["epp.yaml"],
      file(
        `${filters}, { type: prefix-based-pd-decider, parameters: { nonCachedTokens: 16 } }, { type: disagg-profile-handler, parameters: { deciders: { prefill: prefix-based-pd-decider } } }`,
        pair,
      )["epp.yaml"],
    );
    const block = `plugins:\n- type: prefill-filter\n- type: decode-filter\n- type: always-disagg-pd-decider\n  name: always`;
    assert.equal(
      mended(rule, { "epp.yaml": epp(`${block}\n${pair}`) }, title)["epp.yaml"],
      epp(`${block}\n- type: disagg-profile-handler\n  parameters:\n    deciders:\n      prefill: always\n${pair}`),
    );
  });
});

describe("the profile of decode", () => {
  const rule = "epp/no-decode-profile";
  const handler = (parameters: string) =>
    `{type: prefix-based-pd-decider, parameters: {nonCachedTokens: 4}}, {type: disagg-profile-handler, parameters: ${parameters}}`;
  const profiles = (...names: string[]) => `schedulingProfiles: [${names.map((name) => `{name: ${name}}`).join(", ")}]`;
  const table: [title: string, plugins: string, profiles: string, ...said: string[]][] = [
    ["is there", handler("{}"), profiles("prefill", "decode")],
    ["has another name", handler("{}"), profiles("prefill", "main"), "error main"],
    ["has another name that the handler knows", handler("{profiles: {decode: main}}"), profiles("prefill", "main")],
    [
      "has another name that the handler knows in the old way",
      handler("{decodeProfile: main}"),
      profiles("prefill", "main"),
    ],
    [
      "has not the name that the handler knows",
      handler("{profiles: {decode: main}}"),
      profiles("prefill", "decode"),
      "error decode",
    ],
    ["is not there at all", handler("{}"), profiles("prefill"), "error disagg-profile-handler"],
    ["is not there, nor any other", handler("{}"), "", "error disagg-profile-handler"],
    ["comes second", handler("{stageOrder: prefill-first}"), profiles("prefill", "main")],
    ["is nobody's business without stages", "{type: single-profile-handler}", profiles("main")],
    ["is one of pd-profile-handler too", "{type: pd-profile-handler}", profiles("prefill", "main"), "error main"],
    ["has parameters that are filled in later", handler('"{{ .parameters }}"'), profiles("prefill", "main")],
  ];
  for (const [title, plugins, text, ...expected] of table)
    test(title, () => assert.deepEqual(said(rule, file(plugins, text)), expected));

  test("gets its name", () => {
    const files = file(
      `{type: decode-filter}, ${handler("{deciders: {prefill: prefix-based-pd-decider}}")}`,
      'schedulingProfiles: [{name: "main", plugins: [{pluginRef: decode-filter}]}]',
    );
    const after = mended(rule, files, "Name the profile decode")["epp.yaml"];
    assert.match(after ?? "", /schedulingProfiles: \[\{name: "decode"/);
  });
});
