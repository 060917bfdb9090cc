import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { meantKey } from "../../../server/schemas/meant.ts";
import { mended, message, said, schemaFindings } from "./support.ts";

const service = (spec: string) => ({
  "a.yaml": `apiVersion: v1\nkind: Service\nmetadata: {name: llama}\nspec: {${spec}}\n`,
});
const scaledObject = (trigger: string, config = "") => ({
  "a.yaml": `apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: llama}\nspec: {scaleTargetRef: {name: llama}, triggers: [{${trigger}}]}\n`,
  ...(config !== "" && { "headroom.config.yaml": `versions: {${config}}\n` }),
});

describe("an unknown key", () => {
  test("names who drops it", () => {
    assert.equal(
      message(service("ports: [{port: 80, protocall: TCP}]")),
      'Service "llama": spec.ports[0] has no field "protocall". Did you mean "protocol"? The API server drops it, and kubectl refuses the file while it validates.',
    );
    assert.equal(
      message(scaledObject('type: nats-jetstream, metadata: {stream: a, consumer: b, lagTreshold: "5"}')),
      `ScaledObject "llama": KEDA's nats-jetstream scaler does not know "lagTreshold" in spec.triggers[0].metadata and ignores it. Did you mean "lagThreshold"?`,
    );
  });

  test("is renamed for you, unless the right one is there already", () => {
    const { title, safe, files } = mended(service("ports: [{port: 80}], selectr: {a: b}"));
    assert.deepEqual([title, safe], ["Rename to selector", false]);
    assert.match(files["a.yaml"] ?? "", /ports: \[\{port: 80\}\], selector: \{a: b\}/);
    assert.deepEqual(schemaFindings(service("selector: {}, selectr: {a: b}"))[0]?.fixes, []);
  });

  test("may begin like the one that was meant", () => {
    const known = ["minReplicaCount", "maxReplicaCount", "cooldownPeriod", "initialCooldownPeriod", "fallback"];
    assert.equal(meantKey("maxReplicas", known), "maxReplicaCount");
    assert.equal(meantKey("cooldown", known), "cooldownPeriod");
    assert.equal(meantKey("replicas", known), undefined);
    assert.equal(meantKey("terminationMessage", ["terminationMessagePath", "terminationMessagePolicy"]), undefined);
  });

  test("is looked for in the metadata of every scaler of KEDA, but of those that pass all on", () => {
    assert.deepEqual(said(scaledObject("type: solr, metadata: {nonsense: x}")), ["unknown-key nonsense"]);
    assert.deepEqual(said(scaledObject("type: external-push, metadata: {scalerAddress: a, nonsense: x}")), []);
    assert.deepEqual(said(scaledObject('type: rabbitmq, metadata: {queueName: a, hostFromEnv: H, value: "1"}')), []);
  });
});

describe("a wrong type", () => {
  test("is put right for you where the letters stay the same", () => {
    const quoted = mended(service("ports: [{port: 80}], selector: {a: 1}"));
    assert.deepEqual([quoted.title, quoted.safe], ["Put it in quotes", true]);
    assert.match(quoted.files["a.yaml"] ?? "", /selector: \{a: "1"\}/);
    const bare = mended(service('ports: [{port: "80"}]'));
    assert.deepEqual([bare.title, bare.safe], ["Take the quotes off", true]);
    assert.match(bare.files["a.yaml"] ?? "", /port: 80\}/);
    assert.equal(mended(service("selector: {a: 0x10}")).safe, false);
    assert.deepEqual(schemaFindings(service('ports: [{port: "http"}]'))[0]?.fixes, []);
    assert.deepEqual(schemaFindings(service("selector: [a]"))[0]?.fixes, []);
  });

  test("says what stands there and what is read", () => {
    assert.equal(
      message(service("ports: [{port: 80}], selector: {a: true}")),
      'Service "llama": spec.selector.a takes a text, and true without quotes is a boolean. Write "true".',
    );
    assert.equal(message(service("ports: {port: 80}")), 'Service "llama": spec.ports takes a list, not a mapping.');
  });
});

