import type { Environment } from "../../config/environment.ts";
import { longestWindow, scaleDownWindow, scaleUpFloor, scaleUpWindow, usualWindows } from "../../engine/windows.ts";
import { type PodStartup, podStartup, startupWords } from "../../graph/pod-startup.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { scalesModelServers } from "../../graph/serving.ts";
import { defaultWindow } from "../../kinds/hpa/behavior.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { isMisspelt } from "../../text/misspelt.ts";
import { countsPods } from "../keda/counts-pods.ts";
import { defineRule } from "../rule.ts";
import { placeOfWindow, setWindows } from "./set-windows.ts";

const key = "stabilizationWindowSeconds";

const example = (window: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama
  annotations:
    headroom.dev/pod-startup: 150s
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama
  maxReplicas: 8
  metrics:
    - type: External
      external:
        metric:
          name: wva_desired_replicas
          selector:
            matchLabels:
              variant_name: llama
        target:
          type: AverageValue
          averageValue: "1"
  behavior:
    scaleUp:
      stabilizationWindowSeconds: ${window}
    scaleDown:
      stabilizationWindowSeconds: 600
      policies:
        - type: Pods
          value: 1
          periodSeconds: 150
`;

export const scaleUpWindowRule = defineRule({
  id: "hpa/scale-up-window",
  title: "Scale-up window shorter than two pod starts",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["T-01", "T-03", "T-04", "S1"],
  docs: {
    summary:
      "The scale-up stabilization window must be at least twice the time a pod takes to start, and at least 180 s in production. Outside production it is information.",
    why: "A model server takes minutes from creation to its first answer. Until then its queue keeps growing, and an autoscaler with a short window orders more pods for the same backlog: a cascade of pending pods, each with a GPU.",
    mend: "Set `scaleUp.stabilizationWindowSeconds` to twice the start. Tell Headroom the measured start with the annotation `headroom.dev/pod-startup` on the autoscaler or its target, or with `podStartup` in headroom.config.yaml. Without them the budget of the startup or readiness probe counts, up to 420 s, else 90 s.",
    sources: [
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#stabilization-window",
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler",
    ],
  },
  examples: { bad: example("15 # <-"), good: example("300") },
  messages: {
    short:
      "{object} may scale up again after {window} s, but a pod takes {start} to start: it orders more pods for the same backlog before the first one answers. Set the window to {wanted} s or more.",
    unset:
      "{object} sets no scale-up window, so Kubernetes uses 0 s, but a pod takes {start} to start: it orders more pods for the same backlog before the first one answers. Set scaleUp.stabilizationWindowSeconds to {wanted} or more.",
    elsewhere:
      "{object} may scale up again after {window} s, but a pod takes {start} to start, also in {environment}. {wanted} s would wait for two starts.",
    unusual: "{object} may scale up again after {window} s; {environment} usually has {from} to {to} s.",
  },
  reads: [hpa, scaledObject],
  check({ object, graph, settings, report }) {
    if (object.view.target === undefined || !scalesModelServers(graph, object)) return;
    if (countsPods(object)) return;
    const { behavior } = object.view;
    if (behavior?.scaleUp.unread || behavior?.scaleUp.selectPolicy?.value === "Disabled") return;
    const start = podStartup(object, workloadOf(graph, object, object.view.target), settings);
    const environment = settings.environment(object.path);
    const written = behavior?.scaleUp.stabilizationWindow;
    if (written === undefined && isMisspelt(object.root, [...object.view.behaviorPath, "scaleUp", key])) return;
    const window = written?.value ?? defaultWindow.scaleUp;
    if (window >= scaleUpFloor(environment, start.seconds, start.source !== "default")) return;

    const production = environment === "production";
    const up = production ? scaleUpWindow(start.seconds) : milderWindow(environment, start);
    const down = behavior?.scaleDown.stabilizationWindow?.value ?? defaultWindow.scaleDown;
    const keepsDown = down > up || behavior?.scaleDown.unread === true;
    const [from, to] = usualWindows[environment].up;
    const outside = start.source === "default" ? "unusual" : "elsewhere";
    report({
      at: placeOfWindow(object, "scaleUp"),
      message: !production ? outside : written === undefined ? "unset" : "short",
      slots: { object: object.title, window, start: startupWords(start), wanted: up, environment, from, to },
      severity: production ? "warning" : "info",
      ...(written === undefined && {
        unwritten: { root: object.root, path: [...object.view.behaviorPath, "scaleUp", key] },
      }),
      related:
        start.node === undefined
          ? []
          : [{ at: start.node, message: `the pod's start is read from here: ${start.seconds} s` }],
      fixes: setWindows(object, keepsDown ? { up } : { up, down: scaleDownWindow(start.seconds, up) }),
    });
  },
});

/** Outside production: two starts where the start is known, else what is usual there. */
function milderWindow(environment: Environment, start: PodStartup): number {
  const [from, to] = usualWindows[environment].up;
  return start.source === "default" ? to : Math.min(longestWindow, Math.max(from, Math.ceil(2 * start.seconds)));
}
