import { at, numberAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { workloadKeys } from "./keys.ts";
import { readPodTemplate, replicasOf, type Workload } from "./pod-template.ts";

export const leaderWorkerSet = defineKind<Workload>({
  id: "leader-worker-set",
  title: "LeaderWorkerSet",
  schema: "leader-worker-set",
  recognise: { group: "leaderworkerset.x-k8s.io", kind: "LeaderWorkerSet" },
  view: ({ root }) => {
    const group = at(root, "spec", "leaderWorkerTemplate");
    return {
      replicas: replicasOf(root),
      groupSize: numberAt(group, "size")?.value ?? 1,
      template: readPodTemplate(at(group, "leaderTemplate")) ?? readPodTemplate(at(group, "workerTemplate")),
      claimTemplates: [],
    };
  },
  keys: workloadKeys,
});
