import { findCacheDtype } from "../../engine/capacity/cache-dtype.ts";
import { oneRank } from "../../engine/capacity/parallel.ts";
import { bytesPerToken } from "../../engine/capacity/token-bytes.ts";
import { transfer } from "../../engine/capacity/transfer.ts";
import { bytes, gigabitsPerSecond, inGib, share, tokens } from "../../engine/units.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { isReckonable, modelOfServer } from "../../scenario/model-fit.ts";
import { modelServers } from "../../scenario/model-server.ts";
import { stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";

const example = (network: string) =>
  serverExample({
    labels: "app: qwen, llm-d.ai/role: prefill",
    args: ["Qwen/Qwen3-32B", "--max-model-len=32768"],
  }).replace(
    "metadata:\n  name: qwen\n",
    `metadata:\n  name: qwen\n  annotations:\n    headroom.dev/network: ${network}\n`,
  );

/** What guides expect of a transfer: below half a second over RDMA, below two over TCP (S3). */
const longest = 2;
/** Real networks reach 60 to 80 % of their rate. */
const reached = share(0.7);

export const transferTime = defineRule({
  id: "vllm/transfer-time",
  title: "Network on which KV cache takes longer than guides expect",
  since: "0.1.0",
  severity: "info",
  fixable: false,
  refs: ["S3"],
  docs: {
    summary:
      "The KV cache of a prompt of the maximum length takes more than two seconds from prefill to decode over the network that the annotation headroom.dev/network states.",
    why: "Before the first token of an answer is decoded, the cache of the whole prompt goes over the network: layers x 2 x KV heads x head size x bytes for each token. Guides expect less than half a second over RDMA and two over TCP; beyond that it is often faster to compute the prompt where it is decoded.",
    mend: "Use a faster network, an fp8 cache, or send only shorter prompts to other pods. State the rate of the pods' network as headroom.dev/network: 100Gbps on the prefill workload; without it nothing is said. 70 % of it are counted on.",
    sources: ["https://docs.vllm.ai/en/latest/features/disagg_prefill/", "https://arxiv.org/abs/2401.09670"],
  },
  examples: { bad: example("10Gbps # <-"), good: example("100Gbps") },
  messages: {
    slow: "{object}: the KV cache of {length} tokens of {model} is {size} GiB, which take {time} s at 70 % of {network}: the first token waits for that. Guides expect less than 2 s.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    const network = stringAt(object.annotation("headroom.dev/network"));
    const rate = /^(\d{1,5}(?:\.\d{1,3})?) ?Gb(?:ps|it\/s|\/s)$/.exec(network?.value.trim() ?? "")?.[1];
    if (network === undefined || rate === undefined || Number(rate) <= 0) return;
    if (object.view.template?.labels.get("llm-d.ai/role") !== "prefill") return;
    for (const server of modelServers(object, settings)) {
      const found = modelOfServer(server, settings);
      const length = server.flags.maxModelLen ?? found?.model.maxPositions;
      const dtype = findCacheDtype(server.flags.cacheDtype ?? "auto");
      if (found === undefined || length === undefined || dtype === undefined || !isReckonable(server, found)) continue;
      const each = bytes(bytesPerToken({ model: found.model, dtype, parallel: oneRank }));
      const link = gigabitsPerSecond(Number(rate));
      const { bytes: size, time } = transfer({
        length: tokens(length),
        bytesPerToken: each,
        link,
        efficiency: reached,
      });
      if (time <= longest) continue;
      report({
        at: network.node,
        message: "slow",
        slots: {
          object: server.title,
          length,
          model: found.model.id,
          size: inGib(size).toFixed(1),
          time: time.toFixed(1),
          network: network.value,
        },
      });
    }
  },
});
