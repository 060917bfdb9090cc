import { parallelMistake } from "../../engine/capacity/parallel.ts";
import { numberOf, placeOf } from "../../kinds/vllm/setting.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { modelOfServer } from "../../scenario/model-fit.ts";
import { modelServers } from "../../scenario/model-server.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";

const example = (size: string) => serverExample({ args: ["microsoft/phi-4", `--tensor-parallel-size=${size}`] });

export const headsDoNotDivide = defineRule({
  id: "vllm/heads",
  title: "Tensor parallel size that the model's heads do not allow",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["LMC-070"],
  docs: {
    summary:
      "The attention heads of a known model do not divide among the tensor parallel ranks, its KV heads neither divide nor repeat evenly, or it has fewer layers than pipeline stages.",
    why: "vLLM gives every rank the same number of heads and refuses to start otherwise: phi-4 has 40 attention heads and 10 KV heads, so 4 and 8 ranks are impossible.",
    mend: "Take a degree that the message names; what remains of the GPUs can go to --pipeline-parallel-size or --data-parallel-size.",
    sources: ["https://github.com/vllm-project/vllm/blob/main/vllm/config/model.py"],
  },
  examples: { bad: example("4 # <-"), good: example("2") },
  messages: {
    uneven:
      "{object}: {model} cannot be spread so, vLLM refuses to start: {mistake}. Possible tensor parallel sizes are {sizes}.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    for (const server of modelServers(object, settings)) {
      const { command } = server;
      const found = modelOfServer(server, settings);
      const tensor = numberOf(command, "--tensor-parallel-size", 1);
      const pipeline = numberOf(command, "--pipeline-parallel-size", 1);
      if (found === undefined || tensor === undefined || pipeline === undefined) continue;
      const allows = (degree: number, stages: number) =>
        parallelMistake(found.model, { tensor: degree, pipeline: stages, decodeContext: 1 });
      const mistake = allows(tensor, pipeline);
      const at = placeOf(
        command,
        allows(tensor, 1) === undefined ? "--pipeline-parallel-size" : "--tensor-parallel-size",
      );
      if (mistake === undefined || at === undefined) continue;
      const sizes = [1, 2, 4, 5, 8, 10, 16].filter((degree) => allows(degree, 1) === undefined);
      report({
        at,
        message: "uneven",
        slots: { object: server.title, model: found.model.id, mistake, sizes: sizes.join(", ") },
      });
    }
  },
});
