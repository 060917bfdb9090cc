import { defineKind } from "../kind.ts";
import { readAuthentication, type TriggerAuthenticationView } from "./trigger-authentication.ts";

/** The same for every namespace; its secrets live in KEDA's own. */
export const clusterTriggerAuthentication = defineKind<TriggerAuthenticationView>({
  id: "cluster-trigger-authentication",
  title: "ClusterTriggerAuthentication",
  schema: "cluster-trigger-authentication",
  recognise: { group: "keda.sh", kind: "ClusterTriggerAuthentication" },
  view: readAuthentication,
});
