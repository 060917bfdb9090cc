import { at } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { workloadKeys } from "./keys.ts";
import { readPodTemplate, type Workload } from "./pod-template.ts";

/** One pod on every node: the usual home of `lmcache server`. Nothing scales it. */
export const daemonSet = defineKind<Workload>({
  id: "daemon-set",
  title: "DaemonSet",
  schema: "daemon-set",
  recognise: { group: "apps", kind: "DaemonSet" },
  view: ({ root }) => ({
    replicas: undefined,
    groupSize: 1,
    template: readPodTemplate(at(root, "spec", "template")),
    claimTemplates: [],
  }),
  keys: workloadKeys,
});
