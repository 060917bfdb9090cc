import type { Document } from "../../text/document.ts";
import { entriesAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

export interface ConfigMapView {
  readonly keys: readonly string[];
  /** The document under a data key, where there is one. */
  document(key: string): Document | undefined;
}

export const configMap = defineKind<ConfigMapView>({
  id: "config-map",
  title: "ConfigMap",
  schema: "config-map",
  recognise: { group: "", kind: "ConfigMap" },
  view: (object) => ({
    keys: entriesAt(object.root, "data").map(({ key }) => key.text),
    document: (key) => object.embedded.find(({ carrier }) => carrier?.name === key),
  }),
});
