import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Desk } from "./support/cursor.ts";

const stack = `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.21.0
          args: [--model, meta-llama/Llama-3.1-8B-Instruct]
          ports:
            - {name: http, containerPort: 8000}
            - {containerPort: 9000}
---
apiVersion: v1
kind: Service
metadata: {name: llama-svc, labels: {app: llama}}
spec:
  selector: {app: llama}
  ports: [{name: web, port: 80, targetPort: http}]
---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: llama-pool}
spec:
  selector: {matchLabels: {app: llama}}
  targetPorts: [{number: 8000}]
  endpointPickerRef: {name: llama-epp, port: {number: 9002}}
`;

const object = (apiVersion: string, kind: string, spec: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: x\nspec:\n${spec}`;

/** The same, as a whole document in a ConfigMap's block. */
const embedded = (text: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: holder\ndata:\n  held.yaml: |\n${text.replace(/^(?=.)/gm, "    ")}`;

const pod = (container: string) =>
  object(
    "apps/v1",
    "Deployment",
    `  template:\n    spec:\n      containers:\n        - name: a\n${container.replace(/^(?=.)/gm, "          ")}`,
  );

/** Where a name stands, and what is offered there. */
const places: Readonly<Record<string, readonly [text: string, ...labels: string[]]>> = {
  "the target of a ScaledObject": [
    object("keda.sh/v1alpha1", "ScaledObject", "  scaleTargetRef:\n    name: ‸\n"),
    "llama",
  ],
  "what an autoscaler can scale": [
    object("autoscaling/v2", "HorizontalPodAutoscaler", "  scaleTargetRef:\n    kind: ‸\n"),
    "Deployment",
    "LeaderWorkerSet",
    "StatefulSet",
  ],
  "the apiVersion of what it scales": [
    object(
      "autoscaling/v2",
      "HorizontalPodAutoscaler",
      "  scaleTargetRef:\n    kind: StatefulSet\n    apiVersion: ‸\n",
    ),
    "apps/v1",
  ],
  "the object of an HPA's metric": [
    object(
      "autoscaling/v2",
      "HorizontalPodAutoscaler",
      "  metrics:\n    - type: Object\n      object:\n        describedObject:\n          kind: Service\n          name: ‸\n",
    ),
    "llama-svc",
  ],
  "the Service of a StatefulSet": [object("apps/v1", "StatefulSet", "  serviceName: ‸\n"), "llama-svc"],
  "the backend of a route": [
    object(
      "gateway.networking.k8s.io/v1",
      "HTTPRoute",
      "  rules:\n    - backendRefs:\n        - kind: InferencePool\n          name: ‸\n",
    ),
    "llama-pool",
  ],
  "the pool of an objective": [
    object("llm-d.ai/v1alpha2", "InferenceObjective", "  poolRef:\n    name: ‸\n"),
    "llama-pool",
  ],
  "the port of a probe, by name and number": [
    pod("ports:\n  - {name: api, containerPort: 8080}\nreadinessProbe:\n  httpGet:\n    port: ‸\n"),
    "api",
    "8080",
  ],
  "the target port of a Service": [
    object("v1", "Service", "  selector: {app: llama}\n  ports:\n    - port: 80\n      targetPort: ‸\n"),
    "http",
    "8000",
    "9000",
  ],
  "the port of a PodMonitor": [
    object(
      "monitoring.coreos.com/v1",
      "PodMonitor",
      "  selector: {matchLabels: {app: llama}}\n  podMetricsEndpoints:\n    - port: ‸\n",
    ),
    "http",
  ],
  "the port of a ServiceMonitor": [
    object(
      "monitoring.coreos.com/v1",
      "ServiceMonitor",
      "  selector: {matchLabels: {app: llama}}\n  endpoints:\n    - port: ‸\n",
    ),
    "web",
  ],
  "the ports of a pool": [
    object(
      "inference.networking.k8s.io/v1",
      "InferencePool",
      "  selector: {matchLabels: {app: llama}}\n  targetPorts:\n    - number: ‸\n",
    ),
    "8000",
    "9000",
  ],
  "the port of a route's backend": [
    object(
      "gateway.networking.k8s.io/v1",
      "HTTPRoute",
      "  rules:\n    - backendRefs:\n        - name: llama-svc\n          port: ‸\n",
    ),
    "80",
  ],
};

describe("names are completed", { timeout: 120_000 }, () => {
  const desk = new Desk({ "stack.yaml": stack });

  for (const [title, [text, ...labels]] of Object.entries(places)) {
    test(`${title}, plain and in a document inside of a document`, async () => {
      assert.deepEqual(await desk.labels(text), labels);
      assert.deepEqual(await desk.labels(embedded(text)), labels);
    });
  }

  test("variables of vLLM and of LMCache, where vLLM starts, but for those that are there", async () => {
    const vllm = (env: string) => pod(`image: vllm/vllm-openai:v0.21.0\nargs: [m]\nenv:\n${env}`);
    const labels = await desk.labels(vllm("  - name: VLLM_USE_V1\n  - name: LM‸\n"));
    assert.ok(labels.includes("LMCACHE_MAX_LOCAL_CPU_SIZE") && labels.includes("VLLM_LOGGING_LEVEL"));
    assert.equal(await desk.taken(vllm("  - name: ‸\n"), "LMCACHE_CHUNK_SIZE"), vllm("  - name: LMCACHE_CHUNK_SIZE\n"));
    assert.ok(!(await desk.labels(vllm("  - name: VLLM_LOGGING_LEVEL\n  - name: ‸\n"))).includes("VLLM_LOGGING_LEVEL"));
    assert.deepEqual(await desk.labels(pod("image: nginx:1\nenv:\n  - name: ‸\n")), []);
  });

  test("resources of a container", async () => {
    assert.deepEqual((await desk.labels(pod("resources:\n  limits:\n    ‸\n"))).toSorted(), [
      "cpu",
      "ephemeral-storage",
      "memory",
      "nvidia.com/gpu",
    ]);
  });

  test("a port number goes in as a number", async () => {
    const text = object(
      "gateway.networking.k8s.io/v1",
      "HTTPRoute",
      "  rules:\n    - backendRefs:\n        - name: llama-svc\n          port: ‸\n",
    );
    assert.equal(await desk.taken(text, "80"), text.replace("‸", "80"));
  });

  test("models of variants, and models in WVA's entries", async () => {
    const variant = object("llmd.ai/v1alpha1", "VariantAutoscaling", "  modelID: ‸\n");
    assert.ok((await desk.labels(variant)).includes("meta-llama/Llama-3.1-8B-Instruct"));
    assert.equal(
      await desk.taken(variant, "meta-llama/Llama-3.1-8B-Instruct"),
      variant.replace("‸", "meta-llama/Llama-3.1-8B-Instruct"),
    );
  });

  test("plugins and profiles wherever an endpoint picker names them", async () => {
    const config = (rest: string) =>
      `apiVersion: llm-d.ai/v1alpha1\nkind: EndpointPickerConfig\nplugins:\n  - type: queue-scorer\n  - type: utilization-detector\n    name: detector\n${rest}`;
    const detector = config("flowControl:\n  saturationDetector:\n    pluginRef: ‸\n");
    for (const text of [detector, embedded(detector)]) {
      assert.deepEqual(await desk.labels(text), ["detector", "queue-scorer"]);
    }
    const handler = config(
      "  - type: disagg-profile-handler\n    parameters:\n      profiles:\n        decode: ‸\nschedulingProfiles:\n  - name: big\n  - name: small\n",
    );
    assert.deepEqual(await desk.labels(handler), ["big", "small"]);
  });
});
