import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";
import { all, deployment, group, hpa, quota, scaledObject } from "./manifests.ts";

const gpus = (count: number | string) => `requests.nvidia.com/gpu: ${count}`;

function findings(files: Files) {
  return lint(files).filter(({ rule }) => rule === "capacity/quota");
}

/** Severity, file and place of each finding, and what it counted. */
function said(files: Files): string[] {
  return findings(files).map((finding) => {
    const counts = /for (\d+) \S+ (?:together )?\((.+?)\), but .*? allows (\d+)/.exec(finding.message);
    return `${finding.severity} ${finding.file} ${cut(files, finding)}: ${counts?.[1]} = ${counts?.[2]} over ${counts?.[3]}`;
  });
}

describe("GPUs asked for against a quota", () => {
  const table: [title: string, files: Files, expected: string[]][] = [
    ["exactly as many as allowed", all(deployment(), hpa(8), quota(gpus(16))), []],
    [
      "one replica too many",
      all(deployment(), hpa(9), quota(gpus(16))),
      ["error all.yaml 9: 18 = 9 replicas x 2 over 16"],
    ],
    [
      "a quota in quotes",
      all(deployment(), hpa(9), quota(gpus('"16"'))),
      ["error all.yaml 9: 18 = 9 replicas x 2 over 16"],
    ],
    [
      "a ScaledObject",
      all(deployment(), scaledObject("  maxReplicaCount: 9"), quota(gpus(16))),
      ["error all.yaml 9: 18 = 9 replicas x 2 over 16"],
    ],
    [
      "a ScaledObject without a maximum may grow, but nobody says how far",
      all(deployment(), scaledObject(""), quota(gpus(1))),
      [],
    ],
    [
      "no autoscaler: its own replicas",
      all(deployment({ spec: "  replicas: 3" }), quota(gpus(4))),
      ["error all.yaml 3: 6 = 3 replicas x 2 over 4"],
    ],
    ["no number of replicas is one", all(deployment(), quota(gpus(1))), ["error all.yaml 1: 2 = 1 replica x 2 over 1"]],
    [
      "several together",
      all(deployment(), hpa(4), deployment({ name: "qwen" }), hpa(5, { name: "qwen" }), quota(gpus(16))),
      ["error all.yaml 16: 18 = 4 replicas x 2 + 5 replicas x 2 over 16"],
    ],
    [
      "two of one name: nobody knows which of them runs",
      all(deployment({ spec: "  replicas: 9" }), deployment({ spec: "  replicas: 9" }), quota(gpus(16))),
      [],
    ],
    [
      "groups of pods",
      all(group({ size: 2, replicas: 3 }), quota(gpus(32))),
      ["error all.yaml 3: 48 = 3 groups of 2 pods x 16 over 32"],
    ],
    [
      "a leader without a GPU",
      all(
        group({ size: 3, replicas: 2, leader: "    leaderTemplate: {spec: {containers: [{name: l, image: i}]}}" }),
        quota(gpus(31)),
      ),
      ["error all.yaml 2: 32 = 2 groups of 3 pods x 16 over 31"],
    ],
    [
      "slices are counted apart from whole GPUs",
      all(
        deployment({ gpus: "limits: {nvidia.com/mig-3g.40gb: 1}" }),
        hpa(5),
        quota(`${gpus(0)}, requests.nvidia.com/mig-3g.40gb: 4`),
      ),
      ["error all.yaml 5: 5 = 5 replicas x 1 over 4"],
    ],
    [
      "AMD",
      all(
        deployment({ gpus: "requests: {amd.com/gpu: 1}, limits: {amd.com/gpu: 1}" }),
        hpa(5),
        quota("requests.amd.com/gpu: 4"),
      ),
      ["error all.yaml 5: 5 = 5 replicas x 1 over 4"],
    ],
    [
      "another namespace",
      all(deployment({ namespace: "a" }), hpa(9, { namespace: "a" }), quota(gpus(16), { namespace: "b" })),
      [],
    ],
    ["a quota of some pods only", all(deployment(), hpa(9), quota(gpus(16), { spec: "  scopes: [BestEffort]" })), []],
    ["a quota of CPUs", all(deployment(), hpa(9), quota("requests.cpu: 4, limits.nvidia.com/gpu: 4")), []],
    ["a maximum that is filled in later", all(deployment(), hpa('"${MAX}"'), quota(gpus(1))), []],
    [
      "GPUs that are filled in later",
      all(deployment({ gpus: 'limits: {nvidia.com/gpu: "${GPUS}"}' }), hpa(9), quota(gpus(1))),
      [],
    ],
    ["a limit that is filled in later", all(deployment(), hpa(9), quota(gpus('"${GPUS}"'))), []],
    [
      "two autoscalers on one target: which of them counts?",
      all(deployment(), hpa(9), hpa(90, { name: "other", target: "llama" }), quota(gpus(1))),
      [],
    ],
    [
      "one directory: it is only likely that all files are applied",
      { "a/d.yaml": deployment(), "a/h.yaml": hpa(9), "a/q.yaml": quota(gpus(16)) },
      ["warning a/h.yaml 9: 18 = 9 replicas x 2 over 16"],
    ],
    [
      "two directories that nothing joins",
      { "a/d.yaml": deployment(), "a/h.yaml": hpa(9), "b/q.yaml": quota(gpus(16)) },
      [],
    ],
    [
      "two directories that a kustomization joins",
      {
        "kustomization.yaml": "resources: [a/d.yaml, a/h.yaml, b/q.yaml]",
        "a/d.yaml": deployment(),
        "a/h.yaml": hpa(9),
        "b/q.yaml": quota(gpus(16)),
      },
      ["error a/h.yaml 9: 18 = 9 replicas x 2 over 16"],
    ],
    [
      "what two overlays add does not add up",
      {
        "base/kustomization.yaml": "resources: [q.yaml]",
        "base/q.yaml": quota(gpus(16)),
        "east/kustomization.yaml": "resources: [../base, d.yaml]",
        "east/d.yaml": deployment({ spec: "  replicas: 8" }),
        "west/kustomization.yaml": "resources: [../base, d.yaml]",
        "west/d.yaml": deployment({ name: "qwen", spec: "  replicas: 7" }),
      },
      [],
    ],
    [
      "an overlay that changes the maximum: what it builds is not in these files",
      {
        "base/kustomization.yaml": "resources: [d.yaml, h.yaml]",
        "base/d.yaml": deployment(),
        "base/h.yaml": hpa(9),
        "prod/kustomization.yaml": "resources: [../base, q.yaml]\npatches: [{path: max.yaml}]",
        "prod/q.yaml": quota(gpus(16)),
        "prod/max.yaml":
          "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: llama}\nspec: {maxReplicas: 8}\n",
      },
      [],
    ],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(files), expected));

  test("sidecars run beside, other init containers before", () => {
    const pod = `      initContainers:
        - {name: load, image: i, resources: {limits: {nvidia.com/gpu: 3}}}
        - {name: side, image: i, restartPolicy: Always, resources: {limits: {nvidia.com/gpu: 1}}}`;
    assert.deepEqual(said(all(deployment({ pod }), hpa(2), quota(gpus(5)))), [
      "error all.yaml 2: 6 = 2 replicas x 3 over 5",
    ]);
  });
});

