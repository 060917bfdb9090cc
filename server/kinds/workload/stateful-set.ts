import { at, itemsAt, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { workloadKeys } from "./keys.ts";
import { readPodTemplate, replicasOf, type Workload } from "./pod-template.ts";

export const statefulSet = defineKind<Workload>({
  id: "stateful-set",
  title: "StatefulSet",
  schema: "stateful-set",
  recognise: { group: "apps", kind: "StatefulSet" },
  view: ({ root }) => ({
    replicas: replicasOf(root),
    groupSize: 1,
    template: readPodTemplate(at(root, "spec", "template")),
    claimTemplates: itemsAt(root, "spec", "volumeClaimTemplates").flatMap(
      (claim) => stringAt(claim, "metadata", "name")?.value ?? [],
    ),
  }),
  keys: workloadKeys,
});
