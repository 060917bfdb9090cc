import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { said } from "./support.ts";

const deployment = (spec: string, head = "metadata: {name: llama}") =>
  `apiVersion: apps/v1\nkind: Deployment\n${head}\nspec: ${spec}\n`;
const pod = (container: string) =>
  deployment(`{selector: {}, template: {spec: {containers: [{name: a, image: b, ${container}}]}}}`);
const service = (spec: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: llama}\nspec: {ports: [{port: 80}], ${spec}}\n`;

describe("nothing is said", () => {
  const table: [why: string, text: string][] = [
    ["of what is filled in later", service('type: "${TYPE}", sessionAffinity: $(AFFINITY)')],
    ["of a number that is filled in later", deployment('{replicas: "${REPLICAS}", selector: {}, template: {}}')],
    ["of a key that is filled in later", service('"${KEY}": 1')],
    [
      "of what is missing beside a key that is filled in later",
      'apiVersion: v1\nkind: Service\nmetadata: {name: llama}\nspec: {ports: [{"${KEY}": 80}]}\n',
    ],
    ["of a value with a tag of its own", service("type: !vault x")],
    ["of yes and no where YAML 1.1 reads a truth", pod("stdin: yes, tty: off")],
    ["of numbers that only YAML 1.1 reads", service("sessionAffinityConfig: {clientIP: {timeoutSeconds: 10_800}}")],
    ["of yes where a text is read", pod("env: [{name: A, value: yes}, {name: B, value: on}]")],
    [
      "of keys without a value",
      deployment("{replicas: , selector: {}, template: {metadata: {annotations: }}, strategy: null}"),
    ],
    [
      "of numbers and texts as quantities",
      pod("resources: {limits: {cpu: 1, memory: 64Gi}, requests: {cpu: '1', memory: 1e9}}"),
    ],
    ["of ports by name", pod("livenessProbe: {tcpSocket: {port: http}}")],
    [
      "of other versions of the API",
      "apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec: {scaleTargetRef: {}, targetCPUUtilizationPercentage: 80}\n",
    ],
    [
      "of what an unnamed excerpt lacks",
      deployment("{template: {spec: {containers: [{image: a}]}}}", "metadata: {labels: {app: a}}"),
    ],
    ["of what an object without a spec lacks", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: llama}\n"],
    ["of what a patch in one piece lacks", deployment("{replicas: 3}")],
    [
      "of what a patch with directives lacks",
      deployment("{template: {spec: {containers: [{name: a, $patch: delete}, {image: b}]}}}\n$patch: merge"),
    ],
    ["of a status", `${service("type: ClusterIP")}status: {anything: [goes]}\n`],
    [
      "of kinds that nobody here knows",
      "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: {x: 1}\n",
    ],
  ];
  for (const [why, text] of table) test(why, () => assert.deepEqual(said({ "a.yaml": text }), []));

  test("of what a file lacks that is called a patch", () => {
    const text = deployment("{template: {spec: {containers: [{image: a}]}}}");
    assert.deepEqual(said({ "overlays/dev/replicas-patch.yaml": text }), []);
    assert.deepEqual(said({ "overlays/dev/replicas.yaml": text }), ["missing-key spec", "missing-key image"]);
  });

  test("of a file that a kustomization applies as a patch", () => {
    const files = {
      "kustomization.yaml": "resources: [base.yaml]\npatches: [{path: more.yaml}]\n",
      "base.yaml": service("type: ClusterIP"),
      "more.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: llama}\nspec: {ports: [{name: a}], tipe: 1}\n",
    };
    assert.deepEqual(said(files), []);
    assert.deepEqual(said({ ...files, "kustomization.yaml": "resources: [base.yaml, more.yaml]\n" }), [
      "missing-key name",
      "unknown-key tipe",
    ]);
  });
});

describe("one mistake is told once", () => {
  const table: [what: string, text: string, ...said: string[]][] = [
    [
      "a misspelt key that has to be there",
      service("type: ClusterIP").replace("port: 80", "prot: 80"),
      "unknown-key prot",
    ],
    ["a wrong type where words are listed", service("type: 5"), "wrong-type 5"],
    [
      "several keys that are missing together",
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, env: [{valueFrom: {secretKeyRef: {}}}]}]}\n",
      "missing-key valueFrom",
      "missing-key secretKeyRef",
    ],
    [
      "a metric whose body is another's, which has a rule of its own",
      "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec: {scaleTargetRef: {kind: Deployment, name: a}, maxReplicas: 2, metrics: [{type: External, pods: {metric: {name: a}, target: {type: Value}}}], behavior: {scaleUp: {stabilizationWindowSeconds: 300}}}\n",
    ],
    [
      "a slip in an anchor that is used twice",
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, env: &e [{name: A, value: 1}]}, {name: b, env: *e}]}\n",
      "wrong-type 1",
    ],
    [
      "metricType in the metadata of a trigger, which has a rule of its own",
      'apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: a}\nspec: {scaleTargetRef: {name: a}, triggers: [{type: cpu, metadata: {metricType: Utilization, value: "60"}}]}\n',
    ],
  ];
  for (const [what, text, ...expected] of table) test(what, () => assert.deepEqual(said({ "a.yaml": text }), expected));
});
