import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Desk } from "./support/cursor.ts";

const files = {
  "llama.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  replicas: 2
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - {name: vllm, image: "vllm/vllm-openai:v0.11.0"}
        - {name: cache, image: "lmcache/lmcache-server:v0.3.9"}
`,
  "config.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: llama-config}
data:
  level: INFO
  lmcache.yaml: |
    chunk_size: 256
    local_cpu: true
---
apiVersion: v1
kind: Secret
metadata: {name: tokens}
stringData: {hf: "hf_secret"}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: weights}
spec:
  accessModes: [ReadOnlyMany]
  resources: {requests: {storage: 200Gi}}
---
apiVersion: v1
kind: Service
metadata: {name: llama-svc}
spec:
  selector: {app: llama}
  ports: [{name: http, port: 80}, {port: 8001}]
---
apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: llama-h100}
spec:
  scaleTargetRef: {kind: Deployment, name: llama}
  modelID: acme/llama
`,
};

const deployment = (rest: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: other}\nspec:\n  template:\n    spec:\n${rest}`;
const hpa = (spec: string) =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec:\n${spec}`;

describe("hover tells what a name means", { timeout: 120_000 }, () => {
  const desk = new Desk(files);
  const last = async (marked: string) => (await desk.hovered(marked))?.split("\n\n").at(-1);

  const table: [what: string, marked: string, expected: string][] = [
    [
      "the target of an HPA",
      hpa("  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: lla‸ma}\n"),
      "Deployment `llama` in `llama.yaml:3`: 2 replicas; `vllm` of `vllm/vllm-openai:v0.11.0`, `cache` of `lmcache/lmcache-server:v0.3.9`.",
    ],
    [
      "the target of a ScaledObject",
      "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: a}\nspec:\n  scaleTargetRef: {name: lla‸ma}\n",
      "Deployment `llama` in `llama.yaml:3`: 2 replicas; `vllm` of `vllm/vllm-openai:v0.11.0`, `cache` of `lmcache/lmcache-server:v0.3.9`.",
    ],
    [
      "a variant",
      hpa(
        "  metrics:\n    - type: External\n      external:\n        metric: {name: wva_desired_replicas, selector: {matchLabels: {variant_name: llama-h‸100}}}\n",
      ),
      "VariantAutoscaling `llama-h100` in `config.yaml:31`: model `acme/llama`; scales `Deployment` `llama`.",
    ],
    [
      "a ConfigMap",
      deployment("      volumes: [{name: config, configMap: {name: llama-c‸onfig}}]\n"),
      "ConfigMap `llama-config` in `config.yaml:3`: keys `level`, `lmcache.yaml`.",
    ],
    [
      "a key with one line",
      deployment(
        "      containers: [{name: v, env: [{name: L, valueFrom: {configMapKeyRef: {name: llama-config, key: lev‸el}}}]}]\n",
      ),
      "Key `level` of `ConfigMap` `llama-config` in `config.yaml:5`: `INFO`.",
    ],
    [
      "a key with a document",
      deployment(
        "      containers:\n        - name: v\n          env: [{name: LMCACHE_CONFIG_FILE, value: /etc/l/lmcache.y‸aml}]\n          volumeMounts: [{name: c, mountPath: /etc/l}]\n      volumes: [{name: c, configMap: {name: llama-config}}]\n",
      ),
      "Key `lmcache.yaml` of `ConfigMap` `llama-config` in `config.yaml:6`: 2 lines.",
    ],
    [
      "a Secret, without what it holds",
      deployment(
        "      containers: [{name: v, env: [{name: T, valueFrom: {secretKeyRef: {name: tokens, key: h‸f}}}]}]\n",
      ),
      "Key `hf` of `Secret` `tokens` in `config.yaml:13`.",
    ],
    [
      "a claim",
      deployment("      volumes: [{name: w, persistentVolumeClaim: {claimName: weig‸hts}}]\n"),
      "PersistentVolumeClaim `weights` in `config.yaml:17`: 200Gi; `ReadOnlyMany`.",
    ],
    [
      "a volume",
      deployment(
        "      containers: [{name: v, volumeMounts: [{name: sh‸m, mountPath: /dev/shm}]}]\n      volumes: [{name: shm, emptyDir: {medium: Memory, sizeLimit: 16Gi}}]\n",
      ),
      "Volume `shm` in `manifest.yaml:8`: `emptyDir` `16Gi`.",
    ],
    [
      "a Service",
      "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a}\nspec:\n  rules: [{backendRefs: [{name: llama‸-svc, port: 80}]}]\n",
      "Service `llama-svc` in `config.yaml:24`: ports `http` 80, 8001.",
    ],
    [
      "the pods of a selector",
      "apiVersion: v1\nkind: Service\nmetadata: {name: b}\nspec:\n  selector: {app: lla‸ma}\n  ports: [{port: 80}]\n",
      "Pods of `Deployment` `llama` in `llama.yaml:8`: 2 replicas; `vllm` of `vllm/vllm-openai:v0.11.0`, `cache` of `lmcache/lmcache-server:v0.3.9`.",
    ],
    [
      "a plugin inside of a block",
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: e}\ndata:\n  epp.yaml: |\n    apiVersion: llm-d.ai/v1alpha1\n    kind: EndpointPickerConfig\n    plugins:\n      - {name: depth, type: queue-scorer}\n    schedulingProfiles:\n      - {name: default, plugins: [{pluginRef: dep‸th}]}\n",
      "Plugin `depth` in `manifest.yaml:9`: type `queue-scorer`.",
    ],
    [
      "a plugin in JSON behind a flag",
      deployment(
        `      containers:\n        - name: epp\n          args: [--config-text, '{"apiVersion": "llm-d.ai/v1alpha1", "kind": "EndpointPickerConfig", "plugins": [{"name": "depth", "type": "queue-scorer"}], "schedulingProfiles": [{"name": "default", "plugins": [{"pluginRef": "dep‸th"}]}]}']\n`,
      ),
      "Plugin `depth` in `manifest.yaml:9`: type `queue-scorer`.",
    ],
  ];
  for (const [what, marked, expected] of table) {
    test(what, async () => assert.equal(await last(marked), expected));
  }

  test("and nothing where nobody has the name", async () => {
    const said = await desk.hovered(hpa("  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: no‸body}\n"));
    assert.doesNotMatch(said ?? "", / in `/);
  });

  test("also in a document with anchors, which has no words of the schema", async () => {
    const marked = hpa("  scaleTargetRef: &t {apiVersion: apps/v1, kind: Deployment, name: lla‸ma}\n  again: *t\n");
    assert.match((await desk.hovered(marked)) ?? "", /^Deployment `llama` in `llama\.yaml:3`/);
  });
});
