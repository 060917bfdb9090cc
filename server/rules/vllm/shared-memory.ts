import type { RawFix } from "../../findings/raw-finding.ts";
import { mountOf, mountsAreKnown } from "../../graph/mounts.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { numberOf } from "../../kinds/vllm/setting.ts";
import { type Container, gpusOf } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { addItem, type DocumentEdit, setAll } from "../../text/edits.ts";
import type { Node } from "../../text/node.ts";
import { at, mapAt, seqAt } from "../../text/read.ts";
import { flowYaml, type YamlMap } from "../../text/write.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { servingContainers, templatesOf } from "./servers.ts";

const example = (mounts: readonly string[], volumes: readonly string[], mark = "") =>
  serverExample({
    args: ["Qwen/Qwen3-32B", `--tensor-parallel-size=2${mark}`],
    container: ["resources: {limits: {nvidia.com/gpu: 2}}", ...mounts],
    spec: volumes,
  });

export const sharedMemory = defineRule({
  id: "vllm/shared-memory",
  title: "Ranks that have 64 MiB to talk through",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["VLM-16"],
  docs: {
    summary: "vLLM runs several ranks in one container, and nothing is mounted at /dev/shm.",
    why: "The ranks of one node exchange data through shared memory, and so does NCCL. A container gets 64 MiB of it: NCCL fails with an error about shared memory at the start, or the first large batch does with a bus error.",
    mend: "Mount an emptyDir with medium Memory at /dev/shm; 16 GiB are usual. It counts against the container's memory limit as it fills. Silent with hostIPC and for LMCache's server mode, which needs the host's /dev/shm.",
    sources: [
      "https://docs.vllm.ai/en/latest/deployment/k8s/",
      "https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/troubleshooting.html#shared-memory",
    ],
  },
  examples: {
    bad: example([], [], " # <-"),
    good: example(
      ["volumeMounts:", "  - {name: shm, mountPath: /dev/shm}"],
      ["volumes:", "  - {name: shm, emptyDir: {medium: Memory, sizeLimit: 16Gi}}"],
    ),
  },
  messages: {
    small:
      "{object}: {ranks} ranks share the 64 MiB of /dev/shm that a container gets: NCCL fails at start, or a large batch does. Mount an emptyDir with medium: Memory there.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    for (const { container, servers, title } of servingContainers(object, settings)) {
      const [server, another] = servers;
      const gpus = gpusOf(container);
      if (server === undefined || another !== undefined || gpus === undefined || gpus.value < 2) continue;
      const tensor = numberOf(server, "--tensor-parallel-size", 1);
      const pipeline = numberOf(server, "--pipeline-parallel-size", 1);
      if (tensor === undefined || pipeline === undefined || tensor * pipeline < 2) continue;
      const template = templatesOf(object).find(({ containers }) =>
        containers.some(({ root }) => root === container.root),
      );
      const spec = mapAt(template?.root, "spec");
      if (spec === undefined || at(spec, "hostIPC") !== undefined || usesServer(container)) continue;
      if (!mountsAreKnown(container) || mountOf(container, "/dev/shm")?.below === "") continue;
      const flag = server.arguments.findLast(({ flag: one }) =>
        /^--(?:tensor|pipeline)-parallel-size$/.test(one?.name ?? ""),
      );
      const place = flag?.values[0];
      report({
        at: place === undefined ? gpus.node : place.word.node,
        message: "small",
        slots: { object: title, ranks: Math.min(tensor * pipeline, gpus.value) },
        fixes: mountMemory(object, spec, container),
      });
    }
  },
});

function usesServer({ words }: Container): boolean {
  return words.some(({ text }) => text.includes("LMCacheMPConnector"));
}

/** Both templates of a group would need it; that is left to people. */
function mountMemory(object: StackObject<Workload>, spec: Node, container: Container): RawFix[] {
  if (object.kind.id === leaderWorkerSet.id) return [];
  const mount = append(container.root, "volumeMounts", { name: "shm", mountPath: "/dev/shm" });
  const volume = append(spec, "volumes", { name: "shm", emptyDir: { medium: "Memory", sizeLimit: "16Gi" } });
  if (mount === undefined || volume === undefined) return [];
  return [{ title: "Mount 16 GiB of memory at /dev/shm", safe: false, edits: together(mount, volume) }];
}

/** Where the container ends on the line on which the pod's specification does, one edit adds to both. */
function together(inner: readonly DocumentEdit[], outer: readonly DocumentEdit[]): readonly DocumentEdit[] {
  const [first] = inner;
  const [second] = outer;
  if (first === undefined || second === undefined || first.start !== second.start) return [...inner, ...outer];
  return [{ ...first, newText: first.newText + second.newText }];
}

function append(holder: Node, key: string, item: YamlMap): readonly DocumentEdit[] | undefined {
  const list = seqAt(holder, key);
  if (list !== undefined) {
    const edit = addItem(list, item);
    return edit === undefined ? undefined : [edit];
  }
  const map = mapAt(holder);
  return map === undefined || at(map, key) !== undefined ? undefined : setAll(map, [key], `[${flowYaml(item)}]`);
}
