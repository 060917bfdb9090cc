import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";
import { pool } from "../capacity/manifests.ts";
import { all, server } from "./servers.ts";

const gpu = "nvidia.com/gpu: 16";
const taint = "[{key: nvidia.com/gpu, value: present, effect: NoSchedule}]";
const tainted = pool(gpu, { taints: taint });
const tolerating = (...tolerations: string[]) => server({ pod: `      tolerations: [${tolerations.join(", ")}]` });

function findings(files: Files) {
  return lint(files).filter(({ rule }) => rule === "pods/gpu-taint");
}

const said = (files: Files) => findings(files).map((finding) => `${finding.severity} ${cut(files, finding)}`);

describe("a taint of GPU nodes", () => {
  const table: [title: string, files: Files, expected: string[]][] = [
    ["no toleration", all(server(), tainted), ["warning 1"]],
    ["a toleration of any value", all(tolerating("{key: nvidia.com/gpu, operator: Exists}"), tainted), []],
    [
      "a toleration of this value",
      all(tolerating("{key: nvidia.com/gpu, value: present, effect: NoSchedule}"), tainted),
      [],
    ],
    ["of another value", all(tolerating("{key: nvidia.com/gpu, value: other}"), tainted), ["warning tolerations"]],
    [
      "of another effect",
      all(tolerating("{key: nvidia.com/gpu, operator: Exists, effect: NoExecute}"), tainted),
      ["warning tolerations"],
    ],
    ["of everything", all(tolerating("{operator: Exists}"), tainted), []],
    ["one that is filled in later", all(tolerating('{key: "${KEY}", operator: Exists}'), tainted), []],
    [
      "a taint that only prefers",
      all(server(), pool(gpu, { taints: "[{key: nvidia.com/gpu, effect: PreferNoSchedule}]" })),
      [],
    ],
    ["another pool without the taint", all(server(), tainted, pool(gpu, { name: "open" })), []],
    ["another pool of which nobody knows", all(server(), tainted, pool("cpu: 8", { name: "any" })), []],
    [
      "another pool of plain instances",
      all(
        server(),
        tainted,
        pool("cpu: 8", {
          name: "cpu",
          spec: "{key: node.kubernetes.io/instance-type, operator: In, values: [m7i.large]}",
        }),
      ),
      ["warning 1"],
    ],
    ["no GPU asked for", all(server().replace("nvidia.com/gpu: 1", "memory: 1Gi"), tainted), []],
    ["a pool in another directory", { "a/d.yaml": server(), "b/p.yaml": tainted }, []],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(files), expected));

  test("is named with its value; the fix tolerates it", () => {
    const files = all(server(), tainted);
    const [finding] = findings(files);
    assert.equal(
      finding?.message,
      'Deployment "llama" asks for GPUs, but its pods do not tolerate the taint nvidia.com/gpu=present:NoSchedule of NodePool "gpu": they stay Pending. Add a toleration for nvidia.com/gpu.',
    );
    assert.deepEqual(said(applyEdits(files, finding?.fixes[0]?.edits ?? [])), []);
  });
});
