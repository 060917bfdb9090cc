import { podsOfPool } from "../../graph/pools.ts";
import { inferencePool, oldInferencePool } from "../../kinds/inference-pool/kind.ts";
import { isOpen, readServers } from "../../kinds/vllm/command-line.ts";
import type { Container } from "../../kinds/workload/container.ts";
import { argumentOf } from "../../kinds/workload/container.ts";
import type { PodTemplate } from "../../kinds/workload/pod-template.ts";
import { stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { setNumber } from "../set-number.ts";

const example = (port: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  replicas: 2
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      terminationGracePeriodSeconds: 120
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          args: [meta-llama/Llama-3.1-8B-Instruct, --port=8200]
          ports: [{name: http, containerPort: 8200}]
          readinessProbe: {httpGet: {path: /health, port: http}}
          env: [{name: HF_TOKEN, valueFrom: {secretKeyRef: {name: hf, key: token}}}]
          resources: {limits: {nvidia.com/gpu: 1}}
---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  targetPorts:
    - number: ${port}
  endpointPickerRef: {name: llama-epp, port: {number: 9002}}
`;

export const targetPort = defineRule({
  id: "pool/target-port",
  title: "InferencePool on a port that its pods do not listen on",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["GW-02"],
  docs: {
    summary:
      "A number in targetPorts is neither the port of the vLLM server in the selected pods nor any other of their ports.",
    why: "The gateway sends requests to that port of the chosen pod, and the endpoint picker reads the pod's metrics there. Nobody listens: every request fails, and the picker takes the pods for saturated.",
    mend: "Write the port that the server listens on (`--port`, 8000 without it), or that of the sidecar before it.",
    sources: ["https://gateway-api-inference-extension.sigs.k8s.io/api-types/inferencepool/"],
  },
  examples: { bad: example("8000 # <-"), good: example("8200") },
  messages: {
    closed:
      "{object} sends requests to port {port}, and the pods of {other} listen on {ports}: every request fails. Write the port that serves.",
  },
  reads: [inferencePool, oldInferencePool],
  check({ object, graph, report }) {
    const pods = podsOfPool(graph, object);
    // Further ports are those of further data-parallel ranks, which no container port has to name.
    const [port] = object.view.targetPorts;
    if (port === undefined || pods.length === 0) return;
    const listening = pods.map(({ template }) => portsOf(template));
    const missing = listening.findIndex((ports) => ports !== undefined && !ports.all.has(port.value));
    if (missing < 0 || listening.some((ports) => ports === undefined || ports.all.has(port.value))) return;
    const [other, ports] = [pods[missing], listening[missing]];
    if (other === undefined || ports === undefined) return;
    const serving = new Set(listening.flatMap((one) => [...(one?.serving ?? [])]));
    const meant = serving.size === 1 ? [...serving][0] : undefined;
    report({
      at: port.node,
      message: "closed",
      slots: { object: object.title, port: port.value, other: other.object.title, ports: [...ports.all].join(", ") },
      related: [{ at: other.object.name?.node ?? other.object, message: `${other.object.title} is selected` }],
      fixes: meant === undefined ? [] : setNumber(port.node, meant),
    });
  },
});

interface Ports {
  readonly all: ReadonlySet<number>;
  /** Where requests belong: a sidecar's port before the server's. */
  readonly serving: ReadonlySet<number>;
}

/** Absent where a container listens on we know not what. */
function portsOf({ containers, initContainers }: PodTemplate): Ports | undefined {
  const sidecars = initContainers.filter(({ root }) => stringAt(root, "restartPolicy")?.value === "Always");
  const known = [...containers, ...sidecars].map(portsOfContainer);
  if (known.includes(undefined)) return undefined;
  const found = known as NonNullable<(typeof known)[number]>[];
  const servers = found.flatMap(({ server }) => server ?? []);
  const proxies = found.flatMap(({ proxy }) => proxy ?? []);
  if (servers.length === 0) return undefined;
  const all = new Set([...found.flatMap(({ declared }) => declared), ...servers, ...proxies]);
  return { all, serving: new Set(proxies.length > 0 ? proxies : servers) };
}

const proxyImage = /llm-d-(?:routing-sidecar|router-disagg-sidecar)/;

function portsOfContainer(
  container: Container,
): { declared: number[]; server: number | undefined; proxy: number | undefined } | undefined {
  const ports = container.ports.map(({ port }) => port?.value);
  if (ports.includes(undefined)) return undefined;
  const declared = ports as number[];
  if (proxyImage.test(container.image?.value ?? "")) {
    const written = argumentOf(container, "port");
    const proxy = written === undefined ? 8000 : portIn(written.value);
    return proxy === undefined ? undefined : { declared, server: undefined, proxy };
  }
  const servers = readServers(container, undefined);
  const [only, another] = servers;
  if (only === undefined) return declared.length === 0 ? undefined : { declared, server: undefined, proxy: undefined };
  const hidden = only.arguments.some(({ name, match }) => name === "--config" || match === "ambiguous");
  if (another !== undefined || !only.command.complete || hidden) return undefined;
  const flag = only.arguments.findLast(({ name }) => name === "--port");
  const server = flag === undefined ? 8000 : portIn(flag.values[0]?.text);
  return server === undefined ? undefined : { declared, server, proxy: undefined };
}

function portIn(text: string | undefined): number | undefined {
  const port = text === undefined || isOpen(text) ? Number.NaN : Number(text);
  return Number.isInteger(port) && port > 0 ? port : undefined;
}