describe("what it says", () => {
  test("the numbers, what follows and the mend", () => {
    assert.deepEqual(
      findings(all(deployment(), hpa(9), quota(gpus(16)))).map(({ message }) => message),
      [
        'HorizontalPodAutoscaler "llama" may ask for 18 nvidia.com/gpu (9 replicas x 2), but ResourceQuota "gpus" allows 16: the pods above it are refused and the count never reaches what was asked for. Lower the maximum to 8, or raise the quota.',
      ],
    );
  });

  test("a maximum that fits is offered, unless it is below the minimum or comes by an alias", () => {
    const mended = (documents: string[]) => {
      const files = all(...documents);
      const fixes = findings(files).flatMap(({ fixes: offered }) => offered);
      return fixes.map(({ title, edits }) => [
        title,
        /maxReplicas: (\S+)/.exec(applyEdits(files, edits)["all.yaml"] ?? "")?.[1],
      ]);
    };
    assert.deepEqual(mended([deployment(), hpa(9), quota(gpus(15))]), [["Set maxReplicas to 7", "7"]]);
    assert.deepEqual(mended([deployment(), hpa(9, { min: 8 }), quota(gpus(15))]), []);
    assert.deepEqual(mended([deployment(), hpa(9), quota(gpus(1))]), []);
    assert.deepEqual(mended([deployment(), hpa("&max 9"), quota(gpus(15))]), []);
  });
});
