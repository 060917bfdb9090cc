import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cpuMetric, hpaOf, mended, running, said } from "./support.ts";

const web = 'HorizontalPodAutoscaler "web"';

const deployment = (containers: string, pod = "") => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec: {${pod}containers: [${containers}]}
`;
const gpu = "{name: vllm, resources: {requests: {cpu: 8}, limits: {nvidia.com/gpu: 1}}}";
const memoryMetric = "{type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 40Gi}}}";
const podsMetric = "{type: Pods, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: 5}}}";

describe("GPU pods scaled on cpu or memory alone", () => {
  const rule = "hpa/cpu-signal";
  const only = (at: string, signals: string, why: string, object = web) =>
    `warning at ${at}: ${object} scales Deployment "web" on ${signals} alone, but its pods work on GPUs: ${why}, so requests pile up unseen. Scale on the queue of vLLM or the router, or on wva_desired_replicas.`;
  const cpu = "their CPU does not follow the load";
  const memory = "their memory is reserved at the start and hardly moves";
  const unset = (at: string) =>
    `warning at ${at}: ${web} has no metrics, so Kubernetes scales Deployment "web" on CPU at 80 %, but its pods work on GPUs: ${cpu}, so requests pile up unseen. Scale on the queue of vLLM or the router, or on wva_desired_replicas.`;
  const oneContainer =
    "{type: ContainerResource, containerResource: {name: cpu, container: vllm, target: {type: Utilization, averageUtilization: 70}}}";
  const table: [title: string, metrics: string | undefined, container: string, expected: string[]][] = [
    ["cpu", `[${cpuMetric}]`, gpu, [only("cpu", "cpu", cpu)]],
    ["memory", `[${memoryMetric}]`, gpu, [only("memory", "memory", memory)]],
    ["cpu and memory", `[${cpuMetric}, ${memoryMetric}]`, gpu, [only("cpu", "cpu and memory", cpu)]],
    ["cpu of one container", `[${oneContainer}]`, gpu, [only("cpu", "cpu", cpu)]],
    ["cpu beside a queue", `[${cpuMetric}, ${podsMetric}]`, gpu, []],
    ["no metrics", undefined, gpu, [unset("web")]],
    ["an empty list", "[]", gpu, [unset("metrics")]],
    ["metrics that are filled in later", "${METRICS}", gpu, []],
    [
      "pods without a GPU",
      `[${cpuMetric}]`,
      "{name: vllm, image: vllm/vllm-openai-cpu, resources: {requests: {cpu: 8}}}",
      [],
    ],
    [
      "GPUs of a number that is filled in later",
      `[${cpuMetric}]`,
      '{name: vllm, resources: {limits: {nvidia.com/gpu: "${N}"}}}',
      [],
    ],
    [
      "a resource that nobody serves is told as that",
      "[{type: Resource, resource: {name: nvidia.com/gpu, target: {type: Utilization, averageUtilization: 70}}}]",
      gpu,
      [],
    ],
  ];
  for (const [title, metrics, container, expected] of table)
    test(title, () => {
      assert.deepEqual(said(rule, { "hpa.yaml": hpaOf({ metrics }), "web.yaml": deployment(container) }), expected);
    });

  test("a target that is in none of the files", () => {
    assert.deepEqual(said(rule, { "hpa.yaml": hpaOf({}) }), []);
  });

  test("autoscaling/v1 knows nothing else than cpu", () => {
    const text = `${hpaOf({ apiVersion: "autoscaling/v1", metrics: undefined })}  targetCPUUtilizationPercentage: 70\n`;
    assert.deepEqual(said(rule, { "hpa.yaml": text, "web.yaml": deployment(gpu) }), [
      only("targetCPUUtilizationPercentage", "cpu", cpu),
    ]);
  });

  test("where WVA speaks for the target, its rules do", () => {
    const variant = `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, modelID: a/b}
`;
    assert.deepEqual(said(rule, { "hpa.yaml": hpaOf({}), "web.yaml": deployment(gpu), "va.yaml": variant }), []);
  });

  test("a ScaledObject on cpu triggers alone", () => {
    const scaledObject = (triggers: string) => ({
      "so.yaml": `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web}
