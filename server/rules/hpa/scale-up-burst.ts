import { podStartup, startupWords } from "../../graph/pod-startup.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { scalesModelServers } from "../../graph/serving.ts";
import { defaultWindow } from "../../kinds/hpa/behavior.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { at, entryOf } from "../../text/read.ts";
import { countsPods } from "../keda/counts-pods.ts";
import { defineRule } from "../rule.ts";
import { calmDown, calmUp, servingHpa } from "./example.ts";
import { boundsOf, grown, unhurried, writtenPolicies } from "./rate.ts";
import { setPolicy } from "./set-policy.ts";

/** What Kubernetes itself allows at once for few replicas (pkg/apis/autoscaling/v2/defaults.go); beyond, a doubling. */
const unremarkable = 4;

export const scaleUpBurst = defineRule({
  id: "hpa/scale-up-burst",
  title: "Many pods ordered before the first one answers",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["T-02"],
  docs: {
    summary:
      "The scale-up policies of model servers allow more than 4 pods, and more than a doubling, within one pod start. A warning where the scale-up window is shorter than a start, else information; policies that are not written are hpa/scale-up-window's matter.",
    why: "Until the first new pod answers, the backlog that called for it grows, and each look orders more for the same work. The policies are what bounds that: 10 pods in 15 s means that the maximum is reached before anybody has learned whether the first ones help.",
    mend: "Allow about 2 pods in the time of a start, with one policy of type Pods.",
    sources: [
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#scaling-policies",
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/podautoscaler/horizontal.go",
    ],
  },
  examples: {
    bad: servingHpa(
      calmUp
        .replace("policies:", "policies: # <-")
        .replace("value: 2, periodSeconds: 150", "value: 10, periodSeconds: 15") + calmDown,
    ),
    good: servingHpa(calmUp + calmDown),
  },
  messages: {
    burst:
      "{object} may go from {from} to {to} pods within one start of {start}: all of them are ordered before the first one answers. Allow 2 pods in {period} s.",
  },
  reads: [hpa, scaledObject],
  check({ object, graph, settings, report }) {
    const { view } = object;
    const written = writtenPolicies(view.behavior?.scaleUp);
    const bounds = boundsOf(object);
    if (written === undefined || bounds === undefined || written.selectPolicy === "Disabled") return;
    if (view.target === undefined || !scalesModelServers(graph, object)) return;
    if (countsPods(object)) return;
    const start = podStartup(object, workloadOf(graph, object, view.target), settings);
    const to = grown(bounds.min, bounds.max, written, start.seconds);
    if (to - bounds.min <= Math.max(unremarkable, bounds.min)) return;
    const window = view.behavior?.scaleUp.stabilizationWindow?.value ?? defaultWindow.scaleUp;
    const production = settings.environment(object.path) === "production";
    const period = unhurried(start.seconds);
    const scaleUp = at(object.root, ...view.behaviorPath, "scaleUp");
    report({
      at: entryOf(scaleUp, "policies")?.key ?? object,
      message: "burst",
      slots: { object: object.title, from: bounds.min, to, start: startupWords(start), period },
      severity: production && window < start.seconds ? "warning" : "info",
      related:
        view.maxReplicas === undefined ? [] : [{ at: view.maxReplicas.node, message: `the maximum is ${bounds.max}` }],
      fixes: setPolicy(object, "scaleUp", 2, period),
    });
  },
});
