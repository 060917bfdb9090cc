import type { RawFix } from "../../findings/raw-finding.ts";
import { pickerBehind, pickerPort, targetOf } from "../../graph/picker-ports.ts";
import { nearest } from "../../graph/scope.ts";
import type { InferencePoolView } from "../../kinds/inference-pool/kind.ts";
import { service } from "../../kinds/service/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { setAll } from "../../text/edits.ts";
import { at, itemsAt, mapAt, numberAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { setNumber } from "../set-number.ts";

const example = (protocol: string) => `apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  targetPorts: [{number: 8000}]
  endpointPickerRef: {name: llama-epp, port: {number: 9002}}
---
apiVersion: v1
kind: Service
metadata: {name: llama-epp}
spec:
  selector: {app: llama-epp}
  ports:
    - name: ext-proc
      port: 9002${protocol}
`;

export const pickerPortOf = defineRule({
  id: "pool/picker-port",
  title: "Endpoint picker's Service without HTTP/2, or on another port",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["GW-04"],
  docs: {
    summary:
      "The Service port through which an InferencePool asks its endpoint picker says no appProtocol of HTTP/2, or leads to another port than the picker's --grpc-port (then it is an error).",
    why: "The picker speaks gRPC, which is HTTP/2. Gateways that go by appProtocol talk HTTP/1.1 to a port that says nothing, and the picker does not answer: requests fail, or with failureMode FailOpen go to any pod.",
    mend: "Write appProtocol: http2 or kubernetes.io/h2c on that port, and let targetPort be the picker's --grpc-port (9002 without the flag).",
    sources: [
      "https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol",
      "https://github.com/llm-d/llm-d-router/blob/main/deploy/components/inference-gateway/services.yaml",
    ],
  },
  examples: { bad: example(" # <-"), good: example("\n      appProtocol: http2") },
  messages: {
    unsaid:
      "{object}: {pool} asks the endpoint picker on port {port}, which has no appProtocol: gateways that go by it speak HTTP/1.1 to gRPC, and requests fail. Write appProtocol: http2.",
    other:
      '{object}: {pool} asks the endpoint picker on port {port}, whose appProtocol is "{protocol}" and not HTTP/2: the picker speaks gRPC. Write appProtocol: http2.',
    target:
      "{object}: port {port} leads to {target}, and the endpoint picker in {router} listens for gRPC on {wanted}: the gateway gets no answer. Write targetPort {wanted}.",
  },
  reads: [service],
  check({ object, graph, report }) {
    const name = object.name?.value;
    if (name === undefined || graph.layout.changesTo(object.path).length > 0) return;
    const pools = nearest(graph, object, graph.lookup(`picker/${name}`)) as readonly StackObject<InferencePoolView>[];
    const [pool] = pools;
    const port = pool?.view.pickerPort;
    const entry = itemsAt(object.root, "spec", "ports").find((node) => numberAt(node, "port")?.value === port?.value);
    const own = numberAt(entry, "port");
    if (pool === undefined || port === undefined || entry === undefined || own === undefined) return;
    const slots = { object: object.title, pool: pool.title, port: port.value };
    const related = [{ at: port.node, message: `${pool.title} asks here` }];
    const protocol = stringAt(entry, "appProtocol");
    if (protocol === undefined ? at(entry, "appProtocol") === undefined : !isHttp2(protocol.value)) {
      const map = mapAt(entry);
      const edits = map === undefined ? undefined : setAll(map, ["appProtocol"], "http2");
      const fixes: RawFix[] = edits === undefined ? [] : [{ title: "Write appProtocol: http2", safe: false, edits }];
      if (protocol === undefined) report({ at: own.node, message: "unsaid", slots, related, fixes });
      else
        report({ at: protocol.node, message: "other", slots: { ...slots, protocol: protocol.value }, related, fixes });
    }
    const picker = pickerBehind(graph, object);
    const target = picker === undefined ? undefined : targetOf(picker, object, port.value);
    const wanted = picker === undefined ? undefined : pickerPort(picker, "grpc-port");
    if (picker === undefined || target === undefined || wanted === undefined || target.value === wanted) return;
    report({
      at: target.node,
      message: "target",
      severity: "error",
      slots: { ...slots, target: target.value, router: picker.object.title, wanted },
      related: [{ at: picker.object.name?.node ?? picker.object, message: "The endpoint picker" }],
      fixes: stringAt(entry, "targetPort")?.node === target.node ? setNumber(target.node, wanted) : [],
    });
  },
});

/** Words for HTTP/2 of Kubernetes, Istio and GKE, with TLS or without. */
function isHttp2(protocol: string): boolean {
  return /^(?:kubernetes\.io\/h2c|https?2|h2c?|grpc(?:-web|s)?)$/i.test(protocol);
}
