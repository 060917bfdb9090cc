import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import {
  admitHpa,
  fieldErrorText,
  type ServerFeatures,
  serverFeatures,
  validateSpec,
  validationOptions,
} from "../../../server/engine/hpa/public.ts";

const newest = serverFeatures(37);
const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "chat" };
const target = { type: "AverageValue", averageValue: "300m" };
const external = { type: "External", external: { metric: { name: "queue" }, target } };
const resource = (fields: object) => ({ type: "Resource", resource: { name: "cpu", target: fields } });
const spec = (fields: object) => ({ scaleTargetRef, maxReplicas: 5, metrics: [external], ...fields });

function faults(value: unknown, features: ServerFeatures = newest, old?: unknown): string[] {
  return validateSpec(value, validationOptions(value, old, features)).map(fieldErrorText);
}

/** TestValidateHorizontalPodAutoscaler, TestValidateBehavior and kin (pkg/apis/autoscaling/validation). */
const refused: readonly (readonly [object, readonly string[]])[] = [
  [spec({ minReplicas: -1 }), ["spec.minReplicas: Invalid value: -1: must be greater than or equal to 0"]],
  [spec({ maxReplicas: undefined }), ["spec.maxReplicas: Invalid value: 0: must be greater than 0"]],
  [spec({ minReplicas: 7 }), ["spec.maxReplicas: Invalid value: 5: must be greater than or equal to `minReplicas`"]],
  [
    spec({ minReplicas: 0, metrics: [resource({ type: "Utilization", averageUtilization: 70 })] }),
    [
      "spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas",
    ],
  ],
  [
    spec({ scaleTargetRef: {} }),
    [
      "spec.scaleTargetRef.kind: Required value",
      "spec.scaleTargetRef.name: Required value",
      'spec.scaleTargetRef.apiVersion: Invalid value: "": apiVersion must specify API group',
    ],
  ],
  [
    spec({ scaleTargetRef: { apiVersion: "a/b/c", kind: "..", name: "chat/%" } }),
    [
      "spec.scaleTargetRef.kind: Invalid value: \"..\": may not be '..'",
      "spec.scaleTargetRef.name: Invalid value: \"chat/%\": may not contain '/'",
      "spec.scaleTargetRef.name: Invalid value: \"chat/%\": may not contain '%'",
      'spec.scaleTargetRef.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c',
    ],
  ],
  [
    spec({ scaleTargetRef: { ...scaleTargetRef, apiVersion: "v1" } }),
    ['spec.scaleTargetRef.apiVersion: Invalid value: "v1": apiVersion must specify API group'],
  ],
  [
    spec({ metrics: [{}] }),
    [
      "spec.metrics[0].type: Required value: must specify a metric source type",
      ...Array(2).fill(
        'spec.metrics[0].type: Unsupported value: "": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"',
      ),
    ],
  ],
  [
    spec({ metrics: [external, { type: "Pods", external: external.external }] }),
    ["spec.metrics[1].pods: Required value: must populate information for the given metric source"],
  ],
  [
    spec({ metrics: [{ ...external, pods: {}, resource: {} }] }),
    [
      "spec.metrics[0].pods: Forbidden: must populate the given metric source only",
      "spec.metrics[0].resource: Forbidden: must populate the given metric source only",
    ],
  ],
  [
    spec({
      metrics: [{ type: "External", external: { metric: { name: "a/b" }, target: { type: "Guess", value: "0" } } }],
    }),
    [
      "spec.metrics[0].external.metric.name: Invalid value: \"a/b\": may not contain '/'",
      'spec.metrics[0].external.target.type: Invalid value: "Guess": must be either Utilization, Value, or AverageValue',
      'spec.metrics[0].external.target.value: Invalid value: "0": must be positive',
    ],
  ],
  [
    spec({ metrics: [{ type: "External", external: { metric: {}, target: {} } }] }),
    [
      "spec.metrics[0].external.metric.name: Required value: must specify a metric name",
      "spec.metrics[0].external.target.type: Required value: must specify a metric target type",
      'spec.metrics[0].external.target.type: Invalid value: "": must be either Utilization, Value, or AverageValue',
      "spec.metrics[0].external.target.averageValue: Required value: must set either a target value for metric or a per-pod target",
    ],
  ],
  [
    spec({ metrics: [{ type: "External", external: { metric: { name: "q" }, target: { ...target, value: "1" } } }] }),
    [
      "spec.metrics[0].external.target.value: Forbidden: may not set both a target value for metric and a per-pod target",
    ],
  ],
  [
    spec({
      metrics: [{ type: "External", external: { metric: { name: "q" }, target: { ...target, averageValue: "-1m" } } }],
    }),
    ['spec.metrics[0].external.target.averageValue: Invalid value: "-1m": must be positive'],
  ],
  [
    spec({
      metrics: [{ type: "External", external: { metric: { name: "q" }, target: { ...target, averageValue: "ten" } } }],
    }),
    [
      "spec.metrics[0].external.target.averageValue: Invalid value: \"ten\": quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
  ],
  [
    spec({ metrics: [{ type: "Pods", pods: { metric: { name: "q" }, target: { type: "Value", value: "1" } } }] }),
    ["spec.metrics[0].pods.target.averageValue: Required value: must specify a positive target averageValue"],
  ],
  [
    spec({
      metrics: [{ type: "Object", object: { metric: { name: "q" }, describedObject: {}, target: { type: "Value" } } }],
    }),
    [
      "spec.metrics[0].object.describedObject.kind: Required value",
      "spec.metrics[0].object.describedObject.name: Required value",
      "spec.metrics[0].object.target.averageValue: Required value: must set either a target value or averageValue",
    ],
  ],
  [
    spec({ metrics: [resource({ type: "Utilization", averageUtilization: 0 })] }),
    ["spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0"],
  ],
  [
    spec({ metrics: [resource({ type: "Utilization", value: "1" })] }),
    [
      "spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization",
    ],
  ],
  [
    spec({ metrics: [resource({ type: "Utilization", averageUtilization: 70, averageValue: "1" })] }),
    [
      "spec.metrics[0].resource.target.averageValue: Forbidden: may not set both a target raw value and a target utilization",
    ],
  ],
  [
    spec({ metrics: [{ type: "Resource", resource: { target } }] }),
    ["spec.metrics[0].resource.name: Required value: must specify a resource name"],
  ],
  [
    spec({ metrics: [{ type: "ContainerResource", containerResource: { target } }] }),
    [
      "spec.metrics[0].containerResource.name: Required value: must specify a resource name",
      "spec.metrics[0].containerResource.container: Required value: must specify a container",
    ],
  ],
  [
    spec({ metrics: [{ type: "ContainerResource", containerResource: { name: "gpu", container: "c", target } }] }),
    [
      'spec.metrics[0].containerResource.name: Invalid value: "gpu": must be a standard resource type or fully qualified',
      'spec.metrics[0].containerResource.name: Invalid value: "gpu": must be a standard resource for containers',
    ],
  ],
  [
    spec({ metrics: [{ type: "ContainerResource", containerResource: { name: "pods", container: "c", target } }] }),
    ['spec.metrics[0].containerResource.name: Invalid value: "pods": must be a standard resource for containers'],
  ],
  [
    spec({
      metrics: [
        { type: "ContainerResource", containerResource: { name: "requests.nvidia.com/gpu", container: "c", target } },
      ],
    }),
    [
      'spec.metrics[0].containerResource.name: Invalid value: "requests.nvidia.com/gpu": doesn\'t follow extended resource name standard',
    ],
  ],
  [
    spec({ behavior: { scaleUp: {} } }),
    ["spec.behavior.scaleUp.policies: Required value: must specify at least one Policy"],
  ],
  [
    spec({
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 3601, policies: [{ type: "hm" }] },
        scaleDown: {
          stabilizationWindowSeconds: -1,
          selectPolicy: "Some",
          tolerance: "-0.1",
          policies: [{ type: "Pods", value: 1, periodSeconds: 1801 }],
        },
      },
    }),
    [
      "spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: 3601: must be less than or equal to 3600",
      'spec.behavior.scaleUp.policies[0].type: Unsupported value: "hm": supported values: "Percent", "Pods"',
      "spec.behavior.scaleUp.policies[0].value: Invalid value: 0: must be greater than zero",
      "spec.behavior.scaleUp.policies[0].periodSeconds: Invalid value: 0: must be greater than zero",
      "spec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: -1: must be greater than or equal to zero",
      'spec.behavior.scaleDown.selectPolicy: Unsupported value: "Some": supported values: "Disabled", "Max", "Min"',
      "spec.behavior.scaleDown.policies[0].periodSeconds: Invalid value: 1801: must be less than or equal to 1800",
      'spec.behavior.scaleDown.tolerance: Invalid value: "-0.1": must be greater than or equal to 0',
    ],
  ],
];

