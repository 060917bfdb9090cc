import type { StackObject } from "../../../server/kinds/stack-object.ts";
import type { Node } from "../../../server/text/node.ts";
import { entryOf, itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { drop, type Operator, operator, put, textAt, write } from "./operator.ts";
import { scalesGpus } from "./hpa.ts";

function queries({ root }: StackObject): readonly Node[] {
  return itemsAt(root, "spec", "triggers").filter((trigger) => textAt(trigger, "type") === "prometheus");
}

/** Going to 0 and back, what KEDA does without Prometheus, and with what it asks. */
export const kedaLifeOperators: readonly Operator[] = [
  operator("keda/no-maximum", "scaled-object", "no maximum", (object, others) =>
    scalesGpus(object, others) ? drop(mapAt(object.root, "spec"), "maxReplicaCount", entryOf(mapAt(object.root, "spec"), "scaleTargetRef")?.key) : [],
  ),
  operator("keda/no-fallback", "scaled-object", "no fallback", (object) =>
    drop(mapAt(object.root, "spec"), "fallback", queries(object)[0]),
  ),
  operator("keda/idle-replicas", "scaled-object", "one idle replica", ({ root }) =>
    Number(textAt(root, "spec", "minReplicaCount")) > 1
      ? put(mapAt(root, "spec"), "idleReplicaCount", "1", "idleReplicaCount")
      : [],
  ),
  operator("keda/initial-cooldown", "scaled-object", "asleep at once", (object, others) =>
    scalesGpus(object, others) ? drop(mapAt(object.root, "spec"), "initialCooldownPeriod", scalarAt(object.root, "spec", "minReplicaCount")) : [],
  ),
  operator("keda/never-wakes", "scaled-object", "a minimum of 0 on the pods' own metrics", (object, others) => {
    const own = itemsAt(object.root, "spec", "triggers").every((trigger) =>
      /vllm:/.test(textAt(trigger, "metadata", "query") ?? ""),
    );
    const [first] = queries(object);
    const query = scalarAt(first, "metadata", "query");
    return own && query !== undefined && scalesGpus(object, others)
      ? write(scalarAt(object.root, "spec", "minReplicaCount"), "0").map(({ edits }) => ({ edits, at: query }))
      : [];
  }),
  operator("keda/without-effect", "scaled-object", "an idle count where nothing idles", ({ root }) =>
    Number(textAt(root, "spec", "minReplicaCount")) > 0
      ? put(mapAt(root, "spec"), "cooldownPeriod", "600", "cooldownPeriod")
      : [],
  ),
  operator("keda/server-address", "scaled-object", "an address that ends in a slash", (object) =>
    queries(object).flatMap((trigger) => {
      const address = scalarAt(trigger, "metadata", "serverAddress");
      return write(address, `${address?.text}/`);
    }),
  ),
  operator("keda/auth-modes", "scaled-object", "a mode that KEDA does not know", (object) =>
    queries(object).flatMap((trigger) => write(scalarAt(trigger, "metadata", "authModes"), "oauth")),
  ),
  operator("keda/unused-credentials", "scaled-object", "credentials without a mode", (object) =>
    queries(object).flatMap((trigger) =>
      drop(mapAt(trigger, "metadata"), "authModes", scalarAt(trigger, "authenticationRef", "name")),
    ),
  ),
  operator("keda/fallback-without-effect", "scaled-object", "a target that is no whole number", ({ root }) =>
    write(scalarAt(root, "spec", "advanced", "scalingModifiers", "target"), "0.5"),
  ),
  operator("prometheus/mean-as-average-value", "scaled-object", "a mean divided by the replicas", (object) =>
    queries(object)
      .filter((trigger) => textAt(trigger, "metadata", "query")?.includes("pool_saturation"))
      .flatMap((trigger) => {
        const threshold = scalarAt(trigger, "metadata", "threshold");
        return threshold === undefined
          ? []
          : write(scalarAt(trigger, "metricType"), "AverageValue").map(({ edits }) => ({ edits, at: threshold }));
      }),
  ),
];
