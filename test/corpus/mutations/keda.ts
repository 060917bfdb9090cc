import type { Node } from "../../../server/text/node.ts";
import { entriesAt, itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { drop, type Operator, operator, overwrite, put, removeAnd, rename, textAt, write } from "./operator.ts";

function triggersOf(root: Node): readonly Node[] {
  return itemsAt(root, "spec", "triggers");
}

function ofType(root: Node, type: string): readonly Node[] {
  return triggersOf(root).filter((trigger) => textAt(trigger, "type") === type);
}

export const kedaOperators: readonly Operator[] = [
  operator("keda/metric-type-in-metadata", "scaled-object", "metricType in the metadata", ({ root }) =>
    triggersOf(root).flatMap((trigger) =>
      removeAnd(mapAt(trigger), "metricType", put(mapAt(trigger, "metadata"), "metricType", "AverageValue")),
    ),
  ),
  operator("security/tls-verification-off", "scaled-object", "unsafeSsl", ({ root }) =>
    ofType(root, "prometheus").flatMap((trigger) => put(mapAt(trigger, "metadata"), "unsafeSsl", '"true"')),
  ),
  operator("schema/wrong-type", "scaled-object", "metadata without quotes", ({ root }) =>
    triggersOf(root).flatMap((trigger) =>
      entriesAt(trigger, "metadata").flatMap(({ value }) =>
        value.type === "scalar" && value.style === "double" && /^[\d.]+$|^true$|^false$/.test(value.text)
          ? [overwrite(value, value.text)]
          : [],
      ),
    ),
  ),
  operator("schema/unknown-key", "scaled-object", "the HPA's names of the bounds", ({ root }) => [
    ...rename(mapAt(root, "spec"), "minReplicaCount", "minReplicas"),
    ...rename(mapAt(root, "spec"), "maxReplicaCount", "maxReplicas"),
  ]),
  operator("schema/unknown-key", "scaled-object", "metadata keys one letter short", ({ root }) =>
    triggersOf(root).flatMap((trigger) =>
      entriesAt(trigger, "metadata").flatMap(({ key }) =>
        rename(mapAt(trigger, "metadata"), key.text, key.text.slice(0, -1)),
      ),
    ),
  ),
  operator("schema/wrong-value", "scaled-object", "a fallback behavior that KEDA does not have", ({ root }) =>
    write(scalarAt(root, "spec", "fallback", "behavior"), "currentReplicasOrHigher"),
  ),
  operator("schema/wrong-value", "scaled-object", "a metricType that KEDA does not have", ({ root }) =>
    triggersOf(root).flatMap((trigger) => write(scalarAt(trigger, "metricType"), "Average")),
  ),
  operator("schema/missing-key", "scaled-object", "no threshold", ({ root }) =>
    ofType(root, "prometheus").flatMap((trigger) =>
      drop(mapAt(trigger, "metadata"), "threshold", entriesAt(trigger).find(({ key }) => key.text === "metadata")?.key),
    ),
  ),
];
