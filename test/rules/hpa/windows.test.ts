import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, type Files, lint } from "../../support/lint.ts";

/** Two minutes to start, said by the object itself. */
const head = (kind: string, api: string) => `apiVersion: ${api}
kind: ${kind}
metadata:
  name: llama
  annotations: {headroom.dev/pod-startup: 120s}
`;

const hpa = (behavior: string) => `${head("HorizontalPodAutoscaler", "autoscaling/v2")}spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 4
  metrics:
    - type: Pods
      pods:
        metric: {name: vllm_num_requests_waiting}
        target: {type: AverageValue, averageValue: "5"}
${behavior}`;

const keda = (advanced: string) => `${head("ScaledObject", "keda.sh/v1alpha1")}spec:
  scaleTargetRef: {name: llama}
  minReplicaCount: 1
  maxReplicaCount: 4
${advanced}  triggers:
    - type: prometheus
      metadata:
        serverAddress: http://prometheus:9090
        query: sum(vllm:num_requests_waiting)
        threshold: "5"
`;

const flow = (behavior: string) =>
  `{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: llama, annotations: {headroom.dev/pod-startup: 120s}},
 spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}, maxReplicas: 4,
  metrics: [{type: Pods, pods: {metric: {name: vllm_num_requests_waiting}, target: {type: AverageValue, averageValue: 5}}}]${behavior}}}
`;

/** What the fixes answer for: windows, and a text that is still whole. Policies and fallbacks are other rules' matter. */
const aboutWindows = /^(?:hpa\/scale-(?:up|down)-window|(?:schema|yaml)\/.*)$/;

const windows = (files: Files) => lint(files).filter(({ rule }) => /^hpa\/scale-(?:up|down)-window$/.test(rule));

/** Takes fix after fix until there is none left; each finding of the two rules must offer one. */
function mended(text: string): string {
  let files: Files = { "hpa.yaml": text };
  for (let rounds = 0; rounds < 3; rounds++) {
    const [finding] = windows(files);
    if (finding === undefined) break;
    const fix = finding.fixes[0];
    assert.ok(fix !== undefined, `no fix for: ${finding.message}`);
    files = applyEdits(files, fix.edits);
  }
  assert.deepEqual(windows(files), []);
  return files["hpa.yaml"] ?? "";
}

/** The fix of the scale-up window alone must leave nothing for either rule. */
function mendedAtOnce(text: string): string {
  const files = { "hpa.yaml": text };
  const finding = windows(files).find(({ rule }) => rule === "hpa/scale-up-window");
  assert.ok(finding?.fixes[0] !== undefined, "no finding with a fix");
  const after = applyEdits(files, finding.fixes[0].edits);
  assert.deepEqual(
    lint(after).flatMap(({ rule, message }) => (aboutWindows.test(rule) ? [`${rule} ${message}`] : [])),
    [],
    after["hpa.yaml"],
  );
  return after["hpa.yaml"] ?? "";
}

