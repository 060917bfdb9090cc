import { productionStackValues } from "../../kinds/helm-values/production-stack.ts";
import { modelsOf } from "../../kinds/helm-values/stack-model.ts";
import { entryOf, mapAt, scalarAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { stackModel } from "./example.ts";

export const kedaTriggers = defineRule({
  id: "values/keda-triggers",
  title: "Scaling that the production stack does not set up",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["VAL-08", "HPA-04"],
  docs: {
    summary:
      "A model of the production stack is to be scaled by KEDA, but its triggers are a mapping, absent, or suppressed by raySpec.",
    why: "The template writes triggers into the ScaledObject as they are, and KEDA wants a list. Without triggers the chart writes one that filters vLLM's metric by a label `model`, which vLLM does not have (it is model_name): the query finds nothing, which counts as 0. A raySpec, even a disabled one, leaves the ScaledObject out. The chart's own schema (0.1.12) wants a mapping where the template wants a list, so the right values pass only with --skip-schema-validation.",
    mend: "Write triggers as a list, with a query that gives one number: sum(vllm:num_requests_waiting{model_name=…}). Install with --skip-schema-validation where the chart's schema refuses the list.",
    sources: [
      "https://github.com/vllm-project/production-stack/blob/main/helm/templates/scaledobject-vllm.yaml",
      "https://keda.sh/docs/latest/reference/scaledobject-spec/#triggers",
      "https://helm.sh/docs/helm/helm_install/",
    ],
  },
  examples: {
    bad: stackModel(`keda:
        enabled: true
        maxReplicaCount: 4
        triggers: # <-
          type: prometheus`),
    good: stackModel(`keda:
        enabled: true
        maxReplicaCount: 4
        triggers:
          - type: prometheus
            metadata:
              serverAddress: http://prometheus-operated.monitoring.svc:9090
              query: sum(vllm:num_requests_waiting{model_name="Qwen/Qwen3-8B"})
              threshold: "5"`),
  },
  messages: {
    mapping:
      "{object}: keda.triggers of {model} is a mapping, and the ScaledObject needs a list: the API server refuses it. Write each trigger as an item, and install with --skip-schema-validation, since the chart's schema wants the mapping.",
    byDefault:
      "{object}: keda of {model} has no triggers, and the chart's own filters by the label model, which vLLM's metrics do not have (model_name): the query finds nothing, and KEDA reads 0. Write a trigger.",
    ray: "{object}: {model} has raySpec, and with that key the chart leaves the ScaledObject of keda out: nothing scales. Delete raySpec, or scale the Ray cluster by its own means.",
  },
  reads: [productionStackValues],
  check({ object, report }) {
    for (const { root, title: model } of modelsOf(object)) {
      const keda = entryOf(root, "keda");
      if (keda === undefined || scalarAt(keda.value, "enabled")?.text !== "true") continue;
      const slots = { object: object.title, model };
      const ray = entryOf(root, "raySpec");
      const triggers = entryOf(keda.value, "triggers");
      if (ray !== undefined) report({ at: ray.key, message: "ray", slots });
      else if (triggers === undefined) report({ at: keda.key, message: "byDefault", slots });
      else if (mapAt(triggers.value) !== undefined) report({ at: triggers.key, message: "mapping", slots });
    }
  },
});
