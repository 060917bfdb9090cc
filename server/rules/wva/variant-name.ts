import type { Settings } from "../../config/settings.ts";
import type { RawFix } from "../../findings/raw-finding.ts";
import type { Autoscaler } from "../../graph/autoscalers.ts";
import { variantOf } from "../../graph/scale-target.ts";
import { statedRelease } from "../../graph/wva-release.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import type { Metric } from "../../kinds/hpa/metric.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { setScalar } from "../../text/edits.ts";
import type { Span } from "../../text/node.ts";
import { resolve } from "../../text/read.ts";
import { isTemplated } from "../../text/template.ts";
import { placeOf, readQueriesOf, rewritten } from "../prometheus/queries.ts";
import { defineRule } from "../rule.ts";
import { isReplicaCount, replicaCount } from "./metric-target-hpa.ts";

const example = (name: string) => `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata:
  name: llama-variant
  labels:
    inference.optimization/acceleratorName: H100
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama
  modelID: meta-llama/Llama-3.1-8B-Instruct
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama-hpa
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama
  maxReplicas: 8
  metrics:
    - type: External
      external:
        metric:
          name: wva_desired_replicas
          selector:
            matchLabels:
              variant_name: ${name}
        target:
          type: AverageValue
          averageValue: "1"
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 180
`;

export const variantName = defineRule({
  id: "wva/variant-name",
  title: "variant_name that no series of this target has",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["W-16", "S-07"],
  docs: {
    summary:
      "An HPA or the query of a ScaledObject selects wva_desired_replicas by a variant_name that WVA does not write for its target.",
    why: "The value of variant_name changed with WVA's versions: the VariantAutoscaling's name up to 0.4.2 and again from 0.5.1, the Deployment's name in 0.5.0, the name of the HPA or ScaledObject in 0.9. A selector with another name finds no series: the HPA shows <unknown> and does not scale, and KEDA reads 0 or an error.",
    mend: "Write the name that your version uses. Without a known version, any of the three names is accepted.",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/main/docs/integrations/hpa-integration.md",
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/issues/630",
    ],
  },
  examples: { bad: example("llama-va # <-"), good: example("llama-variant") },
  messages: {
    none: '{object} selects variant_name "{name}", but neither the VariantAutoscaling ("{variant}"), its target ("{target}") nor this {own} has that name: no version of WVA writes such a series, and {effect}. Use the name that your WVA writes; from 0.5.1 to 0.8 that is "{variant}".',
    other:
      '{object} selects variant_name "{name}", but WVA {version} writes the name of the {whose}, "{wanted}": no series matches, and {effect}. Use "{wanted}".',
  },
  reads: [hpa, scaledObject],
  check({ object, graph, settings, report }) {
    const { target } = object.view;
    const variant = target === undefined ? undefined : variantOf(graph, object, target);
    const names = { variant: variant?.name?.value, target: target?.name.value, own: object.name?.value };
    const wanted = writtenName(settings);
    // 0.9 has no VariantAutoscaling, and takes the autoscaler's own name.
    if (names.variant === undefined && wanted?.of !== "own") return;
    if (names.target === undefined || names.own === undefined) return;
    // kustomize puts its prefix before names, not before labels in a metric's selector or a query.
    const worlds = graph.layout.worldsOf(object.path);
    if (worlds.some(({ kustomizations }) => kustomizations.some(({ affixes }) => affixes))) return;
    const follower = { object: object.title, ...(object.kind.id === hpa.id ? anHpa : aScaledObject) };
    for (const { name, at, fixTo } of selectedIn(object)) {
      if (isTemplated(name)) continue;
      const slots = { object: follower.object, name, effect: follower.effect };
      if (wanted === undefined) {
        if (names.variant === undefined || Object.values(names).includes(name)) continue;
        const told = { ...slots, own: follower.own, variant: names.variant, target: names.target };
        report({ at, message: "none", slots: told, fixes: fixTo(names.variant) });
      } else {
        const right = names[wanted.of];
        if (right === undefined || right === name) continue;
        const whose = wanted.of === "own" ? follower.own : wanted.whose;
        report({
          at,
          message: "other",
          slots: { ...slots, version: wanted.version, whose, wanted: right },
          fixes: fixTo(right),
        });
      }
    }
  },
});

const anHpa = { own: "HPA", effect: "the HPA stays <unknown>" };
const aScaledObject = { own: "ScaledObject", effect: "KEDA scales on nothing" };

/** A variant_name where it is written, with the fix that writes another. */
interface Selected {
  readonly name: string;
  readonly at: Span;
  fixTo(name: string): RawFix[];
}

function selectedIn(object: Autoscaler): Selected[] {
  const { view } = object;
  return "metrics" in view ? view.metrics.filter(isReplicaCount).flatMap(inSelector) : inQueries(object);
}

function inSelector({ matchLabels }: Metric): Selected[] {
  const label = matchLabels.get("variant_name");
  const node = resolve(label?.node);
  if (label === undefined || node?.type !== "scalar") return [];
  const fixTo = (name: string) => [{ title: title(name), safe: false, edits: [setScalar(node, name)] }];
  return [{ name: label.value, at: node, fixTo }];
}

function inQueries(object: StackObject): Selected[] {
  return readQueriesOf(object).flatMap(({ query, series }) =>
    series
      .filter((one) => replicaCount.test(one.name.text))
      .flatMap(({ matchers }) =>
        matchers.filter(({ label, operator }) => label.text === "variant_name" && operator === "="),
      )
      .map(({ value }) => {
        const place = placeOf(query, value);
        return { name: value.text, at: place ?? query.node, fixTo: (name) => rewritten(place, name, title(name)) };
      }),
  );
}

function title(name: string): string {
  return `Select variant_name ${name}`;
}

/** Whose name a version writes; 0.5 without a patch may be either. */
function writtenName(settings: Settings) {
  const release = statedRelease(settings);
  if (release === undefined || (release.minor === 5 && release.patch === undefined)) return undefined;
  const version = release.name;
  if (release.minor >= 9) return { of: "own", whose: "autoscaler", version } as const;
  if (release.minor === 5 && release.patch === 0) return { of: "target", whose: "scale target", version } as const;
  return { of: "variant", whose: "VariantAutoscaling", version } as const;
}
