import { hpa } from "../../kinds/hpa/kind.ts";
import { setAll } from "../../text/edits.ts";
import { at, entryOf, isNull, resolve } from "../../text/read.ts";
import { isTemplated } from "../../text/template.ts";
import { defineRule } from "../rule.ts";
import { apiServerOf } from "./api-server.ts";

const example = (ref: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef:${ref}
    kind: Deployment
    name: web
  maxReplicas: 4
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
`;

/** Where the kinds that inference stacks scale are served. */
const served: Readonly<Record<string, string>> = {
  Deployment: "apps/v1",
  StatefulSet: "apps/v1",
  ReplicaSet: "apps/v1",
  LeaderWorkerSet: "leaderworkerset.x-k8s.io/v1",
};
/** Groups that have no kind of these names, or have it no more. Any other group may have one of its own. */
const others = new Set(["", "extensions", ...Object.values(served).map(groupOf)]);

export const targetApiVersion = defineRule({
  id: "hpa/target-api-version",
  title: "Scale target without the API group of its kind",
  since: "0.1.0",
  severity: "error",
  fixable: "safe",
  refs: ["H-09"],
  docs: {
    summary: "The scaleTargetRef of an HPA has no apiVersion, or one whose group does not hold the kind.",
    why: "The controller looks the kind up in the group that is written; an absent one is the core group, which has no Deployment. The HPA reports FailedGetScale and scales nothing. From Kubernetes 1.34 the API server refuses a reference without a group.",
    mend: "Write apps/v1 for a Deployment or StatefulSet, leaderworkerset.x-k8s.io/v1 for a LeaderWorkerSet.",
    sources: [
      "https://github.com/kubernetes/kubernetes/pull/132537",
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/podautoscaler/horizontal.go",
    ],
  },
  examples: { bad: example(" # <-"), good: example("\n    apiVersion: apps/v1") },
  messages: {
    absent:
      "{object}: scaleTargetRef has no apiVersion, so Kubernetes looks for {kind} in the core group, finds none and {consequence}. Write {wanted}.",
    group:
      "{object}: scaleTargetRef asks for {kind} in {written}, where it is not served: the HPA reports FailedGetScale and scales nothing. Write {wanted}.",
  },
  reads: [hpa],
  check({ object, graph, settings, report }) {
    const { target } = object.view;
    const wanted = Object.hasOwn(served, target?.kind ?? "") ? served[target?.kind ?? ""] : undefined;
    if (target === undefined || wanted === undefined || graph.layout.isPatch(object.path)) return;
    const written = resolve(at(target.node, "apiVersion"));
    if (written !== undefined && (written.type !== "scalar" || isTemplated(written.text))) return;
    const text = written === undefined || isNull(written) ? "" : written.text;
    if (!others.has(groupOf(text)) || groupOf(text) === groupOf(wanted)) return;
    const { version, features } = apiServerOf(settings);
    const refuses = features.checksApiVersion
      ? "the API server refuses the HPA"
      : "the HPA reports FailedGetScale and scales nothing";
    const edits = setAll(object.root, ["spec", "scaleTargetRef", "apiVersion"], wanted);
    const common = { object: object.title, kind: target.kind, wanted };
    const fixes = edits === undefined ? [] : [{ title: `Write apiVersion ${wanted}`, safe: true, edits }];
    if (text !== "")
      report({ at: written ?? target.node, message: "group", slots: { ...common, written: text }, fixes });
    else
      report({
        at: entryOf(at(object.root, "spec"), "scaleTargetRef")?.key ?? target.node,
        message: "absent",
        slots: {
          ...common,
          consequence: version === undefined ? `${refuses} (from 1.34; before, it scales nothing)` : refuses,
        },
        severity: features.checksApiVersion ? "error" : "warning",
        fixes,
      });
  },
});

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}
