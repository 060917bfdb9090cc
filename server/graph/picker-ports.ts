import { type RouterCommand, routerArgument, routerCommands } from "../kinds/epp/arguments.ts";
import type { ServiceView } from "../kinds/service/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { routerKey } from "../kinds/workload/router-key.ts";
import { itemsAt, numberAt, type Placed, stringAt } from "../text/read.ts";
import type { Graph } from "./graph.ts";
import { isWorkload } from "./scale-target.ts";
import { nearest } from "./scope.ts";

/** An endpoint picker behind a Service. */
export interface Picker {
  readonly object: StackObject;
  readonly command: RouterCommand;
}

/** The one endpoint picker whose pods a Service selects, with a command line that is all there. */
export function pickerBehind(graph: Graph, service: StackObject<ServiceView>): Picker | undefined {
  const selector = [...service.view.selector];
  if (selector.length === 0) return undefined;
  const selected = nearest(graph, service, graph.lookup(routerKey)).filter((router) => {
    const labels = isWorkload(router) ? router.view.template?.labels : undefined;
    return selector.every(([key, value]) => labels?.get(key) === value);
  });
  const [object, another] = selected;
  if (object === undefined || another !== undefined || !isWorkload(object)) return undefined;
  if (graph.layout.changesTo(object.path).length > 0 || graph.layout.changesTo(service.path).length > 0)
    return undefined;
  const [command, second] = routerCommands(object.view);
  return command?.complete === true && second === undefined ? { object, command } : undefined;
}

/** A port that the picker listens on: llm-d-router pkg/epp/server/options.go. */
const usualPorts = { "grpc-port": 9002, "metrics-port": 9090 } as const;

export function pickerPort({ command }: Picker, flag: keyof typeof usualPorts): number | undefined {
  const argument = routerArgument(command, flag);
  if (argument === undefined) return usualPorts[flag];
  const port = Number(argument.value?.text ?? Number.NaN);
  return Number.isInteger(port) && port > 0 ? port : undefined;
}

/** The container's port that a Service's port leads to, with the place that says so. */
export function targetOf(
  { command }: Picker,
  service: StackObject<ServiceView>,
  port: number | string,
): Placed<number> | undefined {
  const entry = itemsAt(service.root, "spec", "ports").find((node) =>
    typeof port === "number" ? numberAt(node, "port")?.value === port : stringAt(node, "name")?.value === port,
  );
  const target = stringAt(entry, "targetPort") ?? stringAt(entry, "port");
  if (target === undefined) return undefined;
  const number = /^\d+$/.test(target.value)
    ? Number(target.value)
    : command.container.ports.find(({ name }) => name === target.value)?.port?.value;
  return number === undefined ? undefined : { value: number, node: target.node };
}
