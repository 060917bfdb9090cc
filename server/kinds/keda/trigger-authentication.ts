import type { Node } from "../../text/node.ts";
import { entriesAt, itemsAt, type Placed, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

export interface TriggerAuthenticationView {
  /** The trigger parameters it provides, from secrets, config maps or the environment. */
  readonly parameters: readonly string[];
  /** Whose identity of a cloud is used instead: `aws`, `gcp`, … */
  readonly podIdentity: Placed<string> | undefined;
  /** Whether these are all: vaults, files and what is filled in later may provide more. */
  readonly complete: boolean;
}

const sources = ["secretTargetRef", "configMapTargetRef", "env", "boundServiceAccountToken"];
const others = new Set([...sources, "podIdentity"]);

export const triggerAuthentication = defineKind<TriggerAuthenticationView>({
  id: "trigger-authentication",
  title: "TriggerAuthentication",
  schema: "trigger-authentication",
  recognise: { group: "keda.sh", kind: "TriggerAuthentication" },
  view: readAuthentication,
});

export function readAuthentication({ root }: { readonly root: Node }): TriggerAuthenticationView {
  const items = sources.flatMap((source) => itemsAt(root, "spec", source));
  const parameters = items.flatMap((item) => stringAt(item, "parameter")?.value ?? []);
  const provider = stringAt(root, "spec", "podIdentity", "provider");
  const spec = entriesAt(root, "spec");
  return {
    parameters,
    podIdentity: provider?.value === "none" ? undefined : provider,
    complete: parameters.length === items.length && spec.length > 0 && spec.every(({ key }) => others.has(key.text)),
  };
}
