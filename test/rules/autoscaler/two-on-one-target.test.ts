import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cut, type Files, lint } from "../../support/lint.ts";

interface Shape {
  readonly metadata?: string;
  readonly target?: string;
  readonly spec?: string;
}

const hpa = (
  name: string,
  { metadata = "", target = "name: llama", spec = "" }: Shape = {},
) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}${metadata}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, ${target}}
  maxReplicas: 4
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
${spec}`;

const scaledObject = (
  name: string,
  { metadata = "", target = "name: llama", spec = "" }: Shape = {},
) => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: ${name}${metadata}}
spec:
  scaleTargetRef: {${target}}
  maxReplicaCount: 4
  triggers: [{type: kafka, metadata: {topic: t}}]
${spec}`;

function findings(files: Files) {
  return lint(files).filter(({ rule }) => rule === "autoscaler/two-on-one-target");
}

/** `file: object and other`, once for each finding; with its severity when it is no error. */
function said(files: Files): string[] {
  return findings(files).map((finding) => {
    const pair = /^\w+ "(.+?)" and (\w+ ".+?") both scale/.exec(finding.message);
    const mild = finding.severity === "error" ? "" : `${finding.severity} `;
    return `${mild}${finding.file}: ${pair?.[1]} and ${pair?.[2]}`;
  });
}

