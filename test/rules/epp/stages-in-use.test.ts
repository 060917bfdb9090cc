import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { epp, mended, running, said } from "./support.ts";

const profiles = (prefill = "{pluginRef: prefill-filter}", decode = "{pluginRef: decode-filter}") =>
  `schedulingProfiles:\n- name: prefill\n  plugins: [${prefill}]\n- name: decode\n  plugins: [${decode}]`;
const filters = "- type: prefill-filter\n- type: decode-filter\n";
const handler = "- type: disagg-profile-handler\n  parameters: {deciders: {prefill: decide}}\n";
const decider = (parameters: string) => `- type: prefix-based-pd-decider\n  name: decide\n${parameters}`;
const file = (plugins: string, rest = profiles()) => ({ "epp.yaml": epp(`plugins:\n${filters}${plugins}${rest}`) });

describe("a prefill profile runs", () => {
  const rule = "epp/prefill-never-used";
  const table: [title: string, plugins: string, ...said: string[]][] = [
    ["from one token on", decider("  parameters: {nonCachedTokens: 1}\n") + handler],
    ["never from no token on", decider("  parameters: {nonCachedTokens: 0}\n") + handler, "warning 0"],
    ["never from the default on", decider("") + handler, "warning decide"],
    ["by another measure", decider("  parameters: {promptTokens: 100}\n") + handler],
    ["from a number on that is filled in later", decider('  parameters: {nonCachedTokens: "{{ .n }}"}\n') + handler],
    ["never without a decider", "- type: disagg-profile-handler\n", "warning disagg-profile-handler"],
    ["always", `- type: always-disagg-pd-decider\n  name: decide\n${handler}`],
    ["by a decider of one's own", `- type: own-decider\n  name: decide\n${handler}`],
    ["as older handlers decide by themselves", "- type: pd-profile-handler\n  parameters: {threshold: 10}\n"],
  ];
  for (const [title, plugins, ...expected] of table)
    test(title, () => assert.deepEqual(said(rule, file(plugins)), expected));

  test("is nobody's business without such a profile", () => {
    assert.deepEqual(said(rule, file("- type: disagg-profile-handler\n", "schedulingProfiles: [{name: decode}]")), []);
  });

  test("never where it has another name than the handler asks for", () => {
    const plugins = `- type: always-disagg-pd-decider\n  name: decide\n${handler}`;
    const other = (name: string) => profiles().replace("name: prefill", `name: ${name}`);
    assert.deepEqual(said(rule, file(plugins, other("prefil"))), ["warning prefil"]);
    assert.deepEqual(said(rule, file(plugins, other("compute"))), ["warning disagg-profile-handler"]);
    const own = plugins.replace("{deciders:", "{profiles: {prefill: compute}, deciders:");
    assert.deepEqual(said(rule, file(own, other("compute"))), []);
    assert.deepEqual(said(rule, file("- type: disagg-profile-handler\n", other("prefil"))), []);
  });

  test("once a decider is put before the handler", () => {
    const after = mended(
      rule,
      file("- type: disagg-profile-handler # no parameters\n"),
      "Let prefix-based-pd-decider decide",
    );
    assert.deepEqual(
      after,
      file(
        "- type: prefix-based-pd-decider\n  parameters:\n    nonCachedTokens: 16\n- type: disagg-profile-handler # no parameters\n  parameters:\n    deciders:\n      prefill: prefix-based-pd-decider\n",
      ),
    );
  });

  test("once it has a number", () => {
    const after = mended(rule, file(decider("") + handler), "Set nonCachedTokens to 16");
    assert.deepEqual(after, file(decider("  parameters:\n    nonCachedTokens: 16\n") + handler));
  });
});

describe("the pods of a stage", () => {
  const rule = "epp/role-filter";
  const always = `- type: always-disagg-pd-decider\n  name: decide\n${handler}`;
  const table: [title: string, prefill: string, decode: string, ...said: string[]][] = [
    ["are told by the filters of the roles", "{pluginRef: prefill-filter}", "{pluginRef: decode-filter}"],
    ["are any without them", "", "", "warning prefill", "warning decode"],
    [
      "are any with the filter of another role",
      "{pluginRef: decode-filter}",
      "{pluginRef: decode-filter}",
      "warning prefill",
    ],
    ["are told by a label of one's own", "{pluginRef: mine}", "{pluginRef: decode-filter}"],
    ["may be told by a type of one's own", "{pluginRef: own}", "{pluginRef: decode-filter}"],
  ];
  const more = "- type: label-selector-filter\n  name: mine\n- type: own-filter\n  name: own\n";
  for (const [title, prefill, decode, ...expected] of table)
    test(title, () => assert.deepEqual(said(rule, file(more + always, profiles(prefill, decode))), expected));

  test("do not matter to a handler that never sends prefill elsewhere", () => {
    assert.deepEqual(said(rule, file("- type: disagg-profile-handler\n", profiles("", ""))), []);
  });

  test("the fix declares the filter where it is not", () => {
    const only = (plugins: string, refs: string) => ({
      "epp.yaml": epp(
        `plugins:\n- type: decode-filter\n- type: queue-scorer\n${always}${plugins}${profiles(`{pluginRef: queue-scorer}${refs}`)}`,
      ),
    });
    assert.deepEqual(
      mended(rule, only("", ""), "Add prefill-filter"),
      only("- type: prefill-filter\n", ", { pluginRef: prefill-filter }"),
    );
  });
});

describe("a handler and its decider, in order", () => {
  const rule = "epp/decider-order";
  const late = `${handler}- type: always-disagg-pd-decider\n  name: decide\n`;
  const early = `- type: always-disagg-pd-decider\n  name: decide\n${handler}`;
  const table: [title: string, plugins: string, router: string | undefined, ...said: string[]][] = [
    ["decider first", early, "0.9"],
    ["decider last, up to 0.9", late, "0.9", "error disagg-profile-handler"],
    ["decider last, in 0.8", late, "0.8", "error disagg-profile-handler"],
    ["decider last, from 0.10 on", late, "0.10"],
    ["decider last, when nobody knows the router", late, undefined],
  ];
  for (const [title, plugins, router, ...expected] of table)
    test(title, () => {
      const files = { ...file(plugins), ...(router === undefined ? {} : running(router)) };
      assert.deepEqual(said(rule, files), expected);
    });

  test("the fix swaps the two", () => {
    const files = { ...file(late), ...running("0.9") };
    assert.equal(mended(rule, files, "Put the decider first")["epp.yaml"], file(early)["epp.yaml"]);
  });
});
