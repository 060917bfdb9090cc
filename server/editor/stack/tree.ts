import { DiagnosticSeverity } from "vscode-languageserver/node";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { ServedModel } from "../../scenario/served-models.ts";
import type { Role } from "../../topology/members.ts";
import type { Topology, TopologyNode } from "../../topology/topology.ts";
import { placeOf, within } from "../../topology/within.ts";
import type { HeadroomDiagnostic } from "../diagnostics.ts";
import type { StackNode } from "../preview/messages.ts";

/** What the tree is made of: the models that are served, how objects hang together, and what was found in files. */
export interface Stacks {
  readonly models: readonly ServedModel[];
  readonly topology: Topology;
  uriOf(path: string): string;
  diagnosticsOf(path: string): readonly HeadroomDiagnostic[];
}

const icons: Readonly<Record<Role, string>> = {
  gateway: "globe",
  route: "link",
  pool: "layers",
  service: "plug",
  router: "git-merge",
  server: "server",
  autoscaler: "graph",
  variant: "symbol-numeric",
  thresholds: "dashboard",
  configuration: "settings-gear",
};

/** Each model with its pools, their deployments, what configures and scales those, and what is wrong with any of it. */
export function stackTree(stacks: Stacks): StackNode[] {
  return stacks.models.map(({ model, workloads }, index) => {
    const objects = workloads.map(({ object }) => object as StackObject);
    const id = `${index} ${model ?? ""}`;
    const servers = stacks.topology.nodes.filter(({ object }) => objects.includes(object));
    const pools = beside(stacks, servers, "in", "pool");
    const pooled = new Set(pools.flatMap((pool) => beside(stacks, [pool], "out", "server")));
    const children = [
      ...pools.map((pool) => poolNode(stacks, id, pool, servers)),
      ...servers.filter((server) => !pooled.has(server)).map((server) => serverNode(stacks, id, server)),
    ];
    const directory = workloads[0]?.object.path.replace(/\/?[^/]*$/, "");
    return {
      id,
      label: model ?? "Model not named",
      ...(directory !== "" && directory !== undefined && { description: directory }),
      icon: "circuit-board",
      ...worst(children),
      children,
    };
  });
}

function poolNode(stacks: Stacks, parent: string, pool: TopologyNode, servers: readonly TopologyNode[]): StackNode {
  const id = idOf(parent, pool);
  const routes = beside(stacks, [pool], "in", "route");
  const routers = beside(stacks, beside(stacks, [pool], "out", "service"), "out", "router");
  const own = beside(stacks, [pool], "out", "server").filter((server) => servers.includes(server));
  return node(stacks, parent, pool, [
    ...routes.map((route) => node(stacks, id, route, [])),
    ...routers.map((router) => node(stacks, id, router, leaves(stacks, idOf(id, router), router, ["configuration"]))),
    ...own.map((server) => serverNode(stacks, id, server)),
  ]);
}

function serverNode(stacks: Stacks, parent: string, server: TopologyNode): StackNode {
  const id = idOf(parent, server);
  const scalers = beside(stacks, [server], "in", "autoscaler");
  const variants = beside(stacks, [server], "in", "variant");
  return node(stacks, parent, server, [
    ...leaves(stacks, id, server, ["configuration"]),
    ...scalers.map((scaler) => node(stacks, id, scaler, [])),
    ...variants.map((variant) => {
      const thresholds = beside(stacks, [variant], "in", "thresholds");
      return node(
        stacks,
        id,
        variant,
        thresholds.map((one) => node(stacks, idOf(id, variant), one, [])),
      );
    }),
  ]);
}

function leaves(stacks: Stacks, id: string, from: TopologyNode, roles: readonly Role[]): StackNode[] {
  const found = roles.flatMap((role) => beside(stacks, [from], "out", role));
  return found.map((one) => node(stacks, id, one, []));
}

/** The nodes of a role at the other end of an edge. */
function beside({ topology }: Stacks, from: readonly TopologyNode[], way: "in" | "out", role: Role): TopologyNode[] {
  const ids = new Set(from.map(({ id }) => id));
  const others = new Set(
    topology.edges.flatMap((edge) => {
      const [here, there] = way === "out" ? [edge.from, edge.to] : [edge.to, edge.from];
      return ids.has(here) ? there : [];
    }),
  );
  return topology.nodes.filter((one) => one.role === role && others.has(one.id));
}

function node(
  stacks: Stacks,
  parent: string,
  { role, kind, name, object }: TopologyNode,
  below: StackNode[],
): StackNode {
  const id = idOf(parent, { kind, name, object });
  const findings = within(object, stacks.diagnosticsOf(object.path)).map((one, index) =>
    finding(stacks, id, one, index, object),
  );
  const children = [...findings, ...below];
  return {
    id,
    label: name,
    description: kind,
    icon: icons[role],
    ...worst(children),
    uri: stacks.uriOf(object.path),
    range: placeOf(object),
    children,
  };
}

function finding(
  { uriOf }: Stacks,
  id: string,
  one: HeadroomDiagnostic,
  index: number,
  { path }: StackObject,
): StackNode {
  const severity = severityOf(one);
  return {
    id: `${id} finding ${index}`,
    label: one.message as string,
    ...(one.code !== undefined && { description: String(one.code) }),
    icon: severity === "information" ? "info" : severity,
    severity,
    uri: uriOf(path),
    range: one.range,
    children: [],
  };
}

function severityOf({ severity }: HeadroomDiagnostic): NonNullable<StackNode["severity"]> {
  if (severity === DiagnosticSeverity.Error) return "error";
  return severity === DiagnosticSeverity.Warning ? "warning" : "information";
}

const order = ["error", "warning", "information"] as const;

function worst(children: readonly StackNode[]): Pick<StackNode, "severity"> {
  const severity = order.find((one) => children.some((child) => child.severity === one));
  return severity === undefined ? {} : { severity };
}

/** Stable while a tree is open: by what an object is called, and the way to it. */
function idOf(parent: string, { kind, name, object }: Pick<TopologyNode, "kind" | "name" | "object">): string {
  return `${parent} > ${kind} ${object.namespace ?? ""}/${name} ${object.path}`;
}
