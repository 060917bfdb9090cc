import type { RawFix } from "../../findings/raw-finding.ts";
import { type ResourceQuotaView, resourceQuota } from "../../kinds/resource-quota/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { isGpuResource } from "../../kinds/workload/container.ts";
import { setScalar } from "../../text/edits.ts";
import type { ScalarNode } from "../../text/node.ts";
import { mapAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const example = (key: string, mark = "") => `apiVersion: v1
kind: ResourceQuota
metadata: {name: gpus, namespace: llm}
spec:
  hard:
    ${key}: "16"${mark}
`;

export const quotaKey = defineRule({
  id: "capacity/quota-key",
  title: "GPU quota under a key that counts nothing",
  since: "0.1.0",
  severity: "error",
  fixable: "safe",
  refs: ["G-03"],
  docs: {
    summary: "A ResourceQuota bounds GPUs as `nvidia.com/gpu` or `limits.nvidia.com/gpu`.",
    why: "For extended resources Kubernetes counts only `requests.<name>`, since request and limit are always equal there. Any other key is stored and never compared with a pod: the namespace has no GPU quota at all.",
    mend: "Write `requests.` before the name of the resource.",
    sources: ["https://kubernetes.io/docs/concepts/policy/resource-quotas/#resource-quota-for-extended-resources"],
  },
  examples: { bad: example("limits.nvidia.com/gpu", " # <-"), good: example("requests.nvidia.com/gpu") },
  messages: {
    key: '{object} bounds "{key}", which Kubernetes does not count: the GPUs of the namespace stay without a limit. Write "{right}".',
  },
  reads: [resourceQuota],
  check({ object, report }) {
    for (const { key } of object.view.hard) {
      const resource = key.text.replace(/^limits\./, "");
      if (!isGpuResource(resource)) continue;
      const right = `requests.${resource}`;
      report({
        at: key,
        message: "key",
        slots: { object: object.title, key: key.text, right },
        fixes: rename(object, key, right),
      });
    }
  },
});

/** Where the right key stands already, only a person knows which number is meant. */
function rename(object: StackObject<ResourceQuotaView>, key: ScalarNode, right: string): RawFix[] {
  const own = mapAt(object.root, "spec", "hard")?.entries.some((entry) => entry.key === key) === true;
  const taken = object.view.hard.some((other) => other.key.text === right);
  const rivals = object.view.hard.filter(
    (other) => other.key.text.replace(/^limits\./, "") === right.slice("requests.".length),
  );
  if (!own || taken || key.anchor !== undefined || rivals.length > 1) return [];
  return [{ title: `Rename to ${right}`, safe: true, edits: [setScalar(key, right)] }];
}