for (const [value, expected] of refused) {
  test(`the API server refuses: ${expected[0]}`, () => {
    assert.deepEqual(faults(value), expected);
  });
}

const stored: readonly (readonly [string, object])[] = [
  [
    "a metric name with a colon",
    spec({ metrics: [{ type: "External", external: { metric: { name: "vllm:waiting" }, target } }] }),
  ],
  ["a GPU as resource", spec({ metrics: [{ type: "Resource", resource: { name: "nvidia.com/gpu", target } }] })],
  [
    "a GPU as container resource",
    spec({
      metrics: [
        { type: "ContainerResource", containerResource: { name: "nvidia.com/gpu", container: "vllm", target } },
      ],
    }),
  ],
  [
    "a type that is not the field's",
    spec({
      metrics: [
        { type: "External", external: { metric: { name: "q" }, target: { type: "Value", averageValue: "1" } } },
      ],
    }),
  ],
  [
    "both values of an Object",
    spec({
      metrics: [
        {
          type: "Object",
          object: {
            metric: { name: "q" },
            describedObject: { kind: "Service", name: "s" },
            target: { type: "Value", value: "1", averageValue: 1 },
          },
        },
      ],
    }),
  ],
  [
    "percent above 100",
    spec({ behavior: { scaleUp: { policies: [{ type: "Percent", value: 900, periodSeconds: 1800 }] } } }),
  ],
  [
    "a ReplicationController without apiVersion",
    spec({ scaleTargetRef: { kind: "ReplicationController", name: "rc" } }),
  ],
  [
    "a quantity that is less than a thousandth",
    spec({
      metrics: [{ type: "External", external: { metric: { name: "q" }, target: { type: "Value", value: "1n" } } }],
    }),
  ],
];

