import { retaggedBy } from "../../graph/retagged.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import type { Container } from "../../kinds/workload/container.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { defineRule } from "../rule.ts";
import { templatesOf } from "../vllm/servers.ts";

const example = (image: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: vllm
          image: ${image}
          args: ["Qwen/Qwen3-8B"]
`;

/** Images whose flags and files change from release to release. */
const ofTheStack = /(?:^|\/)(?:vllm-openai[\w-]*|llm-d[\w-]*|lmcache[\w-]*|sglang|text-generation-inference)$/;

export const imageTag = defineRule({
  id: "pods/image-tag",
  title: "Image of whatever was released last",
  since: "0.1.0",
  severity: "info",
  fixable: false,
  refs: ["VLM-29"],
  docs: {
    summary: "An image of vLLM, LMCache, llm-d or another engine has no tag, or one that moves: latest, nightly, main.",
    why: "Flags, variables and files of these projects change with most releases. With such a tag a pod that moves to another node may run another version than its neighbours, or one that refuses its arguments; and nothing here can say what the version does not know.",
    mend: "Write the version that was tested, and let engine, LMCache, router and sidecar move together.",
    sources: ["https://kubernetes.io/docs/concepts/containers/images/#image-names"],
  },
  examples: { bad: example("vllm/vllm-openai:latest # <-"), good: example("vllm/vllm-openai:v0.19.0") },
  messages: {
    moving:
      "{object}: the image {image} is whatever was released last: a pod that starts later may run another version, which refuses flags of this one. Write a version.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet, daemonSet],
  check({ object, graph, report }) {
    for (const container of templatesOf(object).flatMap(containersOf)) {
      const image = container.image;
      if (image === undefined || !moves(image.value)) continue;
      const retagged = retaggedBy(graph, object.path, image.value);
      if (retagged.length > 0 && !retagged.some(moves)) continue;
      report({
        at: image.node,
        message: "moving",
        slots: { object: titleOf(object.title, container), image: image.value },
      });
    }
  },
});

/** Whether the image is of the stack and without a version. */
function moves(image: string): boolean {
  if (isOpen(image) || image.includes("@")) return false;
  const tag = /:([^/:]*)$/.exec(image)?.[1] ?? "";
  const name = image.replace(/:[^/:]*$/, "");
  return ofTheStack.test(name) && (tag === "" || /^(?:latest|nightly|main|dev|edge)$/.test(tag));
}

function containersOf(template: ReturnType<typeof templatesOf>[number]): readonly Container[] {
  return [...template.containers, ...template.initContainers];
}

function titleOf(object: string, { name }: Container): string {
  return name === undefined ? object : `${object}, container "${name.value}"`;
}
