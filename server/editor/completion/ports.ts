import { isWorkload } from "../../graph/scale-target.ts";
import { nearest } from "../../graph/scope.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { readContainer } from "../../kinds/workload/container.ts";
import type { MapNode, Node } from "../../text/node.ts";
import { entriesAt, itemsAt, numberAt, resolve, stringAt } from "../../text/read.ts";
import { type Candidate, objectNamed, type Scope } from "./candidate.ts";
import { beside, type Cursor } from "./cursor.ts";

interface Port {
  readonly name: string | undefined;
  readonly number: number | undefined;
  /** What it is a port of. */
  readonly of: string;
}

/** By name alone, by number alone, or by either, the name first. */
type By = "name" | "number" | "either";

/** The ports of the container that a probe or a hook stands in. */
export function ownPorts({ cursor }: Scope): Candidate[] {
  const holder = cursor.holders.find((map) => stringAt(map, "name") !== undefined && itemsAt(map, "ports").length > 0);
  return holder === undefined ? [] : candidates(portsIn(holder), "either");
}

/** The ports of the pods that a Service, a pool or a monitor selects; of all near ones where nothing is selected. */
export function podPorts(by: By) {
  return (scope: Scope): Candidate[] => {
    const wanted = selectorOf(scope.cursor);
    const near = nearest(scope.graph, scope.cursor.object, workloads(scope)).filter(isWorkload);
    const met = near.filter(({ view }) => {
      const labels = view.template?.labels;
      return wanted.length > 0 && wanted.every(([key, value]) => labels?.get(key) === value);
    });
    const pods = met.length > 0 ? met : wanted.length > 0 ? [] : near;
    return candidates(
      pods.flatMap((workload) =>
        (workload.view.template?.containers ?? []).flatMap(({ root }) => portsIn(root, workload)),
      ),
      by,
    );
  };
}

function workloads({ graph }: Scope): StackObject[] {
  return ["Deployment", "StatefulSet", "LeaderWorkerSet"].flatMap((kind) => graph.lookup(`api/${kind}`));
}

/** The labels that an object selects pods by. */
function selectorOf({ object }: Cursor): (readonly [key: string, value: string])[] {
  const entries = ["matchLabels"].flatMap((key) => entriesAt(object.root, "spec", "selector", key));
  const labels = entries.length > 0 ? entries : entriesAt(object.root, "spec", "selector");
  return labels.flatMap(({ key, value }) => {
    const text = stringAt(value)?.value;
    return text === undefined ? [] : [[key.text, text] as const];
  });
}

/** The ports of the Service, or the pool, that stands beside the place. */
export function backendPorts({ cursor, graph, workspace }: Scope): Candidate[] {
  const out = cursor.path.endsWith(".port.number") ? 1 : 0;
  const name = beside(cursor, "name", out);
  const kind = beside(cursor, "kind", out) ?? "Service";
  const object = name === undefined ? undefined : objectNamed({ cursor, graph, workspace }, kind, name);
  return object === undefined ? [] : candidates(portsOfObject(object), "number");
}

/** The ports of Services, by name, as a ServiceMonitor wants them. */
export function servicePorts({ cursor, graph }: Scope): Candidate[] {
  const near = nearest(graph, cursor.object, graph.lookup("api/Service"));
  const wanted = selectorOf(cursor);
  const met = near.filter((one) => wanted.every(([key, value]) => one.label(key)?.value === value));
  return candidates(met.flatMap(portsOfObject), "name");
}

function portsOfObject(object: StackObject): Port[] {
  const of = object.title;
  const ports = itemsAt(object.root, "spec", "ports").map((node) => ({
    name: stringAt(node, "name")?.value,
    number: numberAt(node, "port")?.value,
    of,
  }));
  const targets = itemsAt(object.root, "spec", "targetPorts").map((node) => numberAt(node, "number")?.value);
  const all = [...targets, numberAt(object.root, "spec", "targetPortNumber")?.value];
  return [...ports, ...all.map((number) => ({ name: undefined, number, of }))];
}

function portsIn(container: Node, workload?: StackObject): Port[] {
  const root = resolve(container);
  if (root?.type !== "map") return [];
  const { name, ports } = readContainer(root as MapNode);
  const of = `container ${name?.value ?? "?"}${workload === undefined ? "" : ` of ${workload.title}`}`;
  return ports.map((one) => ({ name: one.name, number: one.port?.value, of }));
}

function candidates(ports: readonly Port[], by: By): Candidate[] {
  return ports.flatMap(({ name, number, of }) => {
    const named =
      name === undefined || by === "number" ? [] : [{ label: name, detail: `port ${number ?? "?"} of ${of}`, rank: 0 }];
    if (number === undefined || by === "name") return named;
    // A port number in quotes would be a name.
    return [
      ...named,
      {
        label: String(number),
        detail: `port ${name ?? ""}`.trimEnd().concat(` of ${of}`),
        rank: 1,
        text: String(number),
      },
    ];
  });
}
