import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";

const scaledObject = (unsafeSsl: string, more = "") => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: llama
spec:
  scaleTargetRef:
    name: llama
  maxReplicaCount: 4
  triggers:
    - type: prometheus
      metadata:
        serverAddress: https://prometheus.monitoring.svc:9090
        query: sum(my_queue_length)
        threshold: "5"
        unsafeSsl: ${unsafeSsl}
${more}`;

const manager = (env: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: wva-controller-manager
spec:
  template:
    spec:
      containers:
        - name: manager
          image: ghcr.io/llm-d/llm-d-workload-variant-autoscaler:v0.5.1
          env:
            - ${env}
`;

const config = (value: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-manager-config
data:
  PROMETHEUS_BASE_URL: https://prometheus.monitoring.svc:9090
  PROMETHEUS_TLS_INSECURE_SKIP_VERIFY: ${value}
`;

const skip = (value: string) => `{name: PROMETHEUS_TLS_INSECURE_SKIP_VERIFY, value: ${value}}`;

const ours = (files: Files) => lint(files).filter(({ rule }) => rule === "security/tls-verification-off");
const found = (files: Files) => ours(files).map((finding) => `${finding.severity} ${cut(files, finding)}`);

describe("verification is off", () => {
  for (const on of ['"true"', "'true'", '"True"', '"1"', "true"]) {
    test(`where the value is ${on}`, () => {
      assert.deepEqual(found({ "keda.yaml": scaledObject(on) }), [`error ${on}`]);
      assert.deepEqual(found({ "wva.yaml": manager(skip(on)) }), [`error ${on}`]);
      assert.deepEqual(found({ "wva.yaml": config(on) }), [`error ${on}`]);
    });
  }
  for (const off of ['"false"', "false", '"0"', '""', '"yes"', '"${SKIP}"', "~"]) {
    test(`but not where the value is ${off}`, () => {
      assert.deepEqual(found({ "keda.yaml": scaledObject(off) }), []);
      assert.deepEqual(found({ "wva.yaml": manager(skip(off)) }), []);
      assert.deepEqual(found({ "wva.yaml": config(off) }), []);
    });
  }

  test("at every trigger", () => {
    const second = `    - type: metrics-api
      metadata:
        url: https://llama/metrics
        unsafeSsl: "true"
`;
    const files = { "keda.yaml": scaledObject('"true"', second) };
    assert.deepEqual(
      ours(files).map(({ message }) => message),
      [
        'ScaledObject "llama" has unsafeSsl "true": KEDA believes any certificate, so whoever answers in place of https://prometheus.monitoring.svc:9090 sets the number of pods. Set it to "false" and register the CA with KEDA (a file below /custom/ca of its operator).',
        'ScaledObject "llama" has unsafeSsl "true": KEDA believes any certificate, so whoever answers in place of the metrics-api server sets the number of pods. Set it to "false" and register the CA with KEDA (a file below /custom/ca of its operator).',
      ],
    );
  });

  test("in any container, and as the last of two variables", () => {
    const init = manager(skip('"true"')).replace("containers:", "initContainers:");
    assert.deepEqual(found({ "wva.yaml": init }), ['error "true"']);
    const twice = manager(`${skip('"true"')}\n            - ${skip('"false"')}`);
    assert.deepEqual(found({ "wva.yaml": twice }), []);
  });

  test("also in a List", () => {
    const item = (yaml: string) => `  - ${yaml.trimEnd().replaceAll("\n", "\n    ")}\n`;
    const items = [config('"true"'), scaledObject('"true"')].map(item).join("");
    assert.deepEqual(found({ "all.yaml": `apiVersion: v1\nkind: List\nitems:\n${items}` }), [
      'error "true"',
      'error "true"',
    ]);
  });

  test("a ConfigMap that only mentions it in another file is left alone", () => {
    const script = config('"false"').replace(
      / {2}PROMETHEUS_TLS.*\n/,
      "  run.sh: |\n    export PROMETHEUS_TLS_INSECURE_SKIP_VERIFY=true\n",
    );
    assert.deepEqual(found({ "wva.yaml": script }), []);
  });
});

describe("how bad it is depends on where it runs", () => {
  const cases: [path: string, severity: string][] = [
    ["keda.yaml", "error"],
    ["overlays/prod/keda.yaml", "error"],
    ["overlays/staging/keda.yaml", "warning"],
    ["overlays/dev/keda.yaml", "info"],
    ["test/e2e/keda.yaml", "info"],
  ];
  for (const [path, severity] of cases) {
    test(path, () => assert.deepEqual(found({ [path]: scaledObject('"true"') }), [`${severity} "true"`]));
  }

  test("and the configuration says where that is", () => {
    const files = {
      "headroom.config.yaml": "environments: {'lab/**': development}\n",
      "lab/keda.yaml": scaledObject('"true"'),
    };
    assert.deepEqual(found(files), ['info "true"']);
  });
});

describe("the fix", () => {
  const fix = (text: string) => {
    const files = { "a.yaml": text };
    const [fix] = ours(files).flatMap(({ fixes }) => fixes);
    assert.equal(fix?.safe, false);
    return applyEdits(files, fix.edits)["a.yaml"];
  };

  test("keeps the quotes, and gives a bare word some: the API takes only strings there", () => {
    assert.equal(fix(scaledObject('"true"')), scaledObject('"false"'));
    assert.equal(fix(scaledObject("'true'")), scaledObject("'false'"));
    assert.equal(fix(scaledObject("true")), scaledObject('"false"'));
    assert.equal(fix(manager(skip('"true"'))), manager(skip('"false"')));
    assert.equal(fix(config('"1"')), config('"false"'));
  });
});
