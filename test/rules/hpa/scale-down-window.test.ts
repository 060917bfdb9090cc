import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cut, type Files, lint } from "../../support/lint.ts";

interface Shape {
  readonly up?: string;
  readonly down?: string;
  readonly start?: string;
  readonly metric?: string;
}

/** An HPA; `up` and `down` are what stands in the halves of behavior. */
function hpa({ up, down, start, metric = "vllm_num_requests_waiting" }: Shape): string {
  const half = (name: string, content: string | undefined) =>
    content === undefined ? "" : `    ${name}: {${content}}\n`;
  const behavior =
    up === undefined && down === undefined ? "" : `  behavior:\n${half("scaleUp", up)}${half("scaleDown", down)}`;
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama
${start === undefined ? "" : `  annotations: {headroom.dev/pod-startup: ${start}}\n`}spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 4
  metrics:
    - type: Pods
      pods:
        metric: {name: ${metric}}
        target: {type: AverageValue, averageValue: "5"}
${behavior}`;
}

const seconds = (value: number | string) => `stabilizationWindowSeconds: ${value}`;

const deployment = (container: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  template:
    spec:
      containers:
        - {name: main, ${container}}
`;

function findings(files: Files) {
  return lint(files).filter(({ rule }) => rule === "hpa/scale-down-window");
}

/** Severity, place and the message up to its first colon or semicolon. */
function said(files: Files): string[] {
  return findings(files).map(
    (finding) => `${finding.severity} at ${cut(files, finding)}: ${finding.message.split(/[:;]/)[0]}`,
  );
}

describe("a scale-down window in production", () => {
  const table: [title: string, shape: Shape, expected: string[]][] = [
    ["longer than the scale-up window", { up: seconds(300), down: seconds(360) }, []],
    ["the defaults of both", {}, []],
    [
      "shorter than the scale-up window",
      { up: seconds(300), down: seconds(299) },
      ['warning at 299: HorizontalPodAutoscaler "llama" scales down after 299 s but up only after 300 s'],
    ],
    [
      "equal to it",
      { up: seconds(300), down: seconds(300) },
      ['info at 300: HorizontalPodAutoscaler "llama" scales down after 300 s, as long as its scale-up window of 300 s'],
    ],
    [
      "not written, and the default is shorter",
      { up: seconds(400) },
      [
        `warning at behavior: HorizontalPodAutoscaler "llama" scales down after 300 s (Kubernetes' default, none is written) but up only after 400 s`,
      ],
    ],
    [
      "not written in a scaleDown, and the default is equal",
      { up: seconds(300), down: "selectPolicy: Max" },
      [
        `info at scaleDown: HorizontalPodAutoscaler "llama" scales down after 300 s (Kubernetes' default, none is written), as long as its scale-up window of 300 s`,
      ],
    ],
    [
      "below a start that is only assumed",
      { up: seconds(30), down: seconds(89) },
      [
        'warning at 89: HorizontalPodAutoscaler "llama" scales down after 89 s, but a pod takes 90 s (assumed, nothing says it',
      ],
    ],
    ["twice a start that is only assumed is not asked for", { up: seconds(30), down: seconds(120) }, []],
    [
      "below a known start",
      { up: seconds(240), down: seconds(300), start: "400s" },
      [
        'warning at 300: HorizontalPodAutoscaler "llama" scales down after 300 s, but a pod takes 400 s (annotation headroom.dev/pod-startup) to start',
      ],
    ],
    [
      "below twice a known start",
      { up: seconds(480), down: seconds(599), start: "300s" },
      ['info at 599: HorizontalPodAutoscaler "llama" scales down after 599 s'],
    ],
    ["twice a known start", { up: seconds(480), down: seconds(600), start: "300s" }, []],
    [
      "the default below twice a known start, nothing written",
      { start: "240s" },
      [`info at llama: HorizontalPodAutoscaler "llama" scales down after 300 s (Kubernetes' default, none is written)`],
    ],
    [
      "of several mistakes the worst is told, and only that",
      { up: seconds(300), down: seconds(60), start: "300s" },
      ['warning at 60: HorizontalPodAutoscaler "llama" scales down after 60 s but up only after 300 s'],
    ],
    ["scale-down switched off", { up: seconds(300), down: `${seconds(0)}, selectPolicy: Disabled` }, []],
    ["scale-up switched off", { up: `${seconds(300)}, selectPolicy: Disabled`, down: seconds(60) }, []],
    ["the longest window there is", { up: seconds(3600), down: seconds(3600), start: "2000s" }, []],
    ["as long as a start that is only assumed", { up: seconds(0), down: seconds(90) }, []],
    ["a window that is filled in later", { up: seconds(300), down: seconds('"${DOWN}"') }, []],
    ["a scale-up window that is filled in later", { up: seconds('"${UP}"'), down: seconds(100) }, []],
    ["a policy that is filled in later", { up: seconds(300), down: `${seconds(60)}, selectPolicy: "\${POLICY}"` }, []],
    ["a window that is no number", { up: seconds(400), down: seconds("5m") }, []],
    ["a number in quotes is a number", { up: seconds(300), down: seconds('"360"') }, []],
    ["an autoscaler of no model server", { up: seconds(300), down: seconds(60), metric: "http_requests" }, []],
  ];
  for (const [title, shape, expected] of table)
    test(title, () => assert.deepEqual(said({ "hpa.yaml": hpa(shape) }), expected));

  test("behavior as a whole may be filled in later", () => {
    assert.deepEqual(said({ "hpa.yaml": `${hpa({ start: "240s" })}  behavior: \${BEHAVIOR}\n` }), []);
  });

  test("the target tells that a web service is meant", () => {
    const web = { "hpa.yaml": hpa({ up: seconds(300), down: seconds(60) }), "web.yaml": deployment("image: nginx") };
    assert.deepEqual(said(web), []);
  });

  test("the other window is the related place", () => {
    const files = { "hpa.yaml": hpa({ up: seconds(300), down: seconds(60) }) };
    const [finding] = findings(files);
    assert.deepEqual(
      finding?.related.map((place) => `${cut(files, place)}: ${place.message}`),
      ["300: the scale-up window is 300 s"],
    );
  });

  test("the probe that tells the start is the related place, in its own file", () => {
    const probe = "{periodSeconds: 10, failureThreshold: 36}";
    const files = {
      "hpa.yaml": hpa({ up: seconds(300), down: seconds(330) }),
      "deployment.yaml": deployment(`image: "vllm/vllm-openai:v0.10.0", startupProbe: ${probe}`),
    };
    const [finding] = findings(files);
    assert.match(
      finding?.message ?? "",
      /after 330 s, but a pod takes 360 s \(budget of the startupProbe\).* 720 s or more/,
    );
    assert.deepEqual(
      finding?.related.map((place) => [place.file, cut(files, place)]),
      [["deployment.yaml", probe]],
    );
  });
});

describe("a scale-down window outside production is information", () => {
  const at = (path: string, shape: Shape) => findings({ [path]: hpa(shape) }).map(({ severity }) => severity);

  for (const path of ["overlays/dev/hpa.yaml", "overlays/staging/hpa.yaml", "e2e/hpa.yaml"]) {
    test(path, () => {
      assert.deepEqual(at(path, { up: seconds(60), down: seconds(30) }), ["info"]);
      assert.deepEqual(at(path, { up: seconds(60), down: seconds(60) }), ["info"]);
      assert.deepEqual(at(path, { up: seconds(240), down: seconds(300), start: "400s" }), ["info"]);
    });
  }

  test("and the usual windows of such an environment are not judged by a start that nobody stated", () => {
    assert.deepEqual(at("e2e/hpa.yaml", { up: seconds(15), down: seconds(30) }), []);
    assert.deepEqual(at("overlays/dev/hpa.yaml", { up: seconds(30), down: seconds(60) }), []);
  });
});

describe("where it looks", () => {
  const keda = (behavior: string) => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama}
spec:
  scaleTargetRef: {name: llama}
  maxReplicaCount: 4
  advanced: {horizontalPodAutoscalerConfig: {behavior: ${behavior}}}
  triggers:
    - {type: prometheus, metadata: {serverAddress: "http://p:9090", query: "sum(vllm:num_requests_waiting)", threshold: "5"}}
`;

  test("a ScaledObject", () => {
    const files = {
      "so.yaml": keda("{scaleUp: {stabilizationWindowSeconds: 300}, scaleDown: {stabilizationWindowSeconds: 120}}"),
    };
    assert.deepEqual(said(files), [
      'warning at 120: ScaledObject "llama" scales down after 120 s but up only after 300 s',
    ]);
    assert.deepEqual(said({ "so.yaml": keda("{scaleUp: {stabilizationWindowSeconds: 180}}") }), []);
  });

  test("an item of a List", () => {
    const item = hpa({ up: seconds(300), down: seconds(120) })
      .trimEnd()
      .replace(/^/gm, "    ")
      .replace("    ", "  - ");
    assert.equal(said({ "list.yaml": `apiVersion: v1\nkind: List\nitems:\n${item}\n` }).length, 1);
  });

  test("not a patch, which is only a part of the object", () => {
    const files = {
      "kustomization.yaml": "resources: [hpa.yaml]\npatches: [{path: patch.yaml}]\n",
      "hpa.yaml": hpa({ up: seconds(180), down: seconds(300) }),
      "patch.yaml": hpa({ up: seconds(600) }),
    };
    assert.deepEqual(said(files), []);
  });

  test("a target whose name is filled in later is left alone", () => {
    const text = hpa({ up: seconds(300), down: seconds(60) }).replace(
      "kind: Deployment, name: llama",
      'kind: Deployment, name: "${NAME}"',
    );
    assert.deepEqual(said({ "hpa.yaml": text }), []);
  });
});
