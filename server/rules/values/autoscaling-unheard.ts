import { standsAlone } from "../../graph/values-layers.ts";
import { rolesOf } from "../../kinds/helm-values/model-role.ts";
import { modelserviceValues } from "../../kinds/helm-values/modelservice.ts";
import { at, scalarAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const example = (multinode: string, mark = "") => `modelArtifacts:
  name: Qwen/Qwen3-32B
  uri: pvc://models/qwen3-32b
multinode: ${multinode}
decode:
  autoscaling:
    enabled: true${mark}
  parallelism: {tensor: 8, data: 2, dataLocal: 1, workers: 2}
prefill:
  create: false
`;

export const autoscalingUnheard = defineRule({
  id: "values/autoscaling-unheard",
  title: "autoscaling.enabled that the chart does not hear",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["VAL-06"],
  docs: {
    summary:
      "The values of llm-d-modelservice leave the replicas of a role to an autoscaler, but the role is a Deployment.",
    why: "Only the template of the LeaderWorkerSet looks at autoscaling.enabled. The one of the Deployment writes replicas in every case (1 when the key is absent), so each `helm upgrade` sets the count back, in the middle of the load, until the autoscaler sees it again.",
    mend: "Write the usual count as replicas, so that an upgrade does less harm, and take spec.replicas out of what Helm applies: with a post-renderer, or with ignoreDifferences where Argo CD applies it.",
    sources: [
      "https://github.com/llm-d-incubation/llm-d-modelservice/blob/main/charts/llm-d-modelservice/templates/decode-deployment.yaml",
      "https://helm.sh/docs/topics/advanced/#post-rendering",
    ],
  },
  examples: {
    bad: `modelArtifacts:
  name: Qwen/Qwen3-32B
  uri: pvc://models/qwen3-32b
decode:
  autoscaling:
    enabled: true # <-
  parallelism: {tensor: 2}
prefill:
  create: false
`,
    good: example("true"),
  },
  messages: {
    unheard:
      "{object}: {role}.autoscaling.enabled is heard only with multinode: true. The Deployment still gets replicas {replicas}, and each helm upgrade sets the count of the autoscaler back to that.",
  },
  reads: [modelserviceValues],
  check({ object, graph, report }) {
    const multinode = at(object.root, "multinode");
    const single = multinode === undefined ? standsAlone(graph, object) : scalarAt(multinode)?.text === "false";
    if (!single) return;
    for (const role of rolesOf(object)) {
      const enabled = scalarAt(role.root, "autoscaling", "enabled");
      if (enabled?.text !== "true") continue;
      const replicas = scalarAt(role.root, "replicas")?.text ?? "1, the chart's default";
      report({ at: enabled, message: "unheard", slots: { object: object.title, role: role.name, replicas } });
    }
  },
});