spec: {scaleTargetRef: {name: web}, minReplicaCount: 1, maxReplicaCount: 4, triggers: [${triggers}]}
`,
      "web.yaml": deployment(gpu),
    });
    const trigger = '{type: cpu, metricType: Utilization, metadata: {value: "70"}}';
    assert.deepEqual(said(rule, scaledObject(trigger)), [only("cpu", "cpu", cpu, 'ScaledObject "web"')]);
    const kafka =
      '{type: kafka, metadata: {bootstrapServers: "k:9092", consumerGroup: g, topic: t, lagThreshold: "5"}}';
    assert.deepEqual(said(rule, scaledObject(`${trigger}, ${kafka}`)), []);
  });
});

describe("utilization of what a container does not request", () => {
  const rule = "hpa/missing-request";
  const missing = (container: string, resource = "cpu") =>
    `warning at ${resource}: ${web} measures ${resource} utilization, but container "${container}" of Deployment "web" requests no ${resource}: the metric fails for every pod. Add the request, or measure one container.`;
  const able = "{name: web, resources: {requests: {cpu: 1}}}";
  const ofContainer = (name: string) =>
    `{type: ContainerResource, containerResource: {name: cpu, container: ${name}, target: {type: Utilization, averageUtilization: 70}}}`;
  const table: [title: string, metric: string, containers: string, pod: string, expected: string[]][] = [
    ["no container has one", cpuMetric, "{name: web}", "", [missing("web")]],
    ["a sidecar has none", cpuMetric, `${able}, {name: proxy}`, "", [missing("proxy")]],
    [
      "a request of another resource",
      cpuMetric,
      "{name: web, resources: {requests: {memory: 1Gi}}}",
      "",
      [missing("web")],
    ],
    [
      "an init container that goes on running",
      cpuMetric,
      able,
      "initContainers: [{name: mesh, restartPolicy: Always}], ",
      [missing("mesh")],
    ],
    ["an init container that ends", cpuMetric, able, "initContainers: [{name: pull}], ", []],
    ["a limit is a request too", cpuMetric, "{name: web, resources: {limits: {cpu: 1}}}", "", []],
    ["a request that is filled in later", cpuMetric, '{name: web, resources: {requests: {cpu: "${CPU}"}}}', "", []],
    ["resources that are filled in later", cpuMetric, '{name: web, resources: "${RESOURCES}"}', "", []],
    ["resources of the whole pod", cpuMetric, "{name: web}", "resources: {requests: {cpu: 1}}, ", []],
    ["an average value needs none", memoryMetric, "{name: web}", "", []],
    ["one container that has one", ofContainer("web"), `${able}, {name: proxy}`, "", []],
    ["one container that has none", ofContainer("proxy"), `${able}, {name: proxy}`, "", [missing("proxy")]],
  ];
  for (const [title, metric, containers, pod, expected] of table)
    test(title, () => {
      const files = { "hpa.yaml": hpaOf({ metrics: `[${metric}]` }), "web.yaml": deployment(containers, pod) };
      assert.deepEqual(said(rule, files), expected);
    });

  test("a LimitRange of the namespace may fill it in", () => {
    const range = (namespace: string) =>
      `apiVersion: v1\nkind: LimitRange\nmetadata: {name: defaults, namespace: ${namespace}}\n`;
    const files = (namespace: string) => ({
      "hpa.yaml": hpaOf({ namespace: "a" }),
      "web.yaml": deployment("{name: web}"),
      "range.yaml": range(namespace),
    });
    assert.deepEqual(said(rule, files("a")), []);
    assert.deepEqual(said(rule, files("b")), [missing("web")]);
  });

  test("the fix measures the one container that has a request", () => {
    const files = { "hpa.yaml": hpaOf({}), "web.yaml": deployment(`${able}, {name: proxy}`) };
    assert.match(
      mended(rule, files)["hpa.yaml"] ?? "",
      /\{type: ContainerResource, containerResource: \{name: cpu, target: \{.*\}, container: web\}\}/,
    );
    assert.throws(() => mended(rule, { ...files, "web.yaml": deployment("{name: web}") }), /no fix/);
  });
});

describe("versions of the API", () => {
  const rule = "hpa/old-api-version";
  const gone = (version: string, removed: number, rest = "") =>
    `error at autoscaling/${version}: ${web}: Kubernetes removed autoscaling/${version} in 1.${removed}, so that nothing is created. Write autoscaling/v2${rest}.`;
  const unknown = (fields: string, rest = "") =>
    `error at autoscaling/v1: ${web}: autoscaling/v1 has no ${fields}: kubectl refuses it, and what drops unknown fields leaves an HPA on CPU. Write autoscaling/v2${rest}.`;
  const oldShape = "[{type: Resource, resource: {name: cpu, targetAverageUtilization: 70}}]";
  const table: [title: string, text: string, kubernetes: string | undefined, expected: string[]][] = [
    ["v2", hpaOf({}), undefined, []],
    ["v2beta2", hpaOf({ apiVersion: "autoscaling/v2beta2" }), undefined, [gone("v2beta2", 26)]],
    ["v2beta2 where it was still served", hpaOf({ apiVersion: "autoscaling/v2beta2" }), "1.25", []],
    ["v2beta2 where it was gone", hpaOf({ apiVersion: "autoscaling/v2beta2" }), "1.26", [gone("v2beta2", 26)]],
    [
      "v2beta1 with its own fields",
      hpaOf({ apiVersion: "autoscaling/v2beta1", metrics: oldShape }),
      undefined,
      [gone("v2beta1", 25, ", and its fields with it")],
    ],
    [
      "v1",
      `${hpaOf({ apiVersion: "autoscaling/v1", metrics: undefined })}  targetCPUUtilizationPercentage: 70\n`,
      undefined,
      [],
    ],
    ["v1 with metrics", hpaOf({ apiVersion: "autoscaling/v1" }), undefined, [unknown("metrics")]],
    [
      "v1 with metrics, behavior and its own field",
      `${hpaOf({ apiVersion: "autoscaling/v1", behavior: "{}" })}  targetCPUUtilizationPercentage: 70\n`,
      undefined,
      [unknown("metrics and no behavior", ", and its fields with it")],
    ],
    ["a version that is filled in later", hpaOf({ apiVersion: "autoscaling/${VERSION}" }), undefined, []],
  ];
  for (const [title, text, kubernetes, expected] of table)
    test(title, () => {
      assert.deepEqual(
        said(rule, { ...(kubernetes !== undefined && running(kubernetes)), "hpa.yaml": text }),
        expected,
      );
    });

  test("the fix is offered where the fields are the same", () => {
    const text = mended(rule, { "hpa.yaml": hpaOf({ apiVersion: "autoscaling/v2beta2" }) })["hpa.yaml"];
    assert.equal(text, hpaOf({}));
    const old = hpaOf({ apiVersion: "autoscaling/v2beta1", metrics: oldShape });
    assert.throws(() => mended(rule, { "hpa.yaml": old }), /no fix/);
  });
});
