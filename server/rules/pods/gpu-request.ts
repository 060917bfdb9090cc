import type { RawFix } from "../../findings/raw-finding.ts";
import { pod } from "../../kinds/pod/kind.ts";
import { type Container, isGpuResource } from "../../kinds/workload/container.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setAll } from "../../text/edits.ts";
import { at, entriesAt, numberAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { templatesOf } from "../vllm/servers.ts";

const example = (limit: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: server
          image: registry.example.com/llama-server:1.4
          resources:
            requests:
              nvidia.com/gpu: 2${limit}
`;

export const gpuRequest = defineRule({
  id: "pods/gpu-request",
  title: "GPU request without an equal limit",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VLM-01"],
  docs: {
    summary: "A container requests GPUs and has no limit for them, or a limit of another number.",
    why: "GPUs are extended resources, which cannot be overcommitted: the API server refuses pods whose request and limit differ. A Deployment is accepted and then never makes a pod.",
    mend: "Write the same number under limits. A limit alone is enough; the request follows it.",
    sources: ["https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/#using-device-plugins"],
  },
  examples: {
    bad: example(" # <-"),
    good: example("\n            limits:\n              nvidia.com/gpu: 2"),
  },
  messages: {
    alone:
      "{object} requests {request} {resource} and has no limit for it: the API server refuses its pods. Write limits: {resource}: {request}.",
    other:
      "{object} requests {request} {resource}, but its limit is {limit}: the API server refuses its pods. Write the same number in both.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet, daemonSet, pod],
  check({ object, report }) {
    const containers = templatesOf(object).flatMap((template) => [...template.containers, ...template.initContainers]);
    for (const container of containers) {
      for (const { key, value } of entriesAt(container.root, "resources", "requests")) {
        const request = isGpuResource(key.text) ? numberAt(value) : undefined;
        const written = at(container.root, "resources", "limits", key.text);
        const limit = numberAt(written);
        // A limit that is filled in later may be anything.
        if (request === undefined || (written !== undefined && limit === undefined)) continue;
        if (limit?.value === request.value) continue;
        const slots = { object: titleOf(object.title, container), request: request.value, resource: key.text };
        if (limit === undefined) {
          const fixes = setLimit(container, key.text, request.value);
          report({ at: request.node, message: "alone", slots, fixes });
        } else {
          const related = [{ at: limit.node, message: `the limit is ${limit.value}` }];
          const fixes = setLimit(container, key.text, request.value);
          report({ at: request.node, message: "other", slots: { ...slots, limit: limit.value }, related, fixes });
        }
      }
    }
  },
});

function titleOf(object: string, { name }: Container): string {
  return name === undefined ? object : `${object}, container "${name.value}"`;
}

function setLimit({ root }: Container, resource: string, count: number): RawFix[] {
  const edits = setAll(root, ["resources", "limits", resource], String(count));
  return edits === undefined || edits.length === 0 ? [] : [{ title: `Set the limit to ${count}`, safe: false, edits }];
}
