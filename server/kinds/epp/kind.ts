import type { MapNode } from "../../text/node.ts";
import { at, mapAt, numberAt, type Placed, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { type EppPlugin, isReadWhole, readPlugins, readProfiles, type SchedulingProfile } from "./scheduling.ts";

/** The two numbers by which the endpoint picker calls a pod saturated. */
export interface SaturationThresholds {
  readonly kvCacheUtil: Placed<number> | undefined;
  readonly queueDepth: Placed<number> | undefined;
  /** The mapping in which they stand, or below which they would stand. */
  readonly holder: MapNode;
  /** The keys from the holder to a threshold that is not written yet. */
  readonly path: readonly string[];
}

export interface EppView {
  readonly plugins: readonly EppPlugin[];
  readonly profiles: readonly SchedulingProfile[];
  /** A whole configuration of which every plugin and profile can be read; guides print parts of them. */
  readonly complete: boolean;
  readonly saturation: SaturationThresholds | undefined;
}

/** What the detector uses when a threshold is not written, in every version since GIE 1.2. */
export const defaultThresholds = { kvCacheUtil: 0.8, queueDepth: 5 } as const;

const view = ({ root }: { root: MapNode }): EppView => {
  const plugins = readPlugins(root);
  const profiles = readProfiles(root);
  return {
    plugins,
    profiles,
    complete: stringAt(root, "kind") !== undefined && isReadWhole(root, plugins, profiles),
    saturation: inlineThresholds(root) ?? pluginThresholds(root, plugins),
  };
};

/** `saturationDetector` with the numbers in it: GIE 1.2 to 1.4, and the form that guides still show. */
function inlineThresholds(root: MapNode): SaturationThresholds | undefined {
  const holder = mapAt(root, "saturationDetector");
  if (holder === undefined || at(holder, "pluginRef") !== undefined) return undefined;
  return readThresholds(holder);
}

/** From GIE 1.5: a plugin of type utilization-detector, named by `pluginRef` or taken by default. */
function pluginThresholds(root: MapNode, plugins: EppView["plugins"]): SaturationThresholds | undefined {
  const ref =
    stringAt(root, "flowControl", "saturationDetector", "pluginRef") ??
    stringAt(root, "saturationDetector", "pluginRef");
  const named = ref === undefined ? undefined : plugins.find(({ name }) => name === ref.value);
  const detector = ref === undefined ? plugins.find(({ type }) => type === "utilization-detector") : named;
  if (detector?.type !== "utilization-detector") return undefined;
  const { parameters, node } = detector;
  return parameters === undefined ? readThresholds(node, ["parameters"]) : readThresholds(parameters);
}

function readThresholds(holder: MapNode, path: readonly string[] = []): SaturationThresholds {
  return {
    holder,
    path,
    kvCacheUtil: numberAt(holder, ...path, "kvCacheUtilThreshold"),
    queueDepth: numberAt(holder, ...path, "queueDepthThreshold"),
  };
}

const title = "EndpointPickerConfig";

export const endpointPickerConfig = defineKind<EppView>({
  id: "epp-config",
  title,
  // Eight forms had this apiVersion over time; the rules ask which router runs before they speak.
  schema: "endpoint-picker-config",
  recognise: { group: "inference.networking.x-k8s.io", kind: title, file: true },
  view,
});

export const routerConfig = defineKind<EppView>({
  id: "epp-config",
  title,
  schema: "endpoint-picker-config",
  recognise: { group: "llm-d.ai", kind: title, file: true },
  view,
});

/** The detector's block alone, as guides print it. */
export const detectorBlock = defineKind<EppView>({
  id: "epp-config",
  title: "EPP saturation detector",
  recognise: {
    hints: ["saturationDetector"],
    content: (root) =>
      ["kvCacheUtilThreshold", "queueDepthThreshold"].some((key) => at(root, "saturationDetector", key) !== undefined),
  },
  view,
});
