import type { RawFix } from "../../findings/raw-finding.ts";
import type { Graph } from "../../graph/graph.ts";
import { routerBeside } from "../../graph/router-beside.ts";
import { meet, namespacesAgree } from "../../graph/scope.ts";
import { isGateOn } from "../../kinds/epp/gates.ts";
import { type HpaView, hpa } from "../../kinds/hpa/kind.ts";
import { type ScaledObjectView, scaledObject } from "../../kinds/keda/scaled-object.ts";
import { adapterValues } from "../../kinds/prometheus/adapter.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { type VariantView, variantAutoscaling } from "../../kinds/wva/variant-autoscaling.ts";
import { lineStartAt } from "../../text/layout.ts";
import type { MapNode, Node } from "../../text/node.ts";
import { at, entryOf, mapAt, numberAt, stringAt } from "../../text/read.ts";

type Variant = StackObject<VariantView>;

/** Full pools are 1. The guides scale before they are. */
const saturation = "0.8";

/**
 * A ScaledObject on the router's own signal in place of a VariantAutoscaling and its HPA. Offered only where all of it is
 * known: the HPA beside it in the file, bounds, pool, a router that holds requests back, and where Prometheus is.
 */
export function toKeda(graph: Graph, variant: Variant): RawFix[] {
  const follower = followerOf(graph, variant);
  const written = follower === undefined ? undefined : scaledObjectFor(graph, follower);
  if (follower === undefined || written === undefined) return [];
  const name = follower.name?.value ?? "";
  const [a, b] = [variant, follower].map(({ root }) => root) as [Node, Node];
  return [
    {
      title: `Replace it and its HPA with a ScaledObject on the router's saturation`,
      safe: false,
      edits: [
        { doc: a.doc, start: a.start, end: trimmedEnd(a), newText: `# ScaledObject ${name} has taken over.` },
        { doc: b.doc, start: b.start, end: trimmedEnd(b), newText: written },
      ],
    },
  ];
}

/** The HPA that does what WVA says of this variant, in the same file; none where the model has other variants. */
function followerOf(graph: Graph, variant: Variant): StackObject<HpaView> | undefined {
  const { modelId, target } = variant.view;
  if (modelId === undefined || target === undefined || variant.doc.carrier !== undefined) return undefined;
  const variants = graph.lookup(`kind/${variantAutoscaling.id}`) as readonly Variant[];
  if (variants.some((other) => other !== variant && other.view.modelId?.value === modelId.value)) return undefined;
  const found = (graph.lookup(`kind/${hpa.id}`) as readonly StackObject<HpaView>[]).filter(
    ({ path, view }) =>
      path === variant.path &&
      view.target?.kind === target.kind &&
      view.target.name.value === target.name.value &&
      view.metrics.length === 1 &&
      view.metrics[0]?.name?.value === "wva_desired_replicas",
  );
  const [only, another] = found;
  return another === undefined && only?.doc !== variant.doc ? only : undefined;
}

function scaledObjectFor(graph: Graph, follower: StackObject<HpaView>): string | undefined {
  const { root, view } = follower;
  const min = view.minReplicas?.value ?? 1;
  const max = view.maxReplicas?.value;
  const router = routerBeside(graph, follower);
  const pools = graph.lookup("api/InferencePool").filter((pool) => meet(graph, follower, pool) !== undefined);
  const pool = pools.length === 1 ? pools[0]?.name?.value : undefined;
  const server = prometheusFor(graph, follower);
  const spec = mapAt(root, "spec");
  const metadata = linesOf(mapAt(root), "metadata", 0);
  const target = linesOf(spec, "scaleTargetRef", 2);
  const behavior = linesOf(spec, "behavior", 2);
  if (router === undefined || isGateOn(router.root, "flowControl") !== true) return undefined;
  if (max === undefined || min < 1 || pool === undefined || server === undefined) return undefined;
  if (metadata === undefined || target === undefined || behavior === undefined) return undefined;
  return `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
${metadata}
spec:
${target}
  minReplicaCount: ${min}
  maxReplicaCount: ${max}
  fallback:
    failureThreshold: 3
    replicas: ${min}
    behavior: currentReplicasIfHigher
  advanced:
    horizontalPodAutoscalerConfig:
${behavior.replace(/^(?=.)/gm, "    ")}
  triggers:
    - type: prometheus
      name: saturation
      # A mean over the pods.
      metricType: Value
      metadata:
        serverAddress: ${server}
        query: max(llm_d_epp_flow_control_pool_saturation{inference_pool="${pool}"})
        threshold: "${saturation}"
        ignoreNullValues: "false"`;
}

/** The one address that others here have. One behind TLS wants credentials, too. */
function prometheusFor(graph: Graph, object: StackObject): string | undefined {
  const scaled = graph.lookup(`kind/${scaledObject.id}`) as readonly StackObject<ScaledObjectView>[];
  const triggers = scaled
    .filter((other) => namespacesAgree(object, other))
    .flatMap(({ view }) => view.triggers)
    .flatMap(({ metadata }) => stringAt(metadata, "serverAddress")?.value ?? []);
  const adapters = graph.lookup(`kind/${adapterValues.id}`).flatMap(({ root }) => {
    const url = stringAt(root, "prometheus", "url")?.value.replace(/\/$/, "");
    const port = numberAt(root, "prometheus", "port")?.value ?? 9090;
    return url === undefined ? [] : [/:\d+$/.test(url) ? url : `${url}:${port}`];
  });
  const [only, ...others] = new Set([...triggers, ...adapters]);
  return others.length === 0 && /^http:\/\/[\w.:/-]+$/.test(only ?? "") ? only : undefined;
}

/** The lines of one key as they are written, in block style at that indentation. */
function linesOf(map: MapNode | undefined, key: string, indent: number): string | undefined {
  const entry = entryOf(map, key);
  if (map === undefined || map.flow || entry === undefined || entry.value.type === "alias") return undefined;
  const { text } = entry.key.doc;
  const start = lineStartAt(text, entry.key.start);
  const isAnchored = entry.value.anchor !== undefined || at(entry.value, "<<") !== undefined;
  return entry.key.start - start === indent && !isAnchored ? text.slice(start, entry.value.end).trimEnd() : undefined;
}

function trimmedEnd({ doc, start, end }: Node): number {
  return start + doc.text.slice(start, end).trimEnd().length;
}
