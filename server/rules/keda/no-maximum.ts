import { kedaDefaults } from "../../engine/keda/spec.ts";
import { scalesModelServers } from "../../graph/serving.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { isWhole } from "../../scenario/scaled-object.ts";
import { at, entryOf, mapAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { example, routerQueue, steady } from "./example.ts";

const bounds = `  minReplicaCount: 2\n`;

export const noMaximum = defineRule({
  id: "keda/no-maximum",
  title: "Model servers without a maximum",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["K-30"],
  docs: {
    summary: "A ScaledObject of model servers has no maxReplicaCount.",
    why: "KEDA's default is 100. A spike, or a query that counts too much, may then order 100 pods with their GPUs; those that find a node are paid for, the others stay pending and keep the autoscaler away from its goal.",
    mend: "Write `maxReplicaCount`: the GPUs that quota and node pool have, divided by the GPUs of one pod.",
    sources: ["https://keda.sh/docs/latest/reference/scaledobject-spec/#maxreplicacount"],
  },
  examples: {
    bad: example(`${bounds}${steady}`, routerQueue()).replace("scaleTargetRef:", "scaleTargetRef: # <-"),
    good: example(`${bounds}  maxReplicaCount: 8\n${steady}`, routerQueue()),
  },
  messages: {
    unset:
      "{object} sets no maxReplicaCount, so KEDA may order {max} pods of {target}, each with its GPUs. Set it to what quota and node pool can hold.",
  },
  reads: [scaledObject],
  check({ object, graph, report }) {
    const { root, view } = object;
    if (at(root, "spec", "maxReplicaCount") !== undefined || !isWhole(object) || !scalesModelServers(graph, object))
      return;
    report({
      at: entryOf(mapAt(root, "spec"), "scaleTargetRef")?.key ?? object,
      message: "unset",
      slots: { object: object.title, max: kedaDefaults.maxReplicaCount, target: view.target?.name.value ?? "" },
      unwritten: { root, path: ["spec", "maxReplicaCount"] },
    });
  },
});
