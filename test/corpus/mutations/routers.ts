import type { StackObject } from "../../../server/kinds/stack-object.ts";
import type { Node } from "../../../server/text/node.ts";
import { entryOf, itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { drop, type Operator, operator, put, textAt, write } from "./operator.ts";
import { podSpec } from "./serving.ts";

const config = "epp-config";

function plugins({ root }: StackObject, type?: string): readonly Node[] {
  return itemsAt(root, "plugins").filter((plugin) => type === undefined || textAt(plugin, "type") === type);
}

function profiles({ root }: StackObject): readonly Node[] {
  return itemsAt(root, "schedulingProfiles");
}

function entries(object: StackObject): readonly Node[] {
  return profiles(object).flatMap((profile) => itemsAt(profile, "plugins"));
}

/** The router's version as the stack says it: by its configuration, else by the image of its pods. */
function version(others: readonly StackObject[]): number {
  const said = others.flatMap(({ kind, root }) =>
    kind.id === "headroom-config" ? (textAt(root, "versions", "router") ?? []) : [],
  );
  const image = others.map(({ doc }) => /(?:endpoint-picker|inference-scheduler):v0\.(\d+)/.exec(doc.text)?.[1]);
  return Number(said[0]?.split(".")[1] ?? image.find((minor) => minor !== undefined) ?? Number.NaN);
}

/** Of a version that is said and not below this one. */
function isFrom(minor: number, plant: Operator["plant"]): Operator["plant"] {
  return (object, others) => (version(others) >= minor ? plant(object, others) : []);
}

/** Arguments of the endpoint picker that begin so. */
function flags(object: StackObject, start: string) {
  return itemsAt(podSpec(object), "containers")
    .flatMap((container) => itemsAt(container, "args"))
    .flatMap((item) => (item.type === "scalar" && item.text.startsWith(start) ? [item] : []));
}

export const routerOperators: readonly Operator[] = [
  operator("epp/decider-order", config, "the handler before its decider", (object, others) =>
    version(others) <= 9
      ? plugins(object, "disagg-profile-handler").flatMap((handler) => {
          const decider = plugins(object, textAt(handler, "parameters", "deciders", "prefill") ?? "")[0];
          if (decider === undefined) return [];
          const text = ({ doc, start, end }: Node) => doc.text.slice(start, end).trimEnd();
          const put = (place: Node, by: Node) => ({
            doc: place.doc,
            start: place.start,
            end: place.start + text(place).length,
            newText: text(by),
          });
          return [{ edits: [put(decider, handler), put(handler, decider)], at: "disagg-profile-handler" }];
        })
      : [],
  ),
  operator("epp/duplicate-name", config, "a plugin by the name of the first", (object) => {
    const [first, second] = plugins(object);
    return put(mapAt(second), "name", textAt(first, "name") ?? textAt(first, "type") ?? "");
  }),
  operator(
    "epp/experimental-plugin",
    config,
    "a scorer that is an experiment",
    isFrom(10, (object) =>
      plugins(object, "queue-scorer").flatMap((plugin) => {
        const type = scalarAt(plugin, "type");
        const [named] = put(mapAt(plugin), "name", "queue-scorer");
        return write(type, "session-affinity-scorer").map(({ edits, at }) => ({
          edits: [...edits, ...(named?.edits ?? [])],
          at,
        }));
      }),
    ),
  ),
  operator("epp/feature-gate", config, "a gate that is gone", isFrom(10, ({ root }) =>
    put(mapAt(root), "featureGates", "[dataLayer]", "dataLayer"),
  )),
  operator("epp/flow-control-ignored", config, "flow control without its gate", isFrom(9, ({ root }) =>
    drop(mapAt(root), "featureGates", entryOf(mapAt(root), "flowControl")?.key),
  )),
  operator("epp/kv-threshold", config, "per cent for a fraction", (object) =>
    plugins(object, "utilization-detector").flatMap((plugin) =>
      write(scalarAt(plugin, "parameters", "kvCacheUtilThreshold"), "80"),
    ),
  ),
  operator("epp/missing-plugin", config, "a reference one letter short", (object) =>
    entries(object).flatMap((entry) => {
      const ref = scalarAt(entry, "pluginRef");
      return write(ref, ref?.text.slice(0, -1) ?? "");
    }),
  ),
  operator("epp/no-decode-profile", config, "decode under another name", (object) =>
    plugins(object, "disagg-profile-handler").length > 0
      ? profiles(object).flatMap((profile) =>
          textAt(profile, "name") === "decode" ? write(scalarAt(profile, "name"), "decoding") : [],
        )
      : [],
  ),
  operator("epp/old-api-version", config, "the group of before 0.9", isFrom(9, ({ root }) =>
    write(scalarAt(root, "apiVersion"), "inference.networking.x-k8s.io/v1alpha1"),
  )),
  operator("epp/plugins-config-file", "router-values", "a file that nobody writes", ({ root }) =>
    write(scalarAt(root, "router", "epp", "pluginsConfigFile"), "other.yaml"),
  ),
  operator("epp/pool-name", "deployment", "a pool one letter short", (object) =>
    flags(object, "--pool-name=").flatMap((flag) => write(flag, flag.text.slice(0, -1))),
  ),
  operator("epp/prefill-never-used", config, "prefill for no token at all", (object) =>
    plugins(object, "prefix-based-pd-decider").flatMap((plugin) =>
      write(scalarAt(plugin, "parameters", "nonCachedTokens"), "0"),
    ),
  ),
  operator("epp/profile-handler", config, "a handler of one profile", (object) =>
    plugins(object, "disagg-profile-handler").flatMap((plugin) =>
      write(scalarAt(plugin, "type"), "single-profile-handler"),
    ),
  ),
  operator("epp/role-filter", config, "a scorer in place of the role's filter", (object) =>
    profiles(object).flatMap((profile) =>
      itemsAt(profile, "plugins").flatMap((entry) => {
        const ref = scalarAt(entry, "pluginRef");
        const name = scalarAt(profile, "name");
        return name !== undefined && ref?.text === `${name.text}-filter`
          ? write(ref, "queue-scorer").map(({ edits }) => ({ edits, at: name }))
          : [];
      }),
    ),
  ),
  operator("epp/router-flags", "deployment", "a flag in camelCase", (object, others) =>
    version(others) >= 9
      ? flags(object, "--pool-name=").flatMap((flag) => write(flag, flag.text.replace("pool-name", "poolName")))
      : [],
  ),
  operator("epp/saturation-detector", config, "thresholds at the top", isFrom(8, ({ root }) =>
    entryOf(mapAt(root), "saturationDetector") === undefined
      ? put(mapAt(root), "saturationDetector", "{queueDepthThreshold: 5}", "saturationDetector")
      : [],
  )),
  operator("epp/small-blocks", config, "blocks of 16 tokens", isFrom(8, (object) =>
    plugins(object, "approx-prefix-cache-producer").flatMap((plugin) =>
      write(scalarAt(plugin, "parameters", "blockSizeTokens"), "16"),
    ),
  )),
  operator("epp/state-per-replica", "deployment", "a second picker that knows nothing of the first", (object) =>
    flags(object, "--config-file=").length > 0 ? write(scalarAt(object.root, "spec", "replicas"), "2") : [],
  ),
  operator("epp/two-pickers", config, "the picker twice in a profile", (object) =>
    profiles(object).flatMap((profile) => {
      const refs = itemsAt(profile, "plugins").map((entry) => scalarAt(entry, "pluginRef"));
      const picker = refs.at(-1);
      return refs.length > 2 && picker?.text.endsWith("-picker") === true
        ? write(refs[0], picker.text).map(({ edits }) => ({ edits, at: picker }))
        : [];
    }),
  ),
  operator("epp/unused-plugin", config, "the cache's scorer in place of the queue's", (object) => {
    const refs = entries(object).map((entry) => scalarAt(entry, "pluginRef"));
    const queue = refs.filter((ref) => ref?.text === "queue-scorer");
    const type = scalarAt(plugins(object, "queue-scorer")[0], "type");
    return queue.length === 1 && type !== undefined && refs.some((ref) => ref?.text === "kv-cache-utilization-scorer")
      ? write(queue[0], "kv-cache-utilization-scorer").map(({ edits }) => ({ edits, at: type }))
      : [];
  }),
  operator("epp/without-effect", config, "a weight for the picker", isFrom(8, (object) =>
    entries(object).flatMap((entry) =>
      textAt(entry, "pluginRef")?.endsWith("-picker") === true ? put(mapAt(entry), "weight", "2") : [],
    ),
  )),
];
