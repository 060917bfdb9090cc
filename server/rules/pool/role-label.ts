import { nameAt } from "../../graph/references/name.ts";
import { servesModel } from "../../graph/serving.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { mapAt, stringAt } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { fixOf } from "../vllm/mend.ts";
import { templatesOf } from "../vllm/servers.ts";

const label = "llm-d.ai/role";
const example = (role: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama-decode}
spec:
  replicas: 2
  selector: {matchLabels: {app: llama}}
  template:
    metadata:
      labels:
        app: llama
        llm-d.ai/role: ${role}
    spec:
      terminationGracePeriodSeconds: 120
      containers:
        - name: server
          image: registry.example.com/llama-server:1.4
          ports: [{name: http, containerPort: 8000}]
          readinessProbe: {httpGet: {path: /health, port: http}}
          resources: {limits: {nvidia.com/gpu: 1}}
`;

/** llm-d-router pkg/epp/framework/plugins/scheduling/filter/bylabel/roles.go at v0.10. */
const roles = ["decode", "prefill", "encode", "prefill-decode", "encode-prefill", "encode-prefill-decode"];
const old = "both";

/** Words that people use for a role and that are no slips of it. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ["decoder", "decode"],
  ["decoding", "decode"],
  ["prefiller", "prefill"],
  ["prefilling", "prefill"],
  ["encoder", "encode"],
  ["decode-prefill", "prefill-decode"],
]);

export const roleLabel = defineRule({
  id: "pool/role-label",
  title: "Role that the router does not know",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["GW-14"],
  docs: {
    summary: `Pods of a model server have a label ${label} with a value that none of the router's role filters knows, or the deprecated both.`,
    why: "prefill-filter, decode-filter and encode-filter compare the value to the letter. A pod with another value passes none of them and never gets a request, while a pod without the label counts as decode.",
    mend: `Write one of ${roles.join(", ")}.`,
    sources: ["https://github.com/llm-d/llm-d-router/tree/main/pkg/epp/framework/plugins/scheduling/filter"],
  },
  examples: { bad: example("decoder # <-"), good: example("decode") },
  messages: {
    unknown: `{object}: ${label} {role} is no role, so the router's role filters never send it a request. {meant}`,
    both: `{object}: ${label} both is deprecated: a router that has dropped it sends such pods nothing. Write prefill-decode.`,
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, report }) {
    for (const { root, containers } of templatesOf(object)) {
      const role = stringAt(mapAt(root, "metadata", "labels"), label);
      if (role === undefined || roles.includes(role.value) || !containers.some(servesModel)) continue;
      const isOld = role.value === old;
      const meant = isOld ? "prefill-decode" : (synonyms.get(role.value.toLowerCase()) ?? nearest(role.value, roles));
      report({
        at: role.node,
        message: isOld ? "both" : "unknown",
        slots: {
          object: object.title,
          role: role.value,
          meant: meant === undefined ? `Write one of ${roles.slice(0, 4).join(", ")}.` : `Did you mean ${meant}?`,
        },
        severity: isOld ? "info" : "warning",
        fixes: meant === undefined ? [] : fixOf(`Write ${meant}`, false, nameAt(role.node)?.rewrite(meant)),
      });
    }
  },
});
