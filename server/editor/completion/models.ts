import { isWorkload } from "../../graph/scale-target.ts";
import { nearest } from "../../graph/scope.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { argumentOf } from "../../kinds/workload/container.ts";
import { modelOf } from "../../kinds/workload/engine-arguments.ts";
import { stringAt } from "../../text/read.ts";
import type { Candidate, Scope } from "./candidate.ts";

/** The names of the models that the workspace serves, as its engines and variants say them. */
export function modelNames({ cursor, graph }: Scope): Candidate[] {
  const all = ["Deployment", "StatefulSet", "LeaderWorkerSet", "VariantAutoscaling"].flatMap((kind) =>
    graph.lookup(`api/${kind}`),
  );
  const near = new Set(nearest(graph, cursor.object, all));
  return all.flatMap((object) =>
    namesIn(object).map((label) => ({ label, detail: `served by ${object.title}`, rank: near.has(object) ? 0 : 1 })),
  );
}

function namesIn(object: StackObject): string[] {
  if (!isWorkload(object)) return [stringAt(object.root, "spec", "modelID")?.value ?? []].flat();
  return (object.view.template?.containers ?? []).flatMap((container) => {
    const served = argumentOf(container, "served-model-name")?.value;
    return served ?? modelOf(container) ?? [];
  });
}
