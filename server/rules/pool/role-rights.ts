import type { RawFix } from "../../findings/raw-finding.ts";
import type { Graph } from "../../graph/graph.ts";
import { nearest, nearestOne } from "../../graph/scope.ts";
import { routerArgument, routerCommands } from "../../kinds/epp/arguments.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { addItem } from "../../text/edits.ts";
import type { Node } from "../../text/node.ts";
import { at, itemsAt, seqAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { fixOf } from "../vllm/mend.ts";

const example = (groups: string) => `apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  targetPorts: [{number: 8000}]
  endpointPickerRef: {name: llama-epp, port: {number: 9002}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: llama-epp}
rules:
  - apiGroups: ${groups}
    resources: [inferencepools]
    verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: llama-epp}
subjects: [{kind: ServiceAccount, name: llama-epp}]
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: llama-epp}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: llama-epp}
spec:
  selector: {matchLabels: {app: llama-epp}}
  template:
    metadata: {labels: {app: llama-epp}}
    spec:
      serviceAccountName: llama-epp
      containers:
        - name: epp
          image: ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0
          args: [--pool-name=llama, --config-file=/etc/epp/config.yaml]
`;

const resource = "inferencepools";

export const roleRights = defineRule({
  id: "pool/role-rights",
  title: "Endpoint picker without rights on its pool",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["GW-12"],
  docs: {
    summary:
      "The roles of an endpoint picker's service account grant inferencepools of another API group than that of its pool.",
    why: "Rights go by API group. A role for inference.networking.x-k8s.io says nothing of a pool of inference.networking.k8s.io: the picker is forbidden to read its pool and never becomes ready.",
    mend: "Add the group of the pool to apiGroups of the rule.",
    sources: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/"],
  },
  examples: { bad: example("[inference.networking.x-k8s.io] # <-"), good: example("[inference.networking.k8s.io]") },
  messages: {
    forbidden:
      "{router} reads {pool} of {group}, and {role} grants inferencepools of {granted} only: the endpoint picker may not read its pool and never becomes ready. Add {group}.",
  },
  reads: [deployment, statefulSet],
  check({ object, graph, report }) {
    const [command] = routerCommands(object.view);
    const name = command === undefined ? undefined : routerArgument(command, "pool-name")?.value?.text;
    const pool = name === undefined ? undefined : nearestOne(graph, object, graph.lookup(`name/InferencePool/${name}`));
    const group = pool?.apiVersion.split("/")[0];
    const roles = pool === undefined ? undefined : rolesOf(graph, object);
    if (pool === undefined || group === undefined || roles === undefined) return;
    const rules = roles.flatMap((role) => itemsAt(role.root, "rules").map((rule) => ({ role, rule })));
    const about = rules.filter(({ rule }) => names(rule, "resources").some((one) => one === resource || one === "*"));
    if (about.some(({ rule }) => names(rule, "apiGroups").some((one) => one === group || one === "*"))) return;
    const meant = about.find(({ rule }) => names(rule, "resources").includes(resource));
    const groups = seqAt(meant?.rule, "apiGroups");
    if (meant === undefined || groups === undefined || groups.items.length !== names(meant.rule, "apiGroups").length)
      return;
    report({
      at: groups,
      message: "forbidden",
      slots: {
        router: object.title,
        pool: pool.title,
        group,
        role: meant.role.title,
        granted: names(meant.rule, "apiGroups").join(", "),
      },
      related: [{ at: pool.name?.node ?? pool, message: `${pool.title} is here` }],
      fixes: added(groups, group),
    });
  },
});

function added(groups: NonNullable<ReturnType<typeof seqAt>>, group: string): RawFix[] {
  return fixOf(`Add ${group}`, false, addItem(groups, group));
}

function names(rule: Node, key: string): string[] {
  return itemsAt(rule, key).flatMap((item) => stringAt(item)?.value ?? []);
}

/** The roles bound to a workload's service account. Absent where one of them is not here, or where none is bound here. */
function rolesOf(graph: Graph, workload: StackObject): readonly StackObject[] | undefined {
  const account = stringAt(workload.root, "spec", "template", "spec", "serviceAccountName")?.value;
  if (account === undefined) return undefined;
  const bindings = ["RoleBinding", "ClusterRoleBinding"].flatMap((kind) =>
    nearest(graph, workload, graph.lookup(`api/${kind}`)).filter((binding) => binds(binding, account)),
  );
  const roles = bindings.map(({ root }) => {
    const [kind, name] = ["kind", "name"].map((key) => stringAt(root, "roleRef", key)?.value);
    return nearestOne(graph, workload, graph.lookup(`name/${kind}/${name}`));
  });
  const isWhole = roles.every((role) => role !== undefined && at(role.root, "aggregationRule") === undefined);
  return roles.length === 0 || !isWhole ? undefined : (roles as StackObject[]);
}

function binds({ root }: StackObject, account: string): boolean {
  return itemsAt(root, "subjects").some(
    (subject) => stringAt(subject, "kind")?.value === "ServiceAccount" && stringAt(subject, "name")?.value === account,
  );
}
