import { longestWindow, scaleDownWindow } from "../../engine/windows.ts";
import { type PodStartup, podStartup, startupWords } from "../../graph/pod-startup.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { scalesModelServers } from "../../graph/serving.ts";
import { defaultWindow } from "../../kinds/hpa/behavior.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { isMisspelt } from "../../text/misspelt.ts";
import type { Node } from "../../text/node.ts";
import { defineRule } from "../rule.ts";
import { placeOfWindow, setWindows } from "./set-windows.ts";

export const scaleDownWindowRule = defineRule({
  id: "hpa/scale-down-window",
  title: "Scale-down window shorter than the scale-up window or a pod start",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["T-05", "S1"],
  docs: {
    summary:
      "The scale-down stabilization window must be longer than the scale-up window and than the time a pod takes to start; twice the start is better. Outside production it is information.",
    why: "A window is how long the autoscaler looks back before it acts. If it forgets a peak sooner than it orders pods for the next one, or sooner than a pod can load its model, every dip in load throws away a loaded model that the next wave has to wait for. The replica count swings, and GPUs are paid for loading. Without a written window Kubernetes uses 300 s down and 0 s up.",
    mend: "Set `scaleDown.stabilizationWindowSeconds` to the largest of 300, twice the pod start, and the scale-up window plus 60.",
    sources: [
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#stabilization-window",
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/autoscaling/v2/defaults.go",
    ],
  },
  examples: {
    bad: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 8
  metrics:
    - type: Pods
      pods:
        metric: {name: vllm_num_requests_waiting}
        target: {type: AverageValue, averageValue: "5"}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 300}
    scaleDown:
      stabilizationWindowSeconds: 120 # <-
`,
    good: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 8
  metrics:
    - type: Pods
      pods:
        metric: {name: vllm_num_requests_waiting}
        target: {type: AverageValue, averageValue: "5"}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 300}
    scaleDown:
      stabilizationWindowSeconds: 360
`,
  },
  messages: {
    shorter:
      "{object} scales down after {window} but up only after {up} s: each dip in load removes a loaded model that the next wave has to wait for. Set the scale-down window to {wanted} s or more.",
    belowStart:
      "{object} scales down after {window}, but a pod takes {start} to start: a dip in load removes a replica sooner than its replacement could load. Set the scale-down window to {wanted} s or more.",
    equal:
      "{object} scales down after {window}, as long as its scale-up window of {up} s: load that swings in this rhythm takes away in one wave what it orders in the next. {wanted} s would outlast the swing.",
    belowTwoStarts:
      "{object} scales down after {window}; two pod starts take longer, one takes {start}. {wanted} s would keep a replica until its replacement could have loaded and answered.",
  },
  reads: [hpa, scaledObject],
  check({ object, graph, settings, report }) {
    const { target, behavior, behaviorPath } = object.view;
    if (target === undefined || !scalesModelServers(graph, object)) return;
    const halves = [behavior?.scaleUp, behavior?.scaleDown];
    // What scales in one direction only takes nothing away that it would order again.
    if (halves.some((half) => half?.unread || half?.selectPolicy?.value === "Disabled")) return;

    const written = behavior?.scaleDown.stabilizationWindow;
    if (written === undefined && isMisspelt(object.root, [...behaviorPath, "scaleDown", "stabilizationWindowSeconds"]))
      return;
    const window = written?.value ?? defaultWindow.scaleDown;
    const upWritten = behavior?.scaleUp.stabilizationWindow;
    const up = upWritten?.value ?? defaultWindow.scaleUp;
    const production = settings.environment(object.path) === "production";
    const start = podStartup(object, workloadOf(graph, object, target), settings);
    const problem = worst(window, up, start, production);
    if (problem === undefined) return;

    const wanted = scaleDownWindow(start.seconds, up);
    const said = written === undefined ? `${window} s (Kubernetes' default, none is written)` : `${window} s`;
    const { message, severity } = problem;
    report({
      at: placeOfWindow(object, "scaleDown"),
      message,
      slots: { object: object.title, window: said, up, start: startupWords(start), wanted },
      severity: production ? severity : "info",
      ...(written === undefined && {
        unwritten: { root: object.root, path: [...behaviorPath, "scaleDown", "stabilizationWindowSeconds"] },
      }),
      related:
        message === "shorter" || message === "equal"
          ? related(upWritten?.node, `the scale-up window is ${up} s`)
          : related(start.node, `the pod's start is read from here: ${start.seconds} s`),
      fixes: setWindows(object, { down: wanted }),
    });
  },
});

function related(at: Node | undefined, message: string) {
  return at === undefined ? [] : [{ at, message }];
}

/** The worst of what is wrong. Beyond the longest window there is nothing left to ask for. */
function worst(window: number, up: number, start: PodStartup, production: boolean) {
  const known = start.source !== "default";
  // Outside production a start that nobody stated asks for nothing: short windows are the habit there.
  const oneStart = production || known ? Math.min(longestWindow, start.seconds) : 0;
  const twoStarts = known ? Math.min(longestWindow, 2 * start.seconds) : 0;
  if (window >= longestWindow) return undefined;
  if (window < up) return { message: "shorter", severity: "warning" } as const;
  if (window < oneStart) return { message: "belowStart", severity: "warning" } as const;
  if (window === up && up > 0) return { message: "equal", severity: "info" } as const;
  return window < twoStarts ? ({ message: "belowTwoStarts", severity: "info" } as const) : undefined;
}
