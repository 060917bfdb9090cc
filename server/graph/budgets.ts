import { selectsLabels } from "../kinds/label-selector.ts";
import type { DisruptionBudgetView } from "../kinds/pod-disruption-budget/kind.ts";
import { podDisruptionBudget } from "../kinds/pod-disruption-budget/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import { type Gathering, gatheringsAround, objectsIn, workloadsIn } from "./applied-together.ts";
import type { Graph } from "./graph.ts";
import { meet } from "./scope.ts";

type Budget = StackObject<DisruptionBudgetView>;

/** The workloads whose pods a budget guards, for each gathering that it is applied in. */
export function guardedBy(graph: Graph, budget: Budget): readonly (readonly StackObject<Workload>[])[] {
  return gatheringsAround(graph, budget).map((gathering) =>
    workloadsIn(graph, gathering).filter(
      (workload) => selects(budget, workload) === true && meet(graph, budget, workload) !== undefined,
    ),
  );
}

export function budgetsIn(graph: Graph, gathering: Gathering): readonly Budget[] {
  const found = objectsIn(graph, gathering, "PodDisruptionBudget");
  return found.filter(({ kind }) => kind.id === podDisruptionBudget.id) as Budget[];
}

/** Absent where the selector cannot be read here. */
export function selects(budget: Budget, { view }: StackObject<Workload>): boolean | undefined {
  const { selector } = budget.view;
  if (selector === undefined) return undefined;
  const labels = view.template?.labels;
  return labels !== undefined && selectsLabels(selector, labels);
}
