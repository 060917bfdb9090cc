import { describe, it } from "node:test";
import { Fuzzed } from "./promises.ts";

/** What the fuzzer found once, made small. */
const found: readonly (readonly [what: string, text: string])[] = [
  [
    "credentials of somebody else's kind with KEDA's name",
    `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: a}
spec:
  scaleTargetRef: {name: a}
  triggers:
    - type: prometheus
      metadata: {serverAddress: "http://p:9090", query: up, threshold: "1", authModes: tls}
      authenticationRef: {name: p}
---
apiVersion: example.com/v1
kind: TriggerAuthentication
metadata: {name: p}
`,
  ],
  [
    "a key beside a tagged one",
    `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: a}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
  maxReplicas: 3
  metrics:
    - type: External
      external:
        metric:
          name: a
        target:
          !!str kind: b
          averageValue: "256"
`,
  ],
  [
    "items that must differ, and are objects",
    `apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: a}
spec:
  selector: {matchLabels: {a: b}}
  targetPorts: [{number: 8000}, {number: 8000}, {name: x}]
  endpointPickerRef: {name: e, port: {number: 9002}}
`,
  ],
];

describe("what was changed at random, and led to a mistake of ours,", () => {
  for (const [what, text] of found) it(`stays mended: ${what}`, () => new Fuzzed().keepsPromises(text));
});