for (const [title, value] of stored) {
  test(`the API server stores ${title}`, () => {
    assert.deepEqual(faults(value), []);
  });
}

test("minReplicas 0 needs 1.37, the gate, or an object that had it", () => {
  const zero = spec({ minReplicas: 0 });
  const refusal = ["spec.minReplicas: Invalid value: 0: must be greater than or equal to 1"];
  assert.deepEqual(faults(zero, serverFeatures(36)), refusal);
  assert.deepEqual(faults(zero, newest), []);
  assert.deepEqual(faults(zero, serverFeatures(36), zero), []);
  assert.deepEqual(faults(zero, serverFeatures(36), spec({ minReplicas: 1 })), refusal);
});

test("an apiVersion is looked at from 1.34, and not when an update leaves it as it was", () => {
  const bare = spec({ scaleTargetRef: { kind: "Deployment", name: "chat" } });
  assert.equal(faults(bare, serverFeatures(34)).length, 1);
  assert.deepEqual(faults(bare, serverFeatures(33)), []);
  assert.deepEqual(faults(bare, newest, bare), []);
  const other = spec({ scaleTargetRef: { kind: "StatefulSet", name: "chat" } });
  assert.equal(faults(bare, newest, other).length, 1);
});

test("an update that leaves the target as it was needs no other allowance", () => {
  const core = spec({ scaleTargetRef: { kind: "ReplicationController", name: "rc" } });
  const allowed = { allowInvalidApiVersion: false, allowEmptyApiGroup: true };
  assert.deepEqual(validationOptions(core, undefined, newest), {
    minReplicasLowerBound: 0,
    scaleTargetRef: allowed,
    objectMetrics: allowed,
  });
  assert.deepEqual(validationOptions(core, core, newest).scaleTargetRef, {
    allowInvalidApiVersion: true,
    allowEmptyApiGroup: false,
  });
});

/** strategy.go, TestValidationOptionsForHorizontalPodAutoscaler */
test("an invalid described object that was there before stays allowed", () => {
  const described = (apiVersion: string) =>
    spec({
      metrics: [
        {
          type: "Object",
          object: { metric: { name: "q" }, describedObject: { apiVersion, kind: "Service", name: "s" }, target },
        },
      ],
    });
  assert.equal(faults(described("a/b/c")).length, 1);
  assert.equal(faults(described("a/b/c"), newest, described("v1")).length, 1);
  assert.deepEqual(faults(described("a/b/c"), newest, described("d/e/f")), []);
  assert.deepEqual(faults(described("v1")), []);
});

test("defaults come before the rules: only a list of policies that is written and empty is refused", () => {
  const words = (value: unknown, features = newest) => admitHpa(value, features).map(fieldErrorText);
  assert.deepEqual(words(spec({ behavior: {} })), []);
  assert.deepEqual(words(spec({ behavior: { scaleUp: { policies: null, stabilizationWindowSeconds: null } } })), []);
  assert.deepEqual(words(spec({ behavior: { scaleUp: { policies: [] } } })), [
    "spec.behavior.scaleUp.policies: Required value: must specify at least one Policy",
  ]);
  assert.deepEqual(words({ scaleTargetRef, maxReplicas: 5 }), []);
  assert.deepEqual(words({ scaleTargetRef, minReplicas: 0, maxReplicas: 5, metrics: [] }), [
    "spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas",
  ]);
});

test("a tolerance is dropped before it is looked at where the gate is off, unless it was used before", () => {
  const slack = spec({ behavior: { scaleUp: { tolerance: "-1" } } });
  assert.deepEqual(admitHpa(slack, serverFeatures(34)), []);
  assert.equal(admitHpa(slack, serverFeatures(35)).length, 1);
  assert.equal(admitHpa(slack, serverFeatures(34), slack).length, 1);
});

test("a fault carries its place as keys", () => {
  const [fault] = admitHpa(spec({ metrics: [external, {}] }), newest);
  assert.deepEqual(fault?.keys, ["spec", "metrics", 1, "type"]);
  assert.equal(fault?.type, "Required value");
  assert.equal(fault?.detail, "must specify a metric source type");
});

test("any value is judged without a throw, keys of the prototype included", () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom("spec", "metrics", "behavior", "scaleTargetRef", "__proto__"),
      (value, key) => {
        const hostile = JSON.parse(JSON.stringify({ [key]: value }));
        assert.ok(admitHpa(hostile, newest).length > 0);
      },
    ),
  );
  const inherited = JSON.parse('{"__proto__": {"maxReplicas": 5, "minReplicas": 9}}');
  assert.equal(faults(inherited)[0], "spec.maxReplicas: Invalid value: 0: must be greater than 0");
});