describe("two autoscalers on one target", () => {
  const table: [title: string, documents: string[], expected: string[]][] = [
    [
      "an HPA and a ScaledObject: the HPA is told, wherever it stands",
      [hpa("h"), scaledObject("s")],
      ['all.yaml: h and ScaledObject "s"'],
    ],
    ["the same the other way round", [scaledObject("s"), hpa("h")], ['all.yaml: h and ScaledObject "s"']],
    ["two HPAs: the later one is told", [hpa("a"), hpa("b")], ['all.yaml: b and HorizontalPodAutoscaler "a"']],
    [
      "two ScaledObjects: the later one is told",
      [scaledObject("a"), scaledObject("b")],
      ['all.yaml: b and ScaledObject "a"'],
    ],
    [
      "three: each later one, once",
      [hpa("a"), hpa("b"), hpa("c")],
      ['all.yaml: b and HorizontalPodAutoscaler "a"', 'all.yaml: c and HorizontalPodAutoscaler "a"'],
    ],
    ["the same object twice is one object", [hpa("a"), hpa("a")], []],
    ["two targets", [hpa("a"), scaledObject("b", { target: "name: other" })], []],
    ["two kinds of one name", [hpa("a"), scaledObject("b", { target: "kind: StatefulSet, name: llama" })], []],
    [
      "KEDA's default kind, written and not",
      [scaledObject("a"), scaledObject("b", { target: "kind: Deployment, apiVersion: apps/v1, name: llama" })],
      ['all.yaml: b and ScaledObject "a"'],
    ],
    [
      "one kind in two groups",
      [hpa("a"), scaledObject("b", { target: "kind: Deployment, apiVersion: example.com/v1, name: llama" })],
      [],
    ],
    [
      "another version of one group",
      [hpa("a"), scaledObject("b", { target: "kind: Deployment, apiVersion: apps/v1beta2, name: llama" })],
      ['all.yaml: a and ScaledObject "b"'],
    ],
    [
      "two namespaces",
      [hpa("a", { metadata: ", namespace: one" }), scaledObject("b", { metadata: ", namespace: two" })],
      [],
    ],
    [
      "one namespace",
      [hpa("a", { metadata: ", namespace: one" }), scaledObject("b", { metadata: ", namespace: one" })],
      ['all.yaml: a and ScaledObject "b"'],
    ],
    [
      "a namespace that is not written may be another",
      [hpa("a", { metadata: ", namespace: one" }), scaledObject("b")],
      [],
    ],
    [
      "a target that is filled in later",
      [hpa("a", { target: 'name: "${T}"' }), hpa("b", { target: 'name: "${T}"' })],
      [],
    ],
    ["two names that are filled in later may be one", [hpa('"${A}"'), hpa('"${B}"')], []],
  ];
  for (const [title, documents, expected] of table)
    test(title, () => assert.deepEqual(said({ "all.yaml": documents.join("---\n") }), expected));

  test("it stands at the target's name and points to the other one's", () => {
    const files = { "hpa.yaml": hpa("h"), "keda.yaml": scaledObject("s") };
    const [finding, ...rest] = findings(files);
    assert.deepEqual(rest, []);
    assert.equal(finding === undefined ? "" : cut(files, finding), "llama");
    assert.deepEqual(
      finding?.related.map((place) => `${place.file} ${cut(files, place)} ${place.message}`),
      ['keda.yaml llama ScaledObject "s" scales it too'],
    );
    assert.match(finding?.message ?? "", /AmbiguousSelector; KEDA's webhook refuses the ScaledObject\. Keep one/);
  });

  test("items of a List", () => {
    const item = (text: string) => text.trimEnd().replace(/^/gm, "    ").replace("    ", "  - ");
    const list = `apiVersion: v1\nkind: List\nitems:\n${item(hpa("a"))}\n${item(scaledObject("b"))}\n`;
    assert.deepEqual(said({ "list.yaml": list }), ['list.yaml: a and ScaledObject "b"']);
  });
});

describe("an HPA that KEDA owns is no second autoscaler", () => {
  const named = (name: string) => `  advanced: {horizontalPodAutoscalerConfig: {name: ${name}}}\n`;
  const annotated = (key: string, value: string) => `, annotations: {${key}: "${value}"}`;
  const transfer = "scaledobject.keda.sh/transfer-hpa-ownership";
  const unchecked = annotated("validations.keda.sh/hpa-ownership", "false");
  const table: [title: string, silent: boolean, first: string, second: string][] = [
    [
      "handed over by name",
      true,
      hpa("h"),
      scaledObject("s", { metadata: annotated(transfer, "true"), spec: named("h") }),
    ],
    ["handed over without its name", false, hpa("h"), scaledObject("s", { metadata: annotated(transfer, "true") })],
    [
      "handed over by another name",
      false,
      hpa("h"),
      scaledObject("s", { metadata: annotated(transfer, "true"), spec: named("g") }),
    ],
    [
      "handed over by a name that is filled in later",
      true,
      hpa("h"),
      scaledObject("s", { metadata: annotated(transfer, "true"), spec: named('"${HPA}"') }),
    ],
    ["named, but not handed over", false, hpa("h"), scaledObject("s", { spec: named("h") })],
    [
      "not handed over in words",
      false,
      hpa("h"),
      scaledObject("s", { metadata: annotated(transfer, "false"), spec: named("h") }),
    ],
    [
      "made by KEDA and read back from the cluster",
      true,
      hpa("keda-hpa-s", {
        metadata: ", ownerReferences: [{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, name: s}]",
      }),
      scaledObject("s"),
    ],
    [
      "while the ScaledObject is paused, the webhook still refuses it",
      false,
      hpa("h"),
      scaledObject("s", { metadata: annotated("autoscaling.keda.sh/paused", "true") }),
    ],
    [
      "paused, and the HPA is excepted from the webhook: there is one HPA",
      true,
      hpa("h", { metadata: unchecked }),
      scaledObject("s", { metadata: annotated("autoscaling.keda.sh/paused-replicas", "2") }),
    ],
    [
      "excepted from the webhook, but both run",
      false,
      hpa("h", { metadata: unchecked }),
      scaledObject("s", { metadata: annotated("autoscaling.keda.sh/paused", "false") }),
    ],
  ];
  for (const [title, silent, first, second] of table)
    test(title, () => assert.equal(said({ "all.yaml": `${first}---\n${second}` }).length, silent ? 0 : 1));
});

describe("only autoscalers that meet in one cluster", () => {
  const table: [title: string, files: Files, expected: string[]][] = [
    [
      "dev and prod overlays define the same object",
      {
        "base/kustomization.yaml": "resources: [d.yaml]\n",
        "base/d.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: llama}\n",
        "overlays/dev/kustomization.yaml": "resources: [../../base, hpa.yaml]\n",
        "overlays/dev/hpa.yaml": hpa("llama"),
        "overlays/prod/kustomization.yaml": "resources: [../../base, hpa.yaml]\n",
        "overlays/prod/hpa.yaml": hpa("llama"),
      },
      [],
    ],
    [
      "dev scales with an HPA, prod with KEDA",
      {
        "overlays/dev/kustomization.yaml": "resources: [hpa.yaml]\n",
        "overlays/dev/hpa.yaml": hpa("llama"),
        "overlays/prod/kustomization.yaml": "resources: [keda.yaml]\n",
        "overlays/prod/keda.yaml": scaledObject("llama"),
      },
      [],
    ],
    [
      "the base has an HPA, the overlay adds KEDA",
      {
        "base/kustomization.yaml": "resources: [hpa.yaml]\n",
        "base/hpa.yaml": hpa("llama"),
        "overlays/prod/kustomization.yaml": "resources: [../../base, keda.yaml]\n",
        "overlays/prod/keda.yaml": scaledObject("llama"),
      },
      ['base/hpa.yaml: llama and ScaledObject "llama"'],
    ],
    [
      "the overlay adds KEDA and deletes the HPA",
      {
        "base/kustomization.yaml": "resources: [hpa.yaml]\n",
        "base/hpa.yaml": hpa("llama"),
        "overlays/prod/kustomization.yaml": "resources: [../../base, keda.yaml]\npatches: [{path: no-hpa.yaml}]\n",
        "overlays/prod/keda.yaml": scaledObject("llama"),
        "overlays/prod/no-hpa.yaml": `$patch: delete\n${hpa("llama")}`,
      },
      [],
    ],
    [
      "a patch of an HPA is not a second HPA",
      {
        "kustomization.yaml": "resources: [hpa.yaml]\npatches: [{path: patch.yaml}]\n",
        "hpa.yaml": hpa("a"),
        "patch.yaml": hpa("b"),
      },
      [],
    ],
    ["directories of their own", { "a/hpa.yaml": hpa("a"), "b/hpa.yaml": hpa("b") }, []],
    ["files of two environments", { "hpa-dev.yaml": hpa("a"), "keda-prod.yaml": scaledObject("b") }, []],
    [
      "an alternative that the kustomization does not list",
      { "kustomization.yaml": "resources: [hpa.yaml]\n", "hpa.yaml": hpa("a"), "keda.yaml": scaledObject("b") },
      [],
    ],
    [
      "one directory, where the two may be alternatives",
      { "hpa.yaml": hpa("a"), "keda.yaml": scaledObject("b") },
      ['info hpa.yaml: a and ScaledObject "b"'],
    ],
    [
      "one directory with an alternative, and one file with a conflict",
      { "all.yaml": `${hpa("a")}---\n${scaledObject("b")}`, "keda.yaml": scaledObject("a") },
      ['all.yaml: a and ScaledObject "b"', 'info keda.yaml: a and ScaledObject "b"'],
    ],
    ["a broken neighbour", { "hpa.yaml": hpa("a"), "keda.yaml": `${scaledObject("b")}  : [\n` }, []],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(files), expected));
});
