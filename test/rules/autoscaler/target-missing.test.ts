import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";

const queue = "vllm_num_requests_waiting";

const hpa = (
  target: string,
  { name = "h", metric = queue, kind = "Deployment", metadata = "" } = {},
) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}${metadata}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: ${kind}, name: ${target}}
  maxReplicas: 4
  metrics: [{type: Pods, pods: {metric: {name: ${metric}}, target: {type: AverageValue, averageValue: 5}}}]
  behavior: {scaleUp: {stabilizationWindowSeconds: 180}}
`;

const scaledObject = (target: string, name = "s") => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: ${name}}
spec:
  scaleTargetRef: {name: ${target}}
  maxReplicaCount: 4
  triggers: [{type: kafka, metadata: {topic: t}}]
`;

const variant = (target: string, name = "v") => `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: ${name}}
spec: {scaleTargetRef: {kind: Deployment, name: ${target}}, modelID: m}
`;

const workload = (
  name: string,
  { kind = "Deployment", image = "acme/router:1", metadata = "" } = {},
) => `apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}${metadata}}
spec: {template: {spec: {containers: [{name: main, image: "${image}"}]}}}
`;

const server = (name: string) => workload(name, { image: "vllm/vllm-openai:v0.10.0" });

function findings(files: Files) {
  return lint(files).filter(({ rule }) => rule === "autoscaler/target-missing");
}

/** What each finding says behind the object and the target. */
function said(files: Files): string[] {
  return findings(files).map((finding) => {
    assert.equal(finding.severity, "warning");
    return `${cut(files, finding)}: ${finding.message.split(". ").slice(1).join(". ")}`;
  });
}

describe("a target that no file defines", () => {
  const table: [title: string, files: Files, expected: string[]][] = [
    ["it is there", { "hpa.yaml": hpa("llama"), "d.yaml": workload("llama") }, []],
    [
      "it is there, elsewhere in the workspace",
      { "a/hpa.yaml": hpa("llama"), "a/d.yaml": workload("lama"), "b/d.yaml": workload("llama") },
      [],
    ],
    ["a slip of an HPA", { "hpa.yaml": hpa("lama"), "d.yaml": workload("llama") }, ['lama: Did you mean "llama"?']],
    [
      "a slip of a ScaledObject",
      { "so.yaml": scaledObject("lama"), "d.yaml": workload("llama") },
      ['lama: Did you mean "llama"?'],
    ],
    [
      "a slip of a VariantAutoscaling",
      { "va.yaml": variant("lama"), "d.yaml": workload("llama") },
      ['lama: Did you mean "llama"?'],
    ],
    [
      "a slip in the name of another kind",
      { "hpa.yaml": hpa("lama", { kind: "StatefulSet" }), "s.yaml": workload("llama", { kind: "StatefulSet" }) },
      ['lama: Did you mean "llama"?'],
    ],
    [
      "the nearest name of several",
      { "hpa.yaml": hpa("lama"), "d.yaml": `${workload("llamas")}---\n${workload("llama")}` },
      ['lama: Did you mean "llama"?'],
    ],
    ["letter case", { "hpa.yaml": hpa("Llama"), "d.yaml": workload("llama") }, ['Llama: Did you mean "llama"?']],
    [
      "no object of the kind in sight",
      { "hpa.yaml": hpa("llama"), "s.yaml": workload("lama", { kind: "StatefulSet" }) },
      [],
    ],
    ["the file alone", { "hpa.yaml": hpa("llama") }, []],
    [
      "another namespace",
      {
        "hpa.yaml": hpa("lama", { metadata: ", namespace: a" }),
        "d.yaml": workload("llama", { metadata: ", namespace: b" }),
      },
      [],
    ],
    ["a name that is filled in later", { "hpa.yaml": hpa('"${NAME}"'), "d.yaml": workload("llama") }, []],
    [
      "names that differ in their numbers are different things",
      { "hpa.yaml": hpa("llama-8b"), "d.yaml": workload("llama-70b") },
      [],
    ],
    [
      "what another autoscaler scales is not meant",
      {
        "hpa.yaml": `${hpa("vllm-a", { name: "a" })}---\n${hpa("vllm-b", { name: "b" })}`,
        "d.yaml": workload("vllm-b"),
      },
      [],
    ],
    [
      "a variant and an HPA share their target",
      { "all.yaml": [hpa("llama"), variant("lama"), workload("llama")].join("---\n") },
      ['lama: Did you mean "llama"?'],
    ],
    [
      "both have the slip",
      { "all.yaml": [hpa("lama"), variant("lama"), workload("llama")].join("---\n") },
      ['lama: Did you mean "llama"?', 'lama: Did you mean "llama"?'],
    ],
    [
      "another name altogether, and a model server beside that nothing scales",
      { "hpa.yaml": hpa("inference"), "d.yaml": server("llama-decode") },
      ['inference: Is Deployment "llama-decode" meant?'],
    ],
    [
      "several of them",
      { "va.yaml": variant("inference"), "d.yaml": `${server("llama-prefill")}---\n${server("llama-decode")}` },
      ['inference: Is Deployment "llama-prefill" or Deployment "llama-decode" meant?'],
    ],
    [
      "another name altogether, and only something else beside",
      { "hpa.yaml": hpa("inference"), "d.yaml": workload("redis") },
      [],
    ],
    [
      "another name altogether, and the model server has its autoscaler",
      { "hpa.yaml": hpa("inference"), "d.yaml": server("llama-decode"), "so.yaml": scaledObject("llama-decode") },
      [],
    ],
    [
      "an autoscaler of something else, and a model server beside",
      { "hpa.yaml": hpa("web", { metric: "requests" }), "d.yaml": server("llama") },
      [],
    ],
    [
      "the same in one file",
      { "all.yaml": `${hpa("inference", { metric: "requests" })}---\n${server("llama")}` },
      ['inference: Is Deployment "llama" meant?'],
    ],
    ["a placeholder is no name", { "hpa.yaml": hpa("YOUR_DEPLOYMENT"), "d.yaml": server("llama-decode") }, []],
    [
      "a template beside",
      { "hpa.yaml": hpa("lama"), "d.yaml": workload("llama"), "t.yaml": "metadata: {{ .Values.m }}\n" },
      [],
    ],
    [
      "a controller that makes the target",
      {
        "hpa.yaml": hpa("lama"),
        "d.yaml": workload("llama"),
        "l.yaml": "apiVersion: serving.kserve.io/v1alpha1\nkind: LLMInferenceService\nmetadata: {name: q}\n",
      },
      [],
    ],
    [
      "a patch of an HPA is not a whole HPA",
      {
        "kustomization.yaml": "resources: [hpa.yaml, d.yaml]\npatches: [{path: patch.yaml}]\n",
        "hpa.yaml": hpa("llama"),
        "d.yaml": workload("llama"),
        "patch.yaml": hpa("lama"),
      },
      [],
    ],
    [
      "with a prefix of kustomize on both",
      {
        "kustomization.yaml": "namePrefix: dev-\nresources: [hpa.yaml, d.yaml]\n",
        "hpa.yaml": hpa("llama"),
        "d.yaml": workload("llama"),
      },
      [],
    ],
    [
      "a ScaledObject that writes the prefix itself, which kustomize does not",
      {
        "kustomization.yaml": "namePrefix: dev-\nresources: [so.yaml, d.yaml]\n",
        "so.yaml": scaledObject("dev-llama"),
        "d.yaml": server("llama"),
      },
      [],
    ],
    [
      "a slip in a base, seen from its overlays",
      {
        "base/kustomization.yaml": "resources: [hpa.yaml, d.yaml]\n",
        "base/hpa.yaml": hpa("lama"),
        "base/d.yaml": workload("llama"),
        "dev/kustomization.yaml": "namePrefix: dev-\nresources: [../base]\n",
        "prod/kustomization.yaml": "namespace: prod\nresources: [../base]\n",
      },
      ['lama: Did you mean "llama"?'],
    ],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(files), expected));

  test("each kind of autoscaler names its own consequence", () => {
    const message = (text: string) => findings({ "a.yaml": text, "d.yaml": workload("llama") })[0]?.message ?? "";
    assert.match(message(hpa("lama")), /^HorizontalPodAutoscaler "h" points to Deployment "lama", .* FailedGetScale/);
    assert.match(message(scaledObject("lama")), /^ScaledObject "s" points to Deployment "lama", .* KEDA will not/);
    assert.match(message(variant("lama")), /^VariantAutoscaling "v" points to Deployment "lama", .* TargetNotFound/);
  });
});