describe("a value", () => {
  const table: [what: string, spec: string, message: string][] = [
    [
      "a word",
      "type: clusterIP",
      'spec.type cannot be "clusterIP"; it may be ClusterIP, ExternalName, LoadBalancer or NodePort. Did you mean "ClusterIP"?',
    ],
    ["a bound", "ports: [{port: 0}]", "spec.ports[0].port must be at least 1, not 0."],
    ["the other bound", "ports: [{port: 70000}]", "spec.ports[0].port must be at most 65535, not 70000."],
  ];
  for (const [what, spec, expected] of table)
    test(what, () => assert.equal(message(service(spec)), `Service "llama": ${expected}`));

  test("a form", () => {
    const text = "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: a}\nspec: {hard: {requests.memory: 64 GB}}\n";
    assert.equal(
      message({ "a.yaml": text }),
      'ResourceQuota "a": spec.hard.requests.memory must be a quantity such as 64Gi, 500m or 8, not "64 GB".',
    );
  });

  test("a list that must not be empty", () => {
    assert.equal(
      message({ "a.yaml": scaledObject("x")["a.yaml"].replace("[{x}]", "[]") }),
      'ScaledObject "llama": spec.triggers must not be empty.',
    );
  });
});

describe("versions", () => {
  const cpu = 'type: cpu, metricType: Utilization, metadata: {type: Utilization, value: "60"}';

  test("a key that is gone is deprecated while nobody knows what runs", () => {
    assert.deepEqual(said(scaledObject(cpu)), ["deprecated-key type"]);
    assert.deepEqual(said(scaledObject(cpu, 'keda: "2.17.3"')), ["deprecated-key type"]);
  });

  test("and an error where it is known to be gone", () => {
    const files = scaledObject(cpu, 'keda: "2.18"');
    assert.deepEqual(said(files), ["other-version type"]);
    assert.equal(
      message(files),
      'ScaledObject "llama": KEDA 2.18 no longer knows "type" in spec.triggers[0].metadata; it existed up to 2.17.',
    );
  });

  test("a key that is not there yet", () => {
    const fallback = (version: string, behavior: string) =>
      said({
        "headroom.config.yaml": `versions: {keda: ${version}}\n`,
        "a.yaml": scaledObject("type: cpu, metricType: Utilization, metadata: {value: '60'}")["a.yaml"].replace(
          "triggers",
          `fallback: {failureThreshold: 1, replicas: 1, behavior: ${behavior}}, triggers`,
        ),
      });
    assert.deepEqual(fallback("2.16", "static"), ["other-version behavior"]);
    assert.deepEqual(fallback("2.17", "static"), []);
    assert.deepEqual(fallback("2.19", "scalingModifiers"), ["other-version scalingModifiers"]);
    assert.deepEqual(fallback("2.20.2", "scalingModifiers"), []);
    assert.deepEqual(fallback("v2.20", "scalingModifier"), ["wrong-value scalingModifier"]);
  });
});

describe("a type of plugin that is going away", () => {
  const config = (type: string) => ({
    "epp.yaml": `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - {type: ${type}}
  - {type: disagg-profile-handler, parameters: {deciders: {prefill: always-disagg-pd-decider}}}
  - {type: always-disagg-pd-decider}
  - {type: prefill-filter}
  - {type: decode-filter}
schedulingProfiles:
  - {name: prefill, plugins: [{pluginRef: prefill-filter}]}
  - {name: decode, plugins: [{pluginRef: decode-filter}]}
`,
  });

  test("is named, and deleted where another does its work", () => {
    assert.equal(
      message(config("disagg-headers-handler")),
      'EndpointPickerConfig: plugins[0].type "disagg-headers-handler" is deprecated since router 0.9, removal planned for 0.11: disagg-profile-handler writes the headers itself, so delete this beside it.',
    );
  });
});