describe("the fix of the scale-up window leaves windows that hold, whatever was written", () => {
  const shapes: [title: string, before: string, after: string][] = [
    ["no behavior", "", "  behavior:\n    scaleUp:\n      stabilizationWindowSeconds: 240\n"],
    ["behavior without a value", "  behavior:\n", "  behavior:\n    scaleUp:\n      stabilizationWindowSeconds: 240\n"],
    [
      "behavior: null",
      "  behavior: null # no\n",
      "  behavior:\n    scaleUp:\n      stabilizationWindowSeconds: 240 # no\n",
    ],
    ["behavior: {}", "  behavior: {}\n", "  behavior: { scaleUp: { stabilizationWindowSeconds: 240 } }\n"],
    [
      "only scaleDown, long enough",
      "  behavior:\n    scaleDown:\n      stabilizationWindowSeconds: 600 # slow\n",
      "  behavior:\n    scaleDown:\n      stabilizationWindowSeconds: 600 # slow\n    scaleUp:\n      stabilizationWindowSeconds: 240\n",
    ],
    [
      "only scaleDown, too short",
      "  behavior:\n    scaleDown:\n      stabilizationWindowSeconds: 60\n",
      "  behavior:\n    scaleDown:\n      stabilizationWindowSeconds: 300\n    scaleUp:\n      stabilizationWindowSeconds: 240\n",
    ],
    [
      "only scaleUp, without a window",
      "  behavior:\n    scaleUp:\n      selectPolicy: Max # fast\n",
      "  behavior:\n    scaleUp:\n      selectPolicy: Max # fast\n      stabilizationWindowSeconds: 240\n",
    ],
    [
      "only scaleUp, too short",
      "  behavior:\n    scaleUp: {stabilizationWindowSeconds: 15}\n",
      "  behavior:\n    scaleUp: {stabilizationWindowSeconds: 240}\n",
    ],
    [
      "both halves empty",
      "  behavior:\n    scaleUp:\n    scaleDown: {}\n",
      "  behavior:\n    scaleUp:\n      stabilizationWindowSeconds: 240\n    scaleDown: {}\n",
    ],
    [
      "windows equal",
      "  behavior:\n    scaleUp:\n      stabilizationWindowSeconds: 60\n    scaleDown:\n      stabilizationWindowSeconds: 60\n",
      "  behavior:\n    scaleUp:\n      stabilizationWindowSeconds: 240\n    scaleDown:\n      stabilizationWindowSeconds: 300\n",
    ],
  ];
  for (const [title, before, after] of shapes)
    test(`HPA, ${title}`, () => assert.equal(mendedAtOnce(hpa(before)), hpa(after)));

  test("a scale-down window of the default that the new scale-up window would reach is raised too", () => {
    const slow = (text: string) => text.replace("120s", "150s");
    const both =
      "  behavior:\n    scaleUp:\n      stabilizationWindowSeconds: 300\n    scaleDown:\n      stabilizationWindowSeconds: 360\n";
    assert.equal(mendedAtOnce(slow(hpa(""))), slow(hpa(both)));
    assert.equal(
      mendedAtOnce(slow(hpa("  behavior: {}\n"))),
      slow(
        hpa(
          "  behavior: { scaleUp: { stabilizationWindowSeconds: 300 }, scaleDown: { stabilizationWindowSeconds: 360 } }\n",
        ),
      ),
    );
    // Both additions end on one line: scaleDown is the last half, and its window comes last in it.
    assert.equal(
      mendedAtOnce(slow(hpa("  behavior:\n    scaleDown:\n      selectPolicy: Max\n"))),
      slow(
        hpa(
          "  behavior:\n    scaleDown:\n      selectPolicy: Max\n      stabilizationWindowSeconds: 360\n    scaleUp:\n      stabilizationWindowSeconds: 300\n",
        ),
      ),
    );
  });

  const path = "  advanced:\n    horizontalPodAutoscalerConfig:\n";
  const written = "      behavior:\n        scaleUp:\n          stabilizationWindowSeconds: 240\n";
  const kedas: [title: string, before: string, after: string][] = [
    ["no behavior beside a name", `${path}      name: llama\n`, `${path}      name: llama\n${written}`],
    ["behavior without a value", `${path}      behavior:\n`, `${path}${written}`],
    ["horizontalPodAutoscalerConfig without a value", path, `${path}${written}`],
    [
      "advanced with something else",
      "  advanced:\n    restoreToOriginalReplicaCount: true\n",
      `  advanced:\n    restoreToOriginalReplicaCount: true\n${path.slice(path.indexOf("\n") + 1)}${written}`,
    ],
    ["advanced without a value", "  advanced:\n", `${path}${written}`],
    [
      "advanced: {}",
      "  advanced: {}\n",
      "  advanced: { horizontalPodAutoscalerConfig: { behavior: { scaleUp: { stabilizationWindowSeconds: 240 } } } }\n",
    ],
  ];
  for (const [title, before, after] of kedas)
    test(`ScaledObject, ${title}`, () => assert.equal(mendedAtOnce(keda(before)), keda(after)));

  test("ScaledObject, nothing of the path", () => {
    assert.equal(mendedAtOnce(keda("")), `${keda("")}${path}${written}`);
  });

  const flows: [title: string, before: string, after: string][] = [
    ["no behavior", "", ", behavior: { scaleUp: { stabilizationWindowSeconds: 240 } }"],
    ["behavior: {}", ", behavior: {}", ", behavior: { scaleUp: { stabilizationWindowSeconds: 240 } }"],
    [
      "both halves too short",
      ", behavior: {scaleUp: {stabilizationWindowSeconds: 0}, scaleDown: {stabilizationWindowSeconds: 0}}",
      ", behavior: {scaleUp: {stabilizationWindowSeconds: 240}, scaleDown: {stabilizationWindowSeconds: 300}}",
    ],
    [
      "only scaleDown",
      ", behavior: {scaleDown: {stabilizationWindowSeconds: 60}}",
      ", behavior: {scaleDown: {stabilizationWindowSeconds: 300}, scaleUp: { stabilizationWindowSeconds: 240 }}",
    ],
  ];
  for (const [title, before, after] of flows)
    test(`flow style, ${title}`, () => assert.equal(mendedAtOnce(flow(before)), flow(after)));
});

