import { hpa } from "../../kinds/hpa/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { setPath } from "../../text/edits.ts";
import { at, entriesAt, entryOf, itemsAt, resolve, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { apiServerOf } from "./api-server.ts";

const example = (version: string) => `apiVersion: autoscaling/${version}
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 4
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
`;

export const oldApiVersion = defineRule({
  id: "hpa/old-api-version",
  title: "HPA in a version of its API that is gone, or too old for its fields",
  since: "0.1.0",
  severity: "error",
  fixable: "safe",
  refs: ["H-12"],
  docs: {
    summary: "An HPA is written as autoscaling/v2beta1 or v2beta2, or as autoscaling/v1 with metrics or behavior.",
    why: "Kubernetes removed v2beta1 in 1.25 and v2beta2 in 1.26: kubectl finds no matches for the kind. autoscaling/v1 is still there but knows only targetCPUUtilizationPercentage; metrics and behavior are unknown fields in it, refused by kubectl and dropped by other clients, which leaves an HPA on CPU at 80 %.",
    mend: "Write autoscaling/v2. The fields of v2beta2 are the same; v2beta1 had metricName and targetAverageValue where v2 has `metric` and `target`. The fix is offered where nothing else has to change.",
    sources: [
      "https://kubernetes.io/docs/reference/using-api/deprecation-guide/#horizontalpodautoscaler-v126",
      "https://kubernetes.io/docs/reference/using-api/deprecation-guide/#horizontalpodautoscaler-v125",
    ],
  },
  examples: { bad: example("v2beta2 # <-"), good: example("v2") },
  messages: {
    gone: "{object}: Kubernetes removed {version} in 1.{removed}, so that nothing is created. Write autoscaling/v2{with}.",
    unknown:
      "{object}: autoscaling/v1 has no {fields}: kubectl refuses it, and what drops unknown fields leaves an HPA on CPU. Write autoscaling/v2{with}.",
  },
  reads: [hpa],
  check({ object, settings, report }) {
    const version = stringAt(object.root, "apiVersion");
    if (version === undefined) return;
    const slots = { object: object.title, with: isOfOldShape(object) ? ", and its fields with it" : "" };
    const edit = isOfOldShape(object) ? undefined : setPath(object.root, ["apiVersion"], "autoscaling/v2");
    const fixes = edit === undefined ? [] : [{ title: "Write autoscaling/v2", safe: true, edits: [edit] }];
    const removed = removedIn.get(version.value);
    const running = apiServerOf(settings).version;
    if (removed !== undefined) {
      if (running !== undefined && Number(running.slice(2)) < removed) return;
      report({ at: version.node, message: "gone", slots: { ...slots, version: version.value, removed }, fixes });
      return;
    }
    const fields = ["metrics", "behavior"].filter((key) => entryOf(at(object.root, "spec"), key) !== undefined);
    if (version.value === "autoscaling/v1" && fields.length > 0)
      report({ at: version.node, message: "unknown", slots: { ...slots, fields: fields.join(" and no ") }, fixes });
  },
});

/** The minor version of Kubernetes 1 that no longer serves it. */
const removedIn: ReadonlyMap<string, number> = new Map([
  ["autoscaling/v2beta1", 25],
  ["autoscaling/v2beta2", 26],
]);

/** Whether fields are in use that autoscaling/v2 has not. */
function isOfOldShape({ root }: StackObject): boolean {
  if (at(root, "spec", "targetCPUUtilizationPercentage") !== undefined) return true;
  return itemsAt(root, "spec", "metrics").some((metric) =>
    entriesAt(metric).some(({ value }) => {
      const body = resolve(value);
      return (
        body?.type === "map" && (entryOf(body, "target") === undefined || entryOf(body, "metricName") !== undefined)
      );
    }),
  );
}
