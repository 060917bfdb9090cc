import type { Environment } from "../../config/environment.ts";
import type { RawFix } from "../../findings/raw-finding.ts";
import { type HpaView, hpa } from "../../kinds/hpa/kind.ts";
import type { Metric } from "../../kinds/hpa/metric.ts";
import { type ScaledObjectView, scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { setPath } from "../../text/edits.ts";
import type { Node } from "../../text/node.ts";
import { at, entryOf, stringAt } from "../../text/read.ts";
import { stringYaml } from "../../text/write.ts";
import { defineRule } from "../rule.ts";
import { isReplicaCount } from "../wva/metric-target-hpa.ts";
import { plainReplicaCount } from "../wva/metric-target-keda.ts";

const example = (labels: string, mark: string) => `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: llama, namespace: chat}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  modelID: meta-llama/Llama-3.1-8B-Instruct
---
apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: llama, namespace: search}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  modelID: meta-llama/Llama-3.1-8B-Instruct
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama, namespace: chat}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 4
  metrics:
    - type: External
      external:
        metric:
          name: wva_desired_replicas
          selector:
            matchLabels:
              variant_name: llama${mark}${labels}
        target: {type: AverageValue, averageValue: "1"}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180}
    scaleDown: {stabilizationWindowSeconds: 300}
`;

export const sameVariantName = defineRule({
  id: "hpa/same-variant-name",
  title: "Variants of one name in several namespaces, selected by name alone",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["S-08"],
  docs: {
    summary:
      "An autoscaler selects wva_desired_replicas by variant_name alone, and VariantAutoscalings of that name stand in several namespaces.",
    why: "WVA publishes one series for each variant and namespace, all with the same variant_name. An HPA adds up what its selector matches, so it scales for both; a KEDA query of two series is an error unless it aggregates them. An adapter may add the namespace by itself, but only where its rule maps the label.",
    mend: "Select exported_namespace too: the namespace of the variant, which Prometheus renames because `namespace` is WVA's own.",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/main/docs/integrations/hpa-integration.md",
    ],
  },
  examples: { bad: example("", " # <-"), good: example("\n              exported_namespace: chat", "") },
  messages: {
    several:
      '{object} selects wva_desired_replicas by variant_name "{name}" alone, and variants of that name are in the namespaces {namespaces}: it may follow the sum of all. Select exported_namespace too.',
  },
  reads: [hpa, scaledObject],
  check({ object, graph, settings, report }) {
    const environment = settings.environment(object.path);
    for (const { name, at: place, fixes } of selections(object)) {
      const namespaces = spacesOf(
        graph.lookup(`name/VariantAutoscaling/${name}`),
        (path) => settings.environment(path),
        environment,
      );
      if (namespaces.length < 2) continue;
      const shown = namespaces.slice(0, 3).join(", ") + (namespaces.length > 3 ? " …" : "");
      report({ at: place, message: "several", slots: { object: object.title, name, namespaces: shown }, fixes });
    }
  },
});

interface Selection {
  readonly name: string;
  readonly at: Node;
  readonly fixes: readonly RawFix[];
}

/** What selects a replica count by a variant's name and no namespace. */
function selections(object: StackObject<HpaView> | StackObject<ScaledObjectView>): Selection[] {
  if (!("triggers" in object.view))
    return object.view.metrics.filter(isReplicaCount).flatMap((metric) => {
      const variant = metric.matchLabels.get("variant_name");
      return variant === undefined || namesNamespace(metric)
        ? []
        : [{ name: variant.value, at: variant.node, fixes: selectNamespace(metric, object.namespace) }];
    });
  return object.view.triggers.flatMap((trigger) => {
    const query = stringAt(trigger.metadata, "query");
    const matchers = plainReplicaCount(trigger)?.matchers ?? "";
    const name = /\bvariant_name\s*=\s*["']([^"'\\]*)["']/.exec(matchers)?.[1];
    if (query === undefined || name === undefined || /namespace\s*=/.test(matchers)) return [];
    return [{ name, at: query.node, fixes: [] }];
  });
}

function namesNamespace({ matchLabels, body }: Metric): boolean {
  if (entryOf(at(body, "metric", "selector"), "matchExpressions") !== undefined) return true;
  return [...matchLabels.keys()].some((label) => label.endsWith("namespace"));
}

/** Namespaces that are written, in files of one environment: other environments are other clusters, as a rule. */
function spacesOf(
  variants: readonly StackObject[],
  environmentOf: (path: string) => Environment,
  environment: Environment,
): string[] {
  const near = variants.filter(({ path }) => environmentOf(path) === environment);
  return [...new Set(near.flatMap(({ namespace }) => namespace ?? []))].sort();
}

function selectNamespace({ body }: Metric, namespace: string | undefined): RawFix[] {
  const path = ["metric", "selector", "matchLabels", "exported_namespace"];
  const edit =
    body === undefined || namespace === undefined || body.anchor !== undefined
      ? undefined
      : setPath(body, path, stringYaml(namespace));
  return edit === undefined ? [] : [{ title: `Select exported_namespace ${namespace}`, safe: false, edits: [edit] }];
}
