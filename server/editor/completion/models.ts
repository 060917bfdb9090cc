import { models } from "../../engine/catalogue/models.ts";
import { isWorkload } from "../../graph/scale-target.ts";
import { nearest } from "../../graph/scope.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { argumentOf } from "../../kinds/workload/container.ts";
import { modelOf } from "../../kinds/workload/engine-arguments.ts";
import { stringAt } from "../../text/read.ts";
import { type Candidate, type Scope, unique } from "./candidate.ts";

/** The names of models: those that the workspace serves before those of the catalogue. */
export function modelIds(scope: Scope): Candidate[] {
  const known = models.map(({ id, parameters }) => ({
    label: id,
    detail: parameters === undefined ? "catalogue" : `catalogue, ${sizeOf(parameters)} parameters`,
    rank: 5,
  }));
  return unique([...modelNames(scope), ...known]);
}

/** `8B`, `235B`, `0.6B`. */
function sizeOf(parameters: number): string {
  const billions = parameters / 1e9;
  return `${billions < 10 ? Number(billions.toFixed(1)) : Math.round(billions)}B`;
}

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
