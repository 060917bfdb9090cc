import type { StackObject } from "../../../server/kinds/stack-object.ts";
import { entryOf, itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { drop, type Operator, operator, put, removeAnd, rename, textAt, write } from "./operator.ts";
import { engines, podSpec, workloadKinds } from "./serving.ts";

function isScaled({ name }: StackObject, others: readonly StackObject[]): boolean {
  return others.some(
    ({ kind, root }) =>
      (kind.id === "hpa" || kind.id === "scaled-object") && textAt(root, "spec", "scaleTargetRef", "name") === name?.value,
  );
}

export const podOperators: readonly Operator[] = [
  operator("pods/grace-period", workloadKinds, "thirty seconds to end a long answer", (object, others) =>
    isScaled(object, others) ? write(scalarAt(podSpec(object), "terminationGracePeriodSeconds"), "10") : [],
  ),
  operator("pods/killed-while-loading", workloadKinds, "a startup probe of ten seconds", (object) =>
    engines(object).flatMap((container) => {
      const probe = mapAt(container, "startupProbe");
      const at = entryOf(mapAt(container), "startupProbe")?.key;
      return at === undefined ? [] : put(probe, "failureThreshold", "1").map(({ edits }) => ({ edits, at }));
    }),
  ),
  operator("pods/no-readiness-probe", workloadKinds, "no probe to be ready by", (object, others) =>
    isScaled(object, others)
      ? engines(object).flatMap((container) =>
          removeAnd(mapAt(container), "startupProbe", drop(mapAt(container), "readinessProbe", scalarAt(container, "name"))),
        )
      : [],
  ),
  operator("pods/progress-deadline", "deployment", "a minute for a rollout", (object) =>
    engines(object).length > 0 ? put(mapAt(object.root, "spec"), "progressDeadlineSeconds", "60", "progressDeadlineSeconds") : [],
  ),
  operator("monitors/port-missing", ["service-monitor", "pod-monitor"], "a port of another name", ({ root }) =>
    ["endpoints", "podMetricsEndpoints"].flatMap((key) =>
      itemsAt(root, "spec", key).flatMap((endpoint) => write(scalarAt(endpoint, "port"), "metricz")),
    ),
  ),
  operator("monitors/selects-nothing", ["service-monitor", "pod-monitor"], "a label one letter short", ({ root }) => {
    const labels = mapAt(root, "spec", "selector", "matchLabels");
    return (labels?.entries ?? []).slice(0, 1).flatMap(({ value }) => write(value, textAt(value)?.slice(0, -1) ?? ""));
  }),
  operator("schema/deprecated-key", workloadKinds, "the old name of a service account", (object) => {
    const spec = podSpec(object);
    return entryOf(spec, "serviceAccountName") === undefined
      ? put(spec, "serviceAccount", "serving", "serviceAccount")
      : rename(spec, "serviceAccountName", "serviceAccount");
  }),
];
