import type { RawFix } from "../../findings/raw-finding.ts";
import { type HpaView, hpa } from "../../kinds/hpa/kind.ts";
import { type ScaledObjectView, scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { setAll } from "../../text/edits.ts";
import type { Node } from "../../text/node.ts";
import { at, numberAt, quantityAt } from "../../text/read.ts";
import { numberOf } from "../../text/values/quantity.ts";
import { defineRule } from "../rule.ts";
import { isReplicaCount } from "../wva/metric-target-hpa.ts";
import { plainReplicaCount } from "../wva/metric-target-keda.ts";
import { apiServerOf } from "./api-server.ts";

const example = (tolerance: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama, namespace: llm}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 16
  metrics:
    - type: External
      external:
        metric:
          name: wva_desired_replicas
          selector: {matchLabels: {variant_name: llama, exported_namespace: llm}}
        target:
          type: AverageValue
          averageValue: "1"
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180${tolerance}}
    scaleDown: {stabilizationWindowSeconds: 300${tolerance}}
`;

export const replicaSteps = defineRule({
  id: "hpa/replica-steps",
  title: "Steps of one replica inside the tolerance",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["S-09"],
  docs: {
    summary:
      "An autoscaler follows wva_desired_replicas, may run ten replicas or more, and keeps the tolerance of 10 %. Information where Kubernetes is older than 1.35, which cannot change the tolerance.",
    why: "Kubernetes does nothing while a metric is within 10 % of its target. With a metric that counts replicas, 11 wanted of 10 is 1.1, and 9 of 10 is 0.9: both are inside. From ten replicas on, one more is not started and one less, with its GPU, is kept, until WVA wants two.",
    mend: 'Set `tolerance: "0"` in scaleUp and scaleDown: the metric is a decision already, and there is no noise to filter out of it. From Kubernetes 1.35 the field is read without a feature gate.',
    sources: [
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#tolerance",
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/podautoscaler/replica_calculator.go",
    ],
  },
  examples: {
    bad: example("").replace('averageValue: "1"', 'averageValue: "1" # <-'),
    good: example(', tolerance: "0"'),
  },
  messages: {
    ignored:
      '{object} follows a replica count up to {max} replicas with a tolerance of {tolerance} %: from {from} replicas on a step of one is ignored, {direction}. Set tolerance "0" in {halves}.',
    fixed:
      "{object} follows a replica count up to {max} replicas with a tolerance of {tolerance} %: from {from} replicas on a step of one is ignored, {direction}. Kubernetes {version} reads no tolerance from an HPA; 1.35 does.",
  },
  reads: [hpa, scaledObject],
  check({ object, graph, settings, report }) {
    const { behavior } = object.view;
    const place = targetOfOne(object);
    const max = maximum(object);
    if (place === undefined || max === undefined || graph.layout.isPatch(object.path)) return;
    const halves = (["scaleUp", "scaleDown"] as const).flatMap((half) => {
      const { selectPolicy, unread } = behavior?.[half] ?? {};
      if (unread || selectPolicy?.value === "Disabled") return [];
      const tolerance = toleranceOf(object, half);
      const from = tolerance === undefined || tolerance <= 0 ? Number.POSITIVE_INFINITY : Math.ceil(1 / tolerance);
      // Nothing goes up from the last replica.
      return from <= (half === "scaleUp" ? max - 1 : max) ? [{ half, tolerance: tolerance ?? 0, from }] : [];
    });
    const worst = halves.reduce<(typeof halves)[number] | undefined>(
      (a, b) => (a && a.from <= b.from ? a : b),
      undefined,
    );
    if (worst === undefined) return;
    const slots = {
      object: object.title,
      max,
      tolerance: Number((worst.tolerance * 100).toPrecision(3)),
      from: worst.from,
      direction: halves.length === 2 ? "up or down" : worst.half === "scaleUp" ? "upwards" : "downwards",
    };
    const { version, features } = apiServerOf(settings);
    if (!features.configurableTolerance && version !== undefined)
      report({ at: place, message: "fixed", slots: { ...slots, version }, severity: "info" });
    else {
      const names = halves.map(({ half }) => half);
      report({
        at: place,
        message: "ignored",
        slots: { ...slots, halves: names.join(" and ") },
        fixes: zero(object, names),
      });
    }
  },
});

type Scaler = StackObject<HpaView> | StackObject<ScaledObjectView>;

/** --horizontal-pod-autoscaler-tolerance of the controller. */
const usual = 0.1;

/** Where the target 1 of a replica count stands. */
function targetOfOne({ view }: Scaler): Node | undefined {
  if ("metrics" in view) {
    const targets = view.metrics.filter(isReplicaCount).map(({ target }) => target?.averageValue);
    return targets.find((value) => value !== undefined && numberOf(value.value) === 1)?.node;
  }
  return view.triggers
    .filter((trigger) => plainReplicaCount(trigger) && (trigger.metricType?.value ?? "AverageValue") === "AverageValue")
    .map(({ metadata }) => numberAt(metadata, "threshold"))
    .find((threshold) => threshold?.value === 1)?.node;
}

/** Without one KEDA takes 100 (keda.sh/v1alpha1); an HPA must have one. */
function maximum({ root, view }: Scaler): number | undefined {
  if (view.maxReplicas !== undefined) return view.maxReplicas.value;
  return "triggers" in view && at(root, "spec", "maxReplicaCount") === undefined ? 100 : undefined;
}

/** Absent where it cannot be read. */
function toleranceOf({ root, view }: Scaler, half: string): number | undefined {
  const place = [...view.behaviorPath, half, "tolerance"];
  if (at(root, ...place) === undefined) return usual;
  const written = quantityAt(root, ...place);
  return written === undefined ? undefined : numberOf(written.value);
}

function zero({ root, view }: Scaler, halves: readonly string[]): RawFix[] {
  const edits = setAll(root, view.behaviorPath, Object.fromEntries(halves.map((half) => [half, { tolerance: '"0"' }])));
  return edits === undefined || edits.length === 0 ? [] : [{ title: 'Set tolerance "0"', safe: false, edits }];
}
