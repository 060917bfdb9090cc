import type { Node } from "../../text/node.ts";
import { itemsAt, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

export interface TriggerAuthenticationView {
  /** The trigger parameters it provides, from secrets, config maps or the environment. */
  readonly parameters: readonly string[];
}

const sources = ["secretTargetRef", "configMapTargetRef", "env", "boundServiceAccountToken"];

export const triggerAuthentication = defineKind<TriggerAuthenticationView>({
  id: "trigger-authentication",
  title: "TriggerAuthentication",
  schema: "trigger-authentication",
  recognise: { group: "keda.sh", kind: "TriggerAuthentication" },
  view: readAuthentication,
});

export function readAuthentication({ root }: { readonly root: Node }): TriggerAuthenticationView {
  return {
    parameters: sources.flatMap((source) =>
      itemsAt(root, "spec", source).flatMap((item) => stringAt(item, "parameter")?.value ?? []),
    ),
  };
}
