import type { StackObject } from "../../../server/kinds/stack-object.ts";
import type { Node } from "../../../server/text/node.ts";
import { itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { mapsBelow, type Operator, operator, type Planted, put, rename, write } from "./operator.ts";

/** Kinds whose schema is closed, and that the corpus has many of. */
const closed = [
  "hpa",
  "scaled-object",
  "variant-autoscaling",
  "trigger-authentication",
  "cluster-trigger-authentication",
  "service-monitor",
  "pod-monitor",
  "prometheus-rule",
  "node-pool",
  "inference-pool",
  "inference-objective",
  "epp-config",
  "pod-disruption-budget",
];

function kindOf({ root, doc }: StackObject): Node | undefined {
  const entry = root.entries.find(({ key }) => key.type === "scalar" && key.text === "kind");
  return root.flow || doc.root !== root || doc.carrier !== undefined ? undefined : entry?.key;
}

/** Text before the key `kind` of an object that is written in lines, found where it is. */
function before(object: StackObject, newText: string): Planted[] {
  const key = kindOf(object);
  return key === undefined ? [] : [{ edits: [{ doc: key.doc, start: key.start, end: key.start, newText }], at: newText }];
}

/** A key that was there already is found where it stands the second time. */
function twice(object: StackObject): Planted[] {
  const key = kindOf(object);
  return before(object, "kind: Other\n").flatMap(({ edits }) => (key === undefined ? [] : [{ edits, at: key }]));
}

export const documentOperators: readonly Operator[] = [
  operator("schema/unknown-key", closed, "a key of the spec with a letter doubled", ({ root }) => {
    const spec = mapAt(root, "spec");
    return (spec?.entries ?? []).flatMap(({ key }) =>
      key.type === "scalar" ? rename(spec, key.text, `${key.text}${key.text.slice(-1)}`) : [],
    );
  }),
  operator("yaml/duplicate-key", closed, "kind written twice", twice),
  operator("yaml/syntax", closed, "a tab before a key", (object) => before(object, "\t")),
  operator("schema/wrong-value", "hpa", "a policy of no known type", (object) =>
    mapsBelow(object.root).flatMap((map) =>
      itemsAt(map, "policies").flatMap((policy) => write(scalarAt(policy, "type"), "Pod")),
    ),
  ),
  operator("schema/wrong-value", "hpa", "a metric of no known type", ({ root }) =>
    itemsAt(root, "spec", "metrics").flatMap((metric) => write(scalarAt(metric, "type"), "Custom")),
  ),
  operator("schema/wrong-type", "hpa", "bounds in words", ({ root }) => [
    ...write(scalarAt(root, "spec", "minReplicas"), "one"),
    ...write(scalarAt(root, "spec", "maxReplicas"), "many"),
  ]),
  operator("prometheus/query-syntax", "prometheus-rule", "a bracket less", ({ root }) =>
    itemsAt(root, "spec", "groups")
      .flatMap((group) => itemsAt(group, "rules"))
      .flatMap((rule) => {
        const expr = scalarAt(rule, "expr");
        return expr?.style !== "plain" ? [] : write(expr, expr.text.replace(/\)(?=[^)]*$)/, ""));
      }),
  ),
  operator("config/invalid", "headroom-config", "a product that nobody knows", ({ root }) =>
    put(mapAt(root, "versions"), "openshift", '"4.16"'),
  ),
  operator("suppression/unused", closed, "a suppression of nothing", (object) =>
    before(object, "# headroom-disable-next-line hpa/scale-up-window -- was needed once\n"),
  ),
  operator("suppression/no-reason", closed, "a suppression without a reason", (object) =>
    before(object, "# headroom-disable-next-line hpa/scale-up-window\n"),
  ),
  operator("traffic/invalid", "traffic", "points out of order", ({ root }) => {
    const [, second, third] = itemsAt(root, "rate", "points");
    return third === undefined
      ? []
      : write(scalarAt(second, "at"), "3h").map(({ edits }) => ({ edits, at: third }));
  }),
];