describe("the fix of the scale-down window leaves windows that hold", () => {
  const behavior = (up: number, down: string) =>
    `  behavior:\n    scaleUp: {stabilizationWindowSeconds: ${up}}\n${down}`;
  const shapes: [title: string, before: string, after: string][] = [
    [
      "shorter than the scale-up window",
      behavior(300, "    scaleDown: {stabilizationWindowSeconds: 240}\n"),
      behavior(300, "    scaleDown: {stabilizationWindowSeconds: 360}\n"),
    ],
    [
      "not written, and the default is too short",
      behavior(400, "    scaleDown:\n      selectPolicy: Max\n"),
      behavior(400, "    scaleDown:\n      selectPolicy: Max\n      stabilizationWindowSeconds: 460\n"),
    ],
    [
      "no scaleDown at all",
      behavior(300, ""),
      behavior(300, "    scaleDown:\n      stabilizationWindowSeconds: 360\n"),
    ],
    [
      "the scale-up window leaves no minute below the longest",
      behavior(3590, "    scaleDown: {stabilizationWindowSeconds: 240}\n"),
      behavior(3590, "    scaleDown: {stabilizationWindowSeconds: 3600}\n"),
    ],
  ];
  for (const [title, before, after] of shapes) test(title, () => assert.equal(mended(hpa(before)), hpa(after)));

  test("of a ScaledObject", () => {
    const text = (down: string) =>
      keda(
        `  advanced:\n    horizontalPodAutoscalerConfig:\n      behavior:\n        scaleUp: {stabilizationWindowSeconds: 300}\n${down}`,
      );
    assert.equal(mended(text("")), text("        scaleDown:\n          stabilizationWindowSeconds: 360\n"));
  });

  test("a start that is no whole number of seconds still gives one", () => {
    const text = (down: number) =>
      hpa(behavior(360, `    scaleDown: {stabilizationWindowSeconds: ${down}}\n`)).replace("120s", "170250ms");
    assert.equal(mended(text(300)), text(420));
  });

  test("windows that one anchor holds together are not pulled apart by a fix", () => {
    const text = hpa("  behavior:\n    scaleUp: &both {stabilizationWindowSeconds: 300}\n    scaleDown: *both\n");
    assert.deepEqual(
      windows({ "hpa.yaml": text }).map(({ rule, fixes }) => `${rule} ${fixes.length}`),
      ["hpa/scale-down-window 0"],
    );
  });
});
