import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { asApplied, isWhole } from "../../scenario/scaled-object.ts";
import { numberAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { replicaBounds } from "./bounds.ts";
import { example } from "./example.ts";
import { text } from "./mends.ts";

const spec = (replicas: string) => `  minReplicaCount: 1
  maxReplicaCount: 8
  fallback:
    failureThreshold: 3
    replicas: ${replicas}
`;

export const fallbackReplicas = defineRule({
  id: "keda/fallback-replicas",
  title: "Fallback outside the bounds",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["K-12"],
  docs: {
    summary: "fallback.replicas is above maxReplicaCount, below minReplicaCount, or 0 on a target that may go to 0.",
    why: "What a fallback asks for goes through the HPA, which keeps its own bounds: more than the maximum is cut, less than the minimum is filled up. A fallback of 0 with a minimum of 0 lets KEDA scale the target to nothing because its metric is broken.",
    mend: "Write what should run while nobody can measure: between minimum and maximum.",
    sources: [
      "https://keda.sh/docs/latest/reference/scaledobject-spec/#fallback",
      "https://github.com/kedacore/keda/blob/main/pkg/scaling/executor/scale_scaledobjects.go",
    ],
  },
  examples: { bad: example(spec("12 # <-")), good: example(spec("4")) },
  messages: {
    above:
      "{object}: the fallback asks for {replicas} replicas, but maxReplicaCount is {max}: {max} is all that comes. Write {max} or raise the maximum.",
    below:
      "{object}: the fallback asks for {replicas} replicas, but minReplicaCount is {min}: {min} stay. Write what should run while nobody can measure, at least {min}.",
    nothing:
      "{object}: the fallback asks for 0 replicas and minReplicaCount is 0, so a broken metric scales the target to nothing. Write at least 1.",
  },
  reads: [scaledObject],
  check({ object, report }) {
    const bounds = replicaBounds(object);
    const written = numberAt(object.root, "spec", "fallback", "replicas");
    const behavior = asApplied(object).spec.fallback?.behavior ?? "static";
    if (bounds === undefined || written === undefined || written.value < 0 || !isWhole(object)) return;
    // The other behaviors go by the present count: lower numbers there are a choice.
    if (behavior !== "static" && !(behavior === "currentReplicasIfHigher" && written.value > bounds.max)) return;
    const { min, max } = bounds;
    const { value: replicas, node } = written;
    if (min > max) return;
    const message = replicas > max ? "above" : replicas < min ? "below" : replicas === 0 ? "nothing" : undefined;
    if (message === undefined) return;
    const wanted = String(message === "above" ? max : Math.max(1, min));
    const bound = message === "above" ? object.view.maxReplicas : object.view.minReplicas;
    report({
      at: node,
      message,
      slots: { object: object.title, replicas, min, max },
      related: bound === undefined ? [] : [{ at: bound.node, message: `the bound is ${bound.value}` }],
      fixes: text(object.root, ["spec", "fallback", "replicas"], wanted, `Set it to ${wanted}`),
    });
  },
});
