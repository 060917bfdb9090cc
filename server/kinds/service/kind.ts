import { entriesAt, itemsAt, numberAt, type Placed, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

export interface ServiceView {
  readonly selector: ReadonlyMap<string, string>;
  readonly ports: readonly { readonly name: string | undefined; readonly port: Placed<number> | undefined }[];
}

export const service = defineKind<ServiceView>({
  id: "service",
  title: "Service",
  schema: "service",
  recognise: { group: "", kind: "Service" },
  view: ({ root }) => ({
    selector: new Map(
      entriesAt(root, "spec", "selector").flatMap(({ key, value }) =>
        value.type === "scalar" ? [[key.text, value.text]] : [],
      ),
    ),
    ports: itemsAt(root, "spec", "ports").map((node) => ({
      name: stringAt(node, "name")?.value,
      port: numberAt(node, "port"),
    })),
  }),
  keys: ({ view }) => [...view.selector].map(([key, value]) => `selects/${key}=${value}`),
});
