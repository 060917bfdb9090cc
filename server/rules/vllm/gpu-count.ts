import { gpusPerReplica } from "../../graph/gpus.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { VllmServer } from "../../kinds/vllm/command-line.ts";
import { has, numberOf, settingOf } from "../../kinds/vllm/setting.ts";
import { type Container, isGpuResource } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setAll } from "../../text/edits.ts";
import { at, entriesAt, itemsAt, numberAt, type Placed, resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { servingContainers } from "./servers.ts";

const example = (gpus: string) =>
  serverExample({
    args: ["Qwen/Qwen3-32B", "--tensor-parallel-size=2"],
    container: [
      "resources:",
      `  limits: {nvidia.com/gpu: ${gpus}`,
      "volumeMounts:",
      "  - {name: shm, mountPath: /dev/shm}",
    ],
    spec: ["volumes:", "  - {name: shm, emptyDir: {medium: Memory, sizeLimit: 16Gi}}"],
  });

export const gpuCount = defineRule({
  id: "vllm/gpu-count",
  title: "Parallel ranks that do not match the GPUs",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VLM-01"],
  docs: {
    summary:
      "vLLM starts more ranks (tensor x pipeline x local data parallel) than the container has GPUs. With fewer ranks than GPUs it is a warning.",
    why: "Each rank takes a GPU of its own: with too few GPUs vLLM stops at start with an error about the world size. GPUs beyond the ranks are paid for and stand idle, since vLLM takes one by default.",
    mend: "Make the GPU limit equal to tensor x pipeline x data parallel ranks of the node, or change --tensor-parallel-size. A LeaderWorkerSet is counted over its group. Silent for Ray and for arguments that are filled in later.",
    sources: [
      "https://docs.vllm.ai/en/latest/serving/parallelism_scaling/",
      "https://github.com/vllm-project/vllm/blob/main/vllm/config/parallel.py",
    ],
  },
  examples: { bad: example("1} # <-"), good: example("2}") },
  messages: {
    few: "{object}: vLLM starts {ranks} ranks ({sum}), but has {gpus}: it stops at start. Ask for {ranks}, or lower --tensor-parallel-size.",
    idle: "{object}: vLLM uses {ranks} of {gpus} ({sum}); the rest is paid for and stands idle. Set --tensor-parallel-size, or ask for {ranks}.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    for (const { container, servers, title } of servingContainers(object, settings)) {
      const [server, another] = servers;
      const own = gpusOfOneKind(container);
      if (server === undefined || another !== undefined || own === undefined) continue;
      const demand = ranksOf(object, container, server, own.count.value);
      if (demand === undefined || demand.ranks === demand.gpus) continue;
      const { ranks, gpus, sum, where } = demand;
      report({
        at: own.count.node,
        message: ranks > gpus ? "few" : "idle",
        slots: { object: title, ranks, gpus: `${gpus} GPU${gpus === 1 ? "" : "s"} ${where}`, sum },
        severity: ranks > gpus ? "error" : "warning",
        fixes: where === "in the container" ? setGpus(container, own.resource, ranks) : [],
      });
    }
  },
});

interface Demand {
  readonly ranks: number;
  readonly gpus: number;
  readonly sum: string;
  readonly where: "in the container" | "in the group";
}

/** Ranks against GPUs, of the container or of the group. Absent where the command line leaves it open. */
function ranksOf(
  object: StackObject<Workload>,
  container: Container,
  server: VllmServer,
  gpus: number,
): Demand | undefined {
  const count = (name: string) => numberOf(server, name, 1);
  const tensor = count("--tensor-parallel-size");
  const pipeline = count("--pipeline-parallel-size");
  const context = count("--prefill-context-parallel-size");
  const nodes = count("--nnodes");
  const executor = settingOf(server, "--distributed-executor-backend");
  if (tensor === undefined || pipeline === undefined || context === undefined || nodes === undefined) return undefined;
  if (executor === "unknown" || (executor !== "default" && executor.text !== "mp" && executor.text !== "uni"))
    return undefined;
  const world = tensor * pipeline * context;
  const pods = object.view.groupSize;
  const data = localEngines(server, pods > 1 || nodes > 1);
  if (data === undefined || (nodes > 1 && data.written)) return undefined;
  const parts = [
    `tensor ${tensor}`,
    ...(pipeline > 1 ? [`pipeline ${pipeline}`] : []),
    ...(context > 1 ? [`prefill context ${context}`] : []),
    ...(data.engines > 1 ? [`data ${data.engines}`] : []),
  ];
  const sum = parts.join(" x ");
  // Where the own GPUs do not do, vLLM looks for a Ray cluster.
  if (pods > 1 && !data.written && (world > gpus || isJoined(server, container))) {
    const all = [...gpusPerReplica(object).values()].reduce((total, one) => total + one.count, 0);
    return { ranks: world, gpus: all, sum, where: "in the group" };
  }
  const ranks = (world / nodes) * data.engines;
  return Number.isInteger(ranks) && ranks > 0 ? { ranks, gpus, sum, where: "in the container" } : undefined;
}

/** Whether the pods of a group are one server. Otherwise each of them serves by itself. */
function isJoined(server: VllmServer, { root }: Container): boolean {
  if (has(server, "--nnodes", "--node-rank", "--headless", "--master-addr", "--data-parallel-address")) return true;
  // vLLM's own script starts Ray in each pod before the leader's server.
  const scripts = [...itemsAt(root, "command"), ...itemsAt(root, "args")].map(resolve);
  return scripts.some((node) => node?.type === "scalar" && /\bray start\b|multi-node-serving/.test(node.text));
}

/** Data parallel engines of this pod; over several nodes only where the command line says how many are here. */
function localEngines(
  server: VllmServer,
  manyNodes: boolean,
): { readonly engines: number; readonly written: boolean } | undefined {
  if (has(server, "--data-parallel-rank", "--data-parallel-external-lb")) return { engines: 1, written: true };
  const all = numberOf(server, "--data-parallel-size", 1);
  const local = numberOf(server, "--data-parallel-size-local", -1);
  if (all === undefined || local === undefined || local === 0) return undefined;
  if (local > 0) return { engines: local, written: true };
  const spread = manyNodes || has(server, "--data-parallel-address", "--data-parallel-start-rank", "--headless");
  return all > 1 && spread ? undefined : { engines: all, written: false };
}

/** The container's GPUs, where they are all of one kind and their number can be read. */
function gpusOfOneKind({ root }: Container): { readonly resource: string; readonly count: Placed<number> } | undefined {
  // Dynamic resource allocation gives GPUs by claims, and this variable hides some of them.
  if (at(root, "resources", "claims") !== undefined) return undefined;
  const asked = ["limits", "requests"].map((section) =>
    entriesAt(root, "resources", section).filter(({ key }) => isGpuResource(key.text)),
  );
  const [entry, another] = asked.find((entries) => entries.length > 0) ?? [];
  const count = entry === undefined ? undefined : numberAt(entry.value);
  if (entry === undefined || another !== undefined || count === undefined || count.value <= 0) return undefined;
  return { resource: entry.key.text, count };
}

function setGpus({ root }: Container, resource: string, ranks: number) {
  const sections = ["limits", "requests"].filter((section) => at(root, "resources", section, resource) !== undefined);
  const edits = sections.map((section) => setAll(root, ["resources", section, resource], String(ranks)));
  const possible = edits.flatMap((edit) => edit ?? []);
  return edits.every((edit) => edit !== undefined) && possible.length > 0
    ? [{ title: `Ask for ${ranks} GPU${ranks === 1 ? "" : "s"}`, safe: false, edits: possible }]
    : [];
}
