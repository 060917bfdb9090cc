import { meet } from "../../graph/scope.ts";
import { envOf } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { at, mapAt, scalarAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { setValue } from "../set-value.ts";
import { serverExample } from "./example.ts";
import { servingContainers, templatesOf } from "./servers.ts";

const example = (spec: readonly string[], mark = "") => `apiVersion: v1
kind: Service
metadata: {name: vllm}
spec:
  selector: {app: qwen}
  ports: [{name: http, port: 8000}]
---
${serverExample({ spec }).replace("v0.19.0", `v0.19.0${mark}`)}`;

export const serviceLinks = defineRule({
  id: "vllm/service-links",
  title: "Service that sets vLLM's port to an address",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VLM-22"],
  docs: {
    summary: 'A Service named "vllm" stands in the namespace of a vLLM server whose pods take service links.',
    why: "Kubernetes gives every pod variables for the Services of its namespace. For one named vllm that is VLLM_PORT=tcp://…, and VLLM_PORT is a setting of vLLM, which wants a number: the server stops at start. Pods that started before the Service was there go on until they restart.",
    mend: "Set enableServiceLinks: false in the pod template, or give the Service another name.",
    sources: [
      "https://docs.vllm.ai/en/latest/configuration/env_vars/",
      "https://kubernetes.io/docs/tutorials/services/connect-applications-service/#accessing-the-service",
    ],
  },
  examples: { bad: example([], " # <-"), good: example(["enableServiceLinks: false"]) },
  messages: {
    links:
      '{object}: the Service "vllm" gives its pods VLLM_PORT=tcp://…, which vLLM reads as its own setting: the server stops at start. Set enableServiceLinks: false.',
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, settings, report }) {
    const spec = mapAt(templatesOf(object)[0]?.root, "spec");
    const links = at(spec, "enableServiceLinks");
    // A value that cannot be read here may be false.
    if (spec === undefined || (links !== undefined && scalarAt(links)?.text !== "true")) return;
    const services = graph.lookup("name/Service/vllm").filter(({ root }) => !isHeadless(root));
    const service = services.find((one) => meet(graph, object, one) !== undefined);
    if (service === undefined) return;
    for (const { container, title } of servingContainers(object, settings)) {
      if (envOf(container, "VLLM_PORT") !== undefined) continue;
      report({
        at: container.image?.node ?? container.name?.node ?? container.root,
        message: "links",
        slots: { object: title },
        related: [{ at: service.name?.node ?? service, message: "the Service" }],
        fixes:
          object.kind.id === leaderWorkerSet.id
            ? []
            : setValue(object, ["spec", "template", "spec", "enableServiceLinks"], "false", "Turn service links off"),
      });
    }
  },
});

/** Without an address of its own a Service gives no variables. */
function isHeadless(root: Parameters<typeof at>[0]): boolean {
  return (
    stringAt(root, "spec", "clusterIP")?.value === "None" || stringAt(root, "spec", "type")?.value === "ExternalName"
  );
}
