import { nearestOne } from "../../graph/scope.ts";
import { inferencePool, oldInferencePool } from "../../kinds/inference-pool/kind.ts";
import { service } from "../../kinds/service/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { at, itemsAt, numberAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { setNumber } from "../set-number.ts";
import { absent } from "./absent.ts";

const example = (port: string) => `apiVersion: v1
kind: Service
metadata: {name: llama-epp}
spec:
  selector: {app: llama-epp}
  ports:
    - {name: grpc, port: 9002, appProtocol: http2}
    - {name: metrics, port: 9090}
---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  targetPorts: [{number: 8000}]
  endpointPickerRef:
    name: llama-epp
    port: {number: ${port}}
`;

export const pickerService = defineRule({
  id: "pool/picker-service",
  title: "Endpoint picker that cannot be reached",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["GW-03"],
  docs: {
    summary:
      "The endpointPickerRef of an InferencePool (extensionRef in v1alpha2) names a Service that is not there, that is of type ExternalName, or that has not that port.",
    why: "The gateway asks the picker for every request, through that port of that Service in the pool's own namespace. Where it gets no answer, requests fail, or with failureMode FailOpen go to any pod.",
    mend: "Name the Service of the endpoint picker and the Service's port for gRPC, 9002 in the charts.",
    sources: ["https://gateway-api-inference-extension.sigs.k8s.io/api-types/inferencepool/"],
  },
  examples: { bad: example("9003 # <-").replace("{number: 9003 # <-}", "{number: 9003} # <-"), good: example("9002") },
  messages: {
    missing:
      '{object} asks the Service "{name}" for the endpoint to use, which is in none of these files: requests fail. {meant}',
    external:
      "{object} asks {service} for the endpoint to use, and a Service of type ExternalName is not taken. Name the picker's own Service.",
    port: "{object} asks {service} on port {port} for the endpoint to use, and it has only {ports}: requests fail. Name its port for gRPC.",
  },
  reads: [inferencePool, oldInferencePool],
  check({ object, graph, report }) {
    const ref = at(object.root, "spec", object.kind.id === inferencePool.id ? "endpointPickerRef" : "extensionRef");
    const name = object.view.picker;
    const isService = at(ref, "kind") === undefined || stringAt(ref, "kind")?.value === "Service";
    if (name === undefined || !isService) return;
    const found = nearestOne(graph, object, graph.lookup(`name/Service/${name.value}`));
    if (found === undefined) {
      const gone = absent(graph, object, "Service", name);
      // The Services of the model servers say nothing about the picker's.
      if (gone === undefined || !gone.meant.startsWith("Did")) return;
      const slots = { object: object.title, name: name.value, meant: gone.meant };
      report({ at: name.node, message: "missing", slots, fixes: gone.fixes });
      return;
    }
    const slots = { object: object.title, service: found.title };
    const related = [{ at: found.name?.node ?? found, message: `${found.title} is here` }];
    if (stringAt(found.root, "spec", "type")?.value === "ExternalName") {
      report({ at: name.node, message: "external", slots, related });
      return;
    }
    const port = object.view.pickerPort;
    const ports = portsOf(found);
    if (port === undefined || ports === undefined || ports.some(({ number }) => number === port.value)) return;
    const meant = ports.length === 1 ? ports[0] : ports.find(({ forGrpc }) => forGrpc);
    report({
      at: port.node,
      message: "port",
      slots: { ...slots, port: port.value, ports: ports.map(({ number }) => number).join(", ") },
      related,
      fixes: meant === undefined ? [] : setNumber(port.node, meant.number),
    });
  },
});

/** Absent where one of them is filled in later. */
function portsOf({ kind, root }: StackObject): { number: number; forGrpc: boolean }[] | undefined {
  const nodes = kind.id === service.id ? itemsAt(root, "spec", "ports") : [];
  const ports = nodes.flatMap((node) => {
    const number = numberAt(node, "port")?.value;
    const words = `${stringAt(node, "name")?.value} ${stringAt(node, "appProtocol")?.value}`;
    return number === undefined ? [] : [{ number, forGrpc: /grpc|h2c|http2/.test(words) && !/health/.test(words) }];
  });
  return ports.length === 0 || ports.length !== nodes.length ? undefined : ports;
}
