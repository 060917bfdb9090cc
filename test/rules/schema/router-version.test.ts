import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { routerNamed, routerOfImage } from "../../../server/kinds/epp/version.ts";
import type { Files } from "../../support/lint.ts";
import { message, said } from "./support.ts";

const old = "inference.networking.x-k8s.io/v1alpha1";
const epp = (text: string, apiVersion = old) => `apiVersion: ${apiVersion}\nkind: EndpointPickerConfig\n${text}\n`;
const inConfigMap = (name: string, text: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata:\n  epp.yaml: |\n${text.replace(/^(?=.)/gm, "    ")}`;
const running = (version: string) => ({ "headroom.config.yaml": `versions: {router: "${version}"}\n` });

const router = (image: string, map = "") => `apiVersion: apps/v1
kind: Deployment
metadata: {name: epp}
spec:
  selector: {matchLabels: {app: epp}}
  template:
    metadata: {labels: {app: epp}}
    spec:
      containers: [{name: epp, image: ${image}}]
      volumes: [${map === "" ? "" : `{name: config, configMap: {name: ${map}}}`}]
`;
const own = (tag: string) => `ghcr.io/llm-d/llm-d-router-endpoint-picker:${tag}`;
const gie = (tag: string) => `registry.k8s.io/gateway-api-inference-extension/epp:${tag}`;

/** Right in GIE 1.1 to 1.3, and in no other. */
const inline = epp("plugins: [{type: prefix-cache-scorer, parameters: {blockSize: 64}}]");
const gone = ["other-version blockSize"];

describe("the form of a configuration whose apiVersion many routers share", () => {
  test("is not judged while nobody knows the router", () => {
    assert.deepEqual(said({ "a.yaml": epp("scorers: []\nplugins: {}\nsaturationDetector: {queueDepth: 1}") }), []);
  });

  test("is judged by the version that the configuration names, which the message repeats", () => {
    const files = { "a.yaml": epp("scorers: []"), ...running("0.10") };
    assert.equal(
      message(files),
      'EndpointPickerConfig of router 0.10: the endpoint picker refuses the document because of the unknown key "scorers".',
    );
    assert.deepEqual(said({ "a.yaml": epp("plugins: {}"), ...running("0.10") }), ["wrong-type {}"]);
    assert.deepEqual(said({ "a.yaml": epp("plugins: [{name: a}]"), ...running("0.10") }), ["missing-key name"]);
  });

  test("may be named by the release of GIE", () => {
    assert.deepEqual(said({ "a.yaml": inline, ...running("gie-1.3") }).includes(gone[0] as string), false);
    assert.equal(
      message({ "a.yaml": epp("dataLayer: {sources: []}"), ...running("gie-1.3") }),
      'EndpointPickerConfig of router 0.5 (GIE 1.3): the router 0.5 (GIE 1.3) does not know "dataLayer" in the document yet; it exists since 0.8.',
    );
  });

  test("is right as the router before the deprecation wants it", () => {
    const parsed = epp("plugins: [{type: openai-parser}]\nparser: {pluginRef: openai-parser}");
    assert.deepEqual(said({ "a.yaml": parsed, ...running("0.8") }), []);
    assert.deepEqual(said({ "a.yaml": parsed, ...running("0.9") }).includes("deprecated-key parser"), true);
  });

  const table: [title: string, files: Files, ...said: string[]][] = [
    [
      "the image of the router that mounts it",
      { "a.yaml": inConfigMap("config", inline), "x/b.yaml": router(own("v0.10.0"), "config") },
      ...gone,
    ],
    [
      "the image of the scheduler of before",
      { "a.yaml": inline, "b.yaml": router("ghcr.io/llm-d/llm-d-inference-scheduler:v0.8.0") },
      ...gone,
    ],
    ["an image of GIE", { "a.yaml": inline, "b.yaml": router(gie("v1.5.0")) }, ...gone],
    [
      "an image in the same directory",
      { "a.yaml": inConfigMap("config", inline), "b.yaml": router(own("v0.10.0")) },
      ...gone,
    ],
    [
      "an image in the same kustomization",
      {
        "o/kustomization.yaml": "resources: [../a.yaml, ../x/b.yaml]\n",
        "a.yaml": inline,
        "x/b.yaml": router(own("v0.9.1")),
      },
      ...gone,
    ],
    [
      "an image that a kustomization gives another tag",
      {
        "kustomization.yaml": `resources: [a.yaml, b.yaml]\nimages: [{name: ${own("").slice(0, -1)}, newTag: v0.10.0}]\n`,
        "a.yaml": inline,
        "b.yaml": router(own("main")),
      },
      ...gone,
    ],
    [
      "the mounting one of two",
      {
        "a.yaml": inConfigMap("config", inline),
        "b.yaml": router(own("v0.10.0"), "config"),
        "c.yaml": router(gie("v1.3.0"), "other"),
      },
      ...gone,
    ],
    [
      "nothing: two routers of two times",
      { "a.yaml": inline, "b.yaml": router(own("v0.10.0")), "c.yaml": router(gie("v1.3.0")) },
    ],
    ["nothing: a tag without a version", { "a.yaml": inline, "b.yaml": router(own("main")) }],
    ["nothing: a router somewhere else", { "a/a.yaml": inline, "b/b.yaml": router(own("v0.10.0")) }],
    ["nothing: an image of somebody else", { "a.yaml": inline, "b.yaml": router("ghcr.io/acme/router:v0.10.0") }],
  ];
  for (const [title, files, ...expected] of table)
    test(`is told by ${title}`, () =>
      assert.deepEqual(
        said(files).filter((one) => one.startsWith("other-version")),
        expected,
      ));

  test("is told by the values beside it", () => {
    const values = (image: string) =>
      `inferenceExtension:\n  image: ${image}\n  pluginsCustomConfig:\n    a.yaml: |\n${epp("scorers: []").replace(/^(?=.)/gm, "      ")}`;
    assert.deepEqual(
      said({ "values.yaml": values("{hub: ghcr.io/llm-d, name: llm-d-inference-scheduler, tag: v0.7.0}") }),
      ["unknown-key scorers"],
    );
    assert.deepEqual(said({ "values.yaml": values("{pullPolicy: Always}") }), []);
  });
});

describe("what the router's version changes", () => {
  test("an apiVersion that only newer routers have is a version too", () => {
    const text = epp(
      "flowControl: {}\nplugins: [{type: prefix-cache-scorer, parameters: {hashBlockSize: 64}}]",
      "llm-d.ai/v1alpha1",
    );
    assert.match(message({ "a.yaml": text }), /the router 0\.9 or newer no longer knows "hashBlockSize"/);
    assert.deepEqual(said({ "a.yaml": epp("dataLayer: {peerDiscovery: {pluginRef: a}}", "llm-d.ai/v1alpha1") }), []);
  });

  test("unknown parameters are ignored up to 0.8 and refused from 0.9 on", () => {
    const text = epp("plugins: [{type: load-aware-scorer, parameters: {treshold: 5}}]");
    const rest = '"treshold" in plugins[0].parameters and ignores it. Did you mean "threshold"?';
    assert.equal(
      message({ "a.yaml": text, ...running("0.8") }),
      `EndpointPickerConfig of router 0.8: the endpoint picker does not know ${rest}`,
    );
    assert.match(
      message({ "a.yaml": text, ...running("0.9") }),
      /the endpoint picker refuses plugins\[0\]\.parameters/,
    );
  });

  test("a type of plugin that is gone is right where it was", () => {
    const text = epp("plugins: [{type: low-queue-filter}]");
    assert.deepEqual(said({ "a.yaml": text, ...running("0.2") }), []);
    assert.deepEqual(said({ "a.yaml": text, ...running("0.10") }), ["wrong-value low-queue-filter"]);
    assert.deepEqual(said({ "a.yaml": epp("plugins: [{type: low-queue-filter}]", "llm-d.ai/v1alpha1") }), [
      "wrong-value low-queue-filter",
    ]);
  });
});

describe("the version in an image", () => {
  const table: [image: string, told: string | undefined][] = [
    [own("v0.10.0"), "0.10.0"],
    [own("v0.10.0-rc.1"), "0.10.0"],
    [`${own("v0.10.0")}@sha256:0123`, "0.10.0"],
    [`localhost:5000/${own("0.9")}`, "0.9"],
    [gie("v1.3.1"), "0.5 (GIE 1.3)"],
    [gie("v1.6.0"), undefined],
    [own("main"), undefined],
    [own("latest"), undefined],
    ["ghcr.io/llm-d/llm-d-router-endpoint-picker", undefined],
    ["ghcr.io/llm-d/llm-d-router-endpoint-picker@sha256:0123", undefined],
    ["ghcr.io/llm-d/llm-d-router-disagg-sidecar:v0.10.0", undefined],
  ];
  for (const [image, told] of table) test(image, () => assert.equal(routerOfImage(image)?.told, told));

  test("of a release of GIE that nobody knows is nothing", () => {
    assert.equal(routerNamed("gie-9.9"), undefined);
    assert.deepEqual(routerNamed("gie 1.4"), { version: "0.7", told: "0.7 (GIE 1.4)" });
  });
});

describe("a plugin that no release has", () => {
  const config = (type: string) =>
    inConfigMap("epp", epp(`plugins: [{type: queue-scorer}, {type: ${type}}]`, "llm-d.ai/v1alpha1"));
  const found = (image: string, type: string) =>
    said({ "epp.yaml": config(type), "router.yaml": router(image, "epp") });
  const mine = "europe-docker.pkg.dev/acme/routers/llm-d-router-endpoint-picker:cache-hints";

  test("is refused by the published image, and by a mirror of it", () => {
    for (const image of [own("v0.10.0"), "harbor.acme.io/llm-d/llm-d-router-endpoint-picker:v0.10.0"])
      assert.deepEqual(found(image, "kv-cache-hint"), ["wrong-value kv-cache-hint"]);
  });
  test("may be in a router that somebody built", () => {
    assert.deepEqual(found(mine, "kv-cache-hint"), []);
  });
  test("is misspelt there too", () => {
    assert.deepEqual(found(mine, "queue-scorerr"), ["wrong-value queue-scorerr"]);
  });
});
