import { at } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { workloadKeys } from "./keys.ts";
import { readPodTemplate, replicasOf, type Workload } from "./pod-template.ts";

export const deployment = defineKind<Workload>({
  id: "deployment",
  title: "Deployment",
  schema: "deployment",
  recognise: { group: "apps", kind: "Deployment" },
  view: ({ root }) => ({
    replicas: replicasOf(root),
    groupSize: 1,
    template: readPodTemplate(at(root, "spec", "template")),
    claimTemplates: [],
  }),
  keys: workloadKeys,
});
