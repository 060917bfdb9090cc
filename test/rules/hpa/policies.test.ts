import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cut, lint } from "../../support/lint.ts";

type Row = [rule: string, title: string, yaml: string, expected: string[]];

const hpa = (
  behavior: string,
  bounds = "minReplicas: 1, maxReplicas: 8",
  start = "150s",
  metric = "vllm_num_requests_waiting",
) =>
  `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama${start === "" ? "" : `, annotations: {headroom.dev/pod-startup: ${start}}`}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  ${bounds.replaceAll(", ", "\n  ")}
  metrics:
    - {type: External, external: {metric: {name: ${metric}}, target: {type: AverageValue, averageValue: "5"}}}
${behavior === "" ? "" : `  behavior: {${behavior}}\n`}`;

const keda = (behavior: string) => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama, annotations: {headroom.dev/pod-startup: 150s}}
spec:
  scaleTargetRef: {name: llama}
  minReplicaCount: 1
  maxReplicaCount: 8
  advanced: {horizontalPodAutoscalerConfig: {behavior: {${behavior}}}}
  triggers:
    - type: prometheus
      metadata: {serverAddress: "http://p:9090", query: "sum(vllm:num_requests_waiting)", threshold: "5"}
`;
const pods = (value: number, period: number) => `{type: Pods, value: ${value}, periodSeconds: ${period}}`;
const percent = (value: number, period: number) => `{type: Percent, value: ${value}, periodSeconds: ${period}}`;
const up = (policies: string, more = "") => `scaleUp: {${more}policies: [${policies}]}`;
const down = (policies: string, more = "") => `scaleDown: {${more}policies: [${policies}]}`;
const held = "stabilizationWindowSeconds: 150, ";
const web = "http_requests";

function said(rule: string, yaml: string): string[] {
  const files = { "hpa.yaml": yaml };
  return lint(files)
    .filter((finding) => finding.rule === rule)
    .map((finding) => `${finding.severity} ${cut(files, finding)}`);
}

describe("policies of pods that start in 150 s", () => {
  const table: Row[] = [
    ["hpa/scale-up-burst", "10 in 15 s", hpa(up(pods(10, 15))), ["warning policies"]],
    ["hpa/scale-up-burst", "10 in 15 s behind a window of a start", hpa(up(pods(10, 15), held)), ["info policies"]],
    ["hpa/scale-up-burst", "4 in a start", hpa(up(pods(4, 150))), []],
    ["hpa/scale-up-burst", "5 in a start", hpa(up(pods(5, 150))), ["warning policies"]],
    ["hpa/scale-up-burst", "2 in 60 s make 6", hpa(up(pods(2, 60))), ["warning policies"]],
    ["hpa/scale-up-burst", "a doubling from 6", hpa(up(percent(100, 150)), "minReplicas: 6, maxReplicas: 20"), []],
    ["hpa/scale-up-burst", "no more than 5 in all", hpa(up(pods(10, 15)), "minReplicas: 1, maxReplicas: 5"), []],
    ["hpa/scale-up-burst", "Kubernetes' own, of which the window speaks", hpa(""), []],
    ["hpa/scale-up-burst", "of a web service", hpa(up(pods(10, 15)), undefined, undefined, web), []],
    ["hpa/scale-up-burst", "filled in later", hpa(up(`{type: Pods, value: \${N}, periodSeconds: 15}`)), []],
    ["hpa/scale-up-burst", "of KEDA", keda(up(pods(10, 15))), ["warning policies"]],
    ["hpa/scale-down-at-once", "nothing written", hpa(""), ["warning llama"]],
    ["hpa/scale-down-at-once", "policies up alone", hpa(up(pods(1, 150))), ["warning behavior"]],
    [
      "hpa/scale-down-at-once",
      "a window alone",
      hpa("scaleDown: {stabilizationWindowSeconds: 600}"),
      ["warning scaleDown"],
    ],
    ["hpa/scale-down-at-once", "100 %", hpa(down(percent(100, 60))), ["warning policies"]],
    ["hpa/scale-down-at-once", "50 %", hpa(down(percent(50, 60))), []],
    ["hpa/scale-down-at-once", "1 pod", hpa(down(pods(1, 150))), []],
    ["hpa/scale-down-at-once", "as many pods as there may be too many", hpa(down(pods(7, 150))), ["warning policies"]],
    [
      "hpa/scale-down-at-once",
      "the larger of two",
      hpa(down(`${percent(100, 60)}, ${pods(1, 60)}`)),
      ["warning policies"],
    ],
    [
      "hpa/scale-down-at-once",
      "the smaller of two",
      hpa(down(`${percent(100, 60)}, ${pods(1, 60)}`, "selectPolicy: Min, ")),
      [],
    ],
    ["hpa/scale-down-at-once", "off", hpa("scaleDown: {selectPolicy: Disabled}"), []],
    ["hpa/scale-down-at-once", "a maximum of 2", hpa("", "minReplicas: 1, maxReplicas: 2"), []],
    ["hpa/scale-down-at-once", "a maximum of 3", hpa("", "minReplicas: 1, maxReplicas: 3"), ["warning llama"]],
    ["hpa/scale-down-at-once", "one above the minimum", hpa("", "minReplicas: 7, maxReplicas: 8"), []],
    ["hpa/scale-down-at-once", "nobody says how long a start is", hpa("", undefined, ""), []],
    [
      "hpa/scale-down-at-once",
      "nobody says it, but 100 % is written",
      hpa(down(percent(100, 60)), undefined, ""),
      ["info policies"],
    ],
    ["hpa/scale-down-at-once", "of a web service", hpa("", undefined, undefined, web), []],
    ["hpa/scale-down-at-once", "of KEDA", keda(up(pods(1, 150))), ["warning behavior"]],
    ["hpa/scaling-off", "up", hpa("scaleUp: {selectPolicy: Disabled}"), ["warning Disabled"]],
    ["hpa/scaling-off", "down", hpa("scaleDown: {selectPolicy: Disabled}"), ["info Disabled"]],
    ["hpa/scaling-off", "of a web service", hpa("scaleUp: {selectPolicy: Disabled}", undefined, undefined, web), []],
    [
      "hpa/stuck-at-zero",
      "shares alone",
      hpa(up(percent(100, 60)), "minReplicas: 0, maxReplicas: 8"),
      ["error policies"],
    ],
    [
      "hpa/stuck-at-zero",
      "pods beside",
      hpa(up(`${percent(100, 60)}, ${pods(1, 60)}`), "minReplicas: 0, maxReplicas: 8"),
      [],
    ],
    [
      "hpa/stuck-at-zero",
      "the smaller of both",
      hpa(up(`${percent(100, 60)}, ${pods(1, 60)}`, "selectPolicy: Min, "), "minReplicas: 0, maxReplicas: 8"),
      ["error Min"],
    ],
    ["hpa/stuck-at-zero", "from 1", hpa(up(percent(100, 60))), []],
    ["hpa/stuck-at-zero", "Kubernetes' own", hpa("", "minReplicas: 0, maxReplicas: 8"), []],
    [
      "hpa/smallest-policy",
      "50 % of 1, never 4",
      hpa(up(`${percent(50, 60)}, ${pods(4, 60)}`, "selectPolicy: Min, ")),
      ["warning Min"],
    ],
    [
      "hpa/smallest-policy",
      "100 % of 4 are 4",
      hpa(up(`${percent(100, 60)}, ${pods(4, 60)}`, "selectPolicy: Min, "), "minReplicas: 4, maxReplicas: 8"),
      [],
    ],
    ["hpa/smallest-policy", "200 %", hpa(up(`${percent(200, 60)}, ${pods(4, 60)}`, "selectPolicy: Min, ")), []],
    ["hpa/smallest-policy", "the larger", hpa(up(`${percent(50, 60)}, ${pods(4, 60)}`)), []],
    ["hpa/short-period", "14 s", hpa(down(pods(1, 14))), ["warning 14"]],
    ["hpa/short-period", "15 s", hpa(down(pods(1, 15))), []],
    ["hpa/short-period", "0 s, which Kubernetes refuses", hpa(down(pods(1, 0))), []],
    ["hpa/short-period", "of a web service", hpa(down(pods(1, 5)), undefined, undefined, web), []],
  ];
  for (const [rule, title, yaml, expected] of table) {
    test(`${rule}: ${title}`, () => assert.deepEqual(said(rule, yaml), expected));
  }
});

describe("no replicas behind a Service", () => {
  const rule = "hpa/zero-behind-service";
  const serving = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama, tier: gpu}}
    spec: {containers: [{name: vllm, image: "vllm/vllm-openai:v0.11.0"}]}
`;
  const service = (selector: string) =>
    `---\napiVersion: v1\nkind: Service\nmetadata: {name: llama}\nspec: {selector: {${selector}}, ports: [{port: 80}]}\n`;
  const pool =
    "---\napiVersion: inference.networking.k8s.io/v1\nkind: InferencePool\nmetadata: {name: llama}\nspec: {}\n";
  const zero = hpa("", "minReplicas: 0, maxReplicas: 8", "150s", web);
  const table: [title: string, yaml: string, expected: string[]][] = [
    ["that leads to the pods", zero + serving + service("app: llama"), ["warning 0"]],
    ["that leads elsewhere", zero + serving + service("app: llama, tier: web"), []],
    ["with one replica left", hpa("", undefined, "150s", web) + serving + service("app: llama"), []],
    ["beside a pool with a router", zero + serving + service("app: llama") + pool, []],
    [
      "woken by a queue",
      hpa("", "minReplicas: 0, maxReplicas: 8", "150s", "kafka_lag") + serving + service("app: llama"),
      [],
    ],
    ["of a target that is elsewhere", zero + service("app: llama"), []],
  ];
  for (const [title, yaml, expected] of table) {
    test(title, () => assert.deepEqual(said(rule, yaml), expected));
  }
});