describe("the near name", () => {
  test("is the related place", () => {
    const files = { "hpa.yaml": hpa("lama"), "d.yaml": workload("llama") };
    assert.deepEqual(
      findings(files)[0]?.related.map((place) => `${place.file} ${cut(files, place)}`),
      ["d.yaml llama"],
    );
  });

  test("is what the fix writes, in the quotes that were there", () => {
    for (const [before, after] of [
      ["lama", "llama"],
      ['"lama"', '"llama"'],
    ] as const) {
      const files = { "hpa.yaml": hpa(before), "d.yaml": workload("llama") };
      const fix = findings(files)[0]?.fixes[0];
      assert.equal(fix?.safe, false);
      assert.equal(applyEdits(files, fix?.edits ?? [])["hpa.yaml"], hpa(after));
    }
  });

  test("is not written where the name has an anchor or comes by an alias", () => {
    const anchored = hpa("*n").replace("name: h", "name: &n lama");
    const files = { "hpa.yaml": anchored, "d.yaml": workload("llama") };
    const [finding] = findings(files);
    assert.equal(finding === undefined ? "" : cut(files, finding), "*n");
    assert.deepEqual(finding?.fixes, []);
  });

  test("no fix for a name that is only a guess", () => {
    assert.deepEqual(findings({ "hpa.yaml": hpa("inference"), "d.yaml": server("llama-decode") })[0]?.fixes, []);
  });

  test("in an item of a List", () => {
    const item = hpa("lama").trimEnd().replace(/^/gm, "    ").replace("    ", "  - ");
    const files = { "list.yaml": `apiVersion: v1\nkind: List\nitems:\n${item}\n`, "d.yaml": workload("llama") };
    assert.deepEqual(said(files), ['lama: Did you mean "llama"?']);
  });
});
