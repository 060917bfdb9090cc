import { gatheringsAround, workloadsIn } from "../../graph/applied-together.ts";
import { autoscalersOf } from "../../graph/autoscalers.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { numberAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const side = (role: string, replicas: string, annotations = "") => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama-${role}
${annotations}spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: llama-${role}}}
  template:
    metadata: {labels: {app: llama-${role}, llm-d.ai/role: ${role}}}
    spec:
      containers:
        - name: server
          image: registry.example.com/llama-server:1.4
`;
const stated = '  annotations:\n    headroom.dev/input-tokens: "5000"\n    headroom.dev/output-tokens: "1000"\n';
const example = (replicas: string) => `${side("prefill", replicas, stated)}---\n${side("decode", "1")}`;

/** Prefill replicas for one of decode, by input tokens for one of output: the guide to llm-d's architecture (S3). */
const table: readonly (readonly [tokens: number, replicas: number])[] = [
  [1, 2],
  [5, 4],
  [10, 8],
];

export const prefillDecodeRatio = defineRule({
  id: "autoscaler/prefill-decode-ratio",
  title: "Prefill and decode in another proportion than their tokens",
  since: "0.1.0",
  severity: "info",
  fixable: false,
  refs: ["P-03", "S3"],
  docs: {
    summary:
      "The replicas of prefill and decode are less than half, or more than twice, what goes with the input and output tokens of a request that annotations state.",
    why: "Prefill works through the input, decode writes the output. Where the replicas do not follow these two, one stage waits for the other, and its GPUs stand idle.",
    mend: "Usual are two prefill replicas for one of decode where input and output are equally long, four at 5:1 and eight at 10:1. State the mean tokens of your requests with headroom.dev/input-tokens and headroom.dev/output-tokens on the prefill workload; without them nothing is said. Measure before you move: prefix hits shorten the input.",
    sources: ["https://docs.vllm.ai/en/latest/features/disagg_prefill/", "https://arxiv.org/abs/2401.09670"],
  },
  examples: { bad: example("1 # <-"), good: example("4") },
  messages: {
    other:
      "{prefill} has {own} replicas and {decode} has {other}, a proportion of {ratio}:1; for {input} input and {output} output tokens about {wanted}:1 is usual. One stage waits for the other.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    const input = numberAt(object.annotation("headroom.dev/input-tokens"))?.value ?? 0;
    const output = numberAt(object.annotation("headroom.dev/output-tokens"))?.value ?? 0;
    const [gathering, another] = gatheringsAround(graph, object);
    if (input <= 0 || output <= 0 || roleOf(object) !== "prefill") return;
    if (gathering === undefined || another !== undefined) return;
    const around = workloadsIn(graph, gathering);
    const decodes = around.filter((one) => roleOf(one) === "decode");
    const [decode, second] = decodes;
    if (decode === undefined || second !== undefined || around.filter((one) => roleOf(one) === "prefill").length > 1)
      return;
    // Autoscalers follow the load; their bounds say little.
    if ([object, decode].some((one) => autoscalersOf(graph, one).length > 0)) return;
    const own = object.view.replicas;
    const other = decode.view.replicas;
    if (own === undefined || other === undefined || own.value < 1 || other.value < 1) return;
    const ratio = own.value / other.value;
    const wanted = usualRatio(input / output);
    if (ratio >= wanted / 2 && ratio <= wanted * 2) return;
    report({
      at: own.node,
      message: "other",
      slots: {
        prefill: object.title,
        decode: decode.title,
        own: own.value,
        other: other.value,
        ratio: short(ratio),
        input,
        output,
        wanted: short(wanted),
      },
      related: [{ at: other.node, message: `${other.value} for decode` }],
    });
  },
});

function roleOf({ view }: StackObject<Workload>): string | undefined {
  return view.template?.labels.get("llm-d.ai/role");
}

/** Between the table's rows by a straight line; beyond them the last row holds. */
function usualRatio(tokens: number): number {
  const after = table.findIndex(([one]) => one >= tokens);
  const upper = table[after];
  const lower = table[after - 1];
  if (upper === undefined) return table.at(-1)?.[1] ?? 1;
  if (lower === undefined) return upper[1];
  return lower[1] + ((tokens - lower[0]) / (upper[0] - lower[0])) * (upper[1] - lower[1]);
}

function short(value: number): string {
  return String(Number(value.toFixed(1)));
}
