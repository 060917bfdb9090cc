import { capacity, isRefusal } from "../../engine/capacity/capacity.ts";
import { inGib } from "../../engine/units.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { has } from "../../kinds/vllm/setting.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { refused } from "../../scenario/capacity-request.ts";
import { type AskedFit, askedFit, type Fit, fitsNowhere } from "../../scenario/model-fit.ts";
import { modelServers } from "../../scenario/model-server.ts";
import { lengthText, tokensText, withCommas } from "./figures.ts";
import type { Lens, Said, Surroundings } from "./lens.ts";

/** What the GPUs of a replica hold. */
export function capacityLenses(workload: StackObject<Workload>, { graph, settings }: Surroundings): Lens[] {
  const own = settings(workload);
  return modelServers(workload, own).flatMap((server) => {
    // Each data parallel rank has a cache of its own.
    const asked = has(server.command, "--data-parallel-size") ? undefined : askedFit(graph, workload, server, own);
    if (asked === undefined) return [];
    const id = `capacity ${server.container.root.start - workload.start}`;
    return [{ id, at: workload, tell: () => told(asked) }];
  });
}

function told(asked: AskedFit): Said {
  const answer = capacity(asked.request);
  if (isRefusal(answer)) return { title: refused(asked.model, answer) };
  const fit = { ...asked, capacity: answer };
  if (answer.verdict !== "fits") return { title: unfit(fit) };
  const { tokens, concurrency, settled, isUpperBound, tokensAreLogged } = answer;
  const most = isUpperBound ? "at most " : "";
  const many = Math.floor(concurrency);
  const requests = `${withCommas(many)} ${many === 1 ? "request" : "requests"} of ${lengthText(settled.maxModelLen)}`;
  return {
    title: `holds ${most}${tokensText(tokens.value)} tokens, ${requests}`,
    ...(!tokensAreLogged && {
      tooltip: `KV cache of a replica on ${asked.gpu.id}, estimated: ${withCommas(tokens.least)} to ${withCommas(tokens.most)} tokens`,
    }),
  };
}

function unfit(fit: Fit): string {
  const { verdict, settled, budget } = fit.capacity;
  const room = Math.max(0, inGib(budget.kvCache.bytes)).toFixed(1);
  const what =
    verdict === "weights-do-not-fit"
      ? `no room for a KV cache on ${fit.gpu.id}`
      : `KV cache of ${room} GiB holds no request of ${lengthText(settled.maxModelLen)}`;
  return fitsNowhere(fit) ? `${what}: vLLM does not start` : `${what}, by the estimate`;
}
