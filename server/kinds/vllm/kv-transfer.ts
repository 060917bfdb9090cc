import type { Document } from "../../text/document.ts";
import { at } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

/** The connector of an engine: the JSON of `--kv-transfer-config`, also where LMCache's operator leaves it in a ConfigMap. */
export const kvTransferConfig = defineKind({
  id: "kv-transfer-config",
  title: "KV transfer configuration",
  schema: "kv-transfer-config",
  recognise: {
    hints: ["kv_connector"],
    content: (root, doc) => isArgument(doc) || (isFile(doc) && at(root, "kv_connector") !== undefined),
  },
  view: () => undefined,
});

function isArgument({ carrier }: Document): boolean {
  return carrier?.by === "argument" && carrier.name.replaceAll("_", "-") === "kv-transfer-config";
}

function isFile({ carrier }: Document): boolean {
  return carrier?.by === "config-map" && /kv-transfer-config\.json$/.test(carrier.name);
}
