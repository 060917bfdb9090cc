import type { RawFix } from "../../findings/raw-finding.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { isOpen, readRenderers } from "../../kinds/vllm/command-line.ts";
import { has, numberOf } from "../../kinds/vllm/setting.ts";
import { argumentOf, type Container } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { PodTemplate, Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import { at, itemsAt, mapAt, numberAt, type Placed, scalarAt, stringAt } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { type ServingContainer, servingContainers, templatesOf } from "./servers.ts";
import { sidecarsOf } from "./sidecar.ts";

const example = (port: string) =>
  serverExample({
    args: ["Qwen/Qwen3-8B", "--port=8200"],
    container: [
      "ports: [{name: http, containerPort: 8200}]",
      "readinessProbe:",
      "  httpGet:",
      "    path: /health",
      `    port: ${port}`,
    ],
  });

export const wrongPort = defineRule({
  id: "vllm/port",
  title: "Port on which nothing listens",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VLM-21"],
  docs: {
    summary:
      "A probe of the vLLM container, the port to which llm-d's sidecar passes requests on, or the one port that the container declares, is another than vLLM's --port (8000 where it is not written; `vllm launch render` has it too), and no other container of the pod listens there.",
    why: "A probe on a port without a listener always fails: the pod never becomes ready, or is killed while it serves. A Service that goes by the port's name sends requests to where nobody is.",
    mend: "Write the same port in --port, containerPort and the probes; give probes the port's name, so that it stands in one place.",
    sources: [
      "https://docs.vllm.ai/en/latest/cli/serve/",
      "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    ],
  },
  examples: { bad: example("8000 # <-"), good: example("http") },
  messages: {
    probe:
      "{object}: the {probe} asks port {port}, but vLLM listens on {listens}: it always fails. Write {listens}, or the port's name.",
    unnamed: '{object}: the {probe} asks port "{port}", and the container names no port so: it always fails.{mend}',
    sidecar:
      "{object}: the sidecar {sidecar} passes requests on to port {port} ({flag}), but vLLM listens on {listens}: none is answered. Write {listens}.",
    declared:
      "{object}: port {port} is declared, but vLLM listens on {listens}: whoever goes by the declared port reaches nobody. Write {listens} in both.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    for (const { container, servers, title } of [...servingContainers(object, settings), ...renderersOf(object)]) {
      const [server, another] = servers;
      const listens = server === undefined ? undefined : numberOf(server, "--port", 8000);
      if (server === undefined || another !== undefined || listens === undefined) continue;
      // These have no port, or one for each engine. A script may start a proxy before it.
      if (has(server, "--uds", "--headless", "--data-parallel-multi-port-external-lb") || !server.command.items)
        continue;
      const others = portsOfOthers(templatesOf(object), container);
      const isWrong = (port: number) => port !== listens && !others.has(port);
      const [declared, second] = container.ports;
      if (declared?.port !== undefined && second === undefined && isWrong(declared.port.value)) {
        const slots = { object: title, port: declared.port.value, listens };
        report({ at: declared.port.node, message: "declared", slots, fixes: writePort(declared.port, listens) });
      }
      const template = templatesOf(object).find(({ containers }) => containers.includes(container));
      for (const { container: sidecar } of template === undefined ? [] : sidecarsOf(template, settings)) {
        const target = argumentOf(sidecar, "model-server-port", "vllm-port");
        const port = numberIn(target?.value)[0];
        if (target === undefined || port === undefined || !isWrong(port)) continue;
        const name = sidecar.name?.value ?? "";
        const slots = { object: title, sidecar: name, port, flag: `--${target.name}`, listens };
        report({ at: target.at, message: "sidecar", slots });
      }
      for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"]) {
        const named = container.ports.flatMap(({ name }) => name ?? []);
        const word = ["httpGet", "tcpSocket"].flatMap((how) => stringAt(container.root, probe, how, "port") ?? [])[0];
        if (word !== undefined && isUnnamed(word.value, named) && !hasMerged(container)) {
          const meant = nearest(word.value, named) ?? (named.length === 1 ? named[0] : undefined);
          const mend = meant === undefined ? ` Write ${listens}.` : ` Write ${meant}, or ${listens}.`;
          const slots = { object: title, probe, port: word.value, mend };
          const fixes = meant === undefined ? [] : writeName(word, meant);
          // An overlay may name more ports.
          const unwritten = { root: object.root, path: containersOf(object) };
          report({ at: word.node, message: "unnamed", slots, unwritten, fixes });
        }
        const port = ["httpGet", "tcpSocket"].flatMap((how) => numberAt(container.root, probe, how, "port") ?? [])[0];
        if (port === undefined || !isWrong(port.value)) continue;
        const slots = { object: title, probe, port: port.value, listens };
        report({ at: port.node, message: "probe", slots, fixes: writePort(port, listens) });
      }
    }
  },
});

/** Containers that only render prompts; they listen as servers do. */
function renderersOf(object: StackObject<Workload>): Pick<ServingContainer, "container" | "servers" | "title">[] {
  return templatesOf(object)
    .flatMap(({ containers }) => containers)
    .flatMap((container) => {
      const servers = readRenderers(container);
      const title = `${object.title}, container "${container.name?.value ?? "?"}"`;
      return servers.length === 0 ? [] : [{ container, servers, title }];
    });
}

/** Ports of the pod's other containers: probes go to the pod's address, so that they may ask any of them. */
function portsOfOthers(templates: readonly PodTemplate[], own: Container): ReadonlySet<number> {
  const all = templates.flatMap(({ containers, initContainers }) => [...containers, ...initContainers]);
  const others = all.filter(({ root, name }) => root !== own.root && name?.value !== own.name?.value);
  return new Set(
    others.flatMap((one) => [
      ...one.ports.flatMap(({ port }) => port?.value ?? []),
      ...numberIn(argumentOf(one, "port")?.value),
    ]),
  );
}

function numberIn(text: string | undefined): number[] {
  return text !== undefined && /^\d+$/.test(text) ? [Number(text)] : [];
}

function containersOf({ kind }: StackObject): string[] {
  return kind.id === leaderWorkerSet.id ? ["spec", "leaderWorkerTemplate"] : ["spec", "template", "spec", "containers"];
}

/** The kubelet looks a name up among the ports of the container that is asked. */
function isUnnamed(port: string, named: readonly string[]): boolean {
  return /[a-z]/i.test(port) && !isOpen(port) && !named.includes(port);
}

/** Where the ports, or names of them, come from elsewhere, nobody can tell which are missing. */
function hasMerged({ root }: Container): boolean {
  const list = at(root, "ports");
  return list !== undefined && (list.type !== "seq" || itemsAt(list).some((item) => mapAt(item) === undefined));
}

function writeName({ node }: Placed<string>, name: string): RawFix[] {
  const scalar = scalarAt(node);
  return scalar === undefined || scalar !== node
    ? []
    : [{ title: `Write ${name}`, safe: false, edits: [setScalar(scalar, name)] }];
}

function writePort({ node }: Placed<number>, port: number): RawFix[] {
  const scalar = scalarAt(node);
  return scalar === undefined || scalar !== node
    ? []
    : [{ title: `Write ${port}`, safe: false, edits: [setScalar(scalar, String(port))] }];
}
