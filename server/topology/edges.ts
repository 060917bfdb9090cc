import type { Graph } from "../graph/graph.ts";
import { isFile } from "../graph/references/reference.ts";
import { referencesOf } from "../graph/references.ts";
import { saturationEntriesFor } from "../graph/saturation-entries.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { SaturationView } from "../kinds/wva/saturation.ts";
import { type Role, roleOf } from "./members.ts";

/** One object that has to do with another. */
export interface Link {
  readonly from: StackObject;
  readonly to: StackObject;
  readonly label: string;
}

/** What one role does with another. What is not listed is in no picture. */
const labels: Partial<Record<Role, Partial<Record<Role, string>>>> = {
  route: { pool: "sends to", service: "sends to", gateway: "routes" },
  pool: { server: "selects", service: "asks" },
  service: { server: "selects", router: "selects" },
  router: { configuration: "reads", pool: "serves" },
  server: { configuration: "reads", thresholds: "reads" },
  autoscaler: { server: "scales", router: "scales", variant: "follows" },
  variant: { server: "decides for" },
  thresholds: { variant: "thresholds" },
};

/** The links from an object, and from the Services that it names. */
export function edgesFrom(graph: Graph, from: StackObject): readonly Link[] {
  const own = named(graph, from);
  const services = own.filter(({ to }) => roleOf(to) === "service").flatMap(({ to }) => named(graph, to));
  return [...own, ...services, ...decidedBy(graph, from)].map(asDrawn);
}

function named(graph: Graph, from: StackObject): Link[] {
  const role = roleOf(from);
  if (role === undefined) return [];
  return referencesOf(graph, from).flatMap((reference) => {
    const targets = reference.resolve(graph).flatMap((target) => (isFile(target) ? [] : [target.object]));
    // Several candidates mean that nobody can tell; a selector means all that it selects.
    if (targets.length > 1 && reference.to.type !== "pods") return [];
    return targets.flatMap((to) => {
      const other = roleOf(to);
      const label = other === undefined ? undefined : labels[role]?.[other];
      return label === undefined || to.name === undefined ? [] : [{ from, to, label }];
    });
  });
}

/** A variant's thresholds stand in a ConfigMap that names nobody. */
function decidedBy(graph: Graph, to: StackObject): Link[] {
  if (roleOf(to) !== "variant") return [];
  const entries = saturationEntriesFor(graph, to);
  const configs = graph.lookup("kind/wva-saturation") as readonly StackObject<SaturationView>[];
  const from = entries.length === 0 ? undefined : configs.find(({ view }) => view.entries === entries);
  return from === undefined ? [] : [{ from, to, label: "thresholds" }];
}

/** Requests come in by the gateway, so that is where a picture begins. */
function asDrawn(link: Link): Link {
  return link.label === "routes" ? { from: link.to, to: link.from, label: "routes" } : link;
}
