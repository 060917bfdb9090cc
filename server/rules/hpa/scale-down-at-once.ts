import { podStartup, startupWords } from "../../graph/pod-startup.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { scalesModelServers } from "../../graph/serving.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { at, entryOf } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { calmDown, calmUp, servingHpa } from "./example.ts";
import { type Autoscaler, boundsOf, hasNoPolicies, leftOf, unhurried, writtenPolicies } from "./rate.ts";
import { setPolicy } from "./set-policy.ts";

/** Of two replicas only one can go, however it is written. */
const fewest = 3;

export const scaleDownAtOnce = defineRule({
  id: "hpa/scale-down-at-once",
  title: "All surplus replicas may go in one step",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["T-06", "T-07"],
  docs: {
    summary:
      "Nothing limits how many model servers one scale-down may remove; that is also the default. A warning in production where the maximum is 3 or more and somebody says how long a pod takes to start; information outside production. Where nobody says it, only written policies are judged, as information.",
    why: "Without policies for scaleDown Kubernetes removes 100 % of the surplus at once, also when there are policies for scaleUp. A wrong or missing metric then takes all loaded models but the minimum in one step, and each needs a whole start to come back. The stabilization window delays the step; it does not make it smaller.",
    mend: "Remove one pod in the time of a start: `policies: [{type: Pods, value: 1, periodSeconds: …}]`.",
    sources: [
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#scaling-policies",
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/autoscaling/v2/defaults.go",
    ],
  },
  examples: {
    bad: servingHpa(
      `${calmUp}    scaleDown: # <-
      stabilizationWindowSeconds: 600
`,
    ),
    good: servingHpa(calmUp + calmDown),
  },
  messages: {
    unwritten:
      "{object} limits no scale-down, so Kubernetes may remove {surplus} of {max} model servers in one step; to get them back takes a start of {start}. Allow 1 pod in {period} s.",
    written:
      "{object}: the scale-down policies let {surplus} of {max} model servers go in one step; to get them back takes a start of {start}. Allow 1 pod in {period} s.",
  },
  reads: [hpa, scaledObject],
  check({ object, graph, settings, report }) {
    const { view } = object;
    const bounds = boundsOf(object);
    if (view.target === undefined || bounds === undefined || bounds.max < fewest) return;
    const rules = view.behavior?.scaleDown;
    if (rules?.unread === true || rules?.selectPolicy?.value === "Disabled") return;
    const written = writtenPolicies(rules);
    if (written === undefined && !hasNoPolicies(object, "scaleDown")) return;
    const surplus = bounds.max - bounds.min;
    // With one replica above the minimum every step is the smallest there is.
    if (surplus < 2 || leftOf(bounds.max, written) > bounds.min || !scalesModelServers(graph, object)) return;
    const start = podStartup(object, workloadOf(graph, object, view.target), settings);
    const known = start.source !== "default";
    // Who wrote no policy and whose pods may start at once has nothing to lose that we know of.
    if (!known && written === undefined) return;
    const certain = known && settings.environment(object.path) === "production";
    const period = unhurried(start.seconds);
    report({
      at: placeOf(object),
      message: written === undefined ? "unwritten" : "written",
      slots: { object: object.title, surplus, max: bounds.max, start: startupWords(start), period },
      severity: certain ? "warning" : "info",
      ...(written === undefined && {
        unwritten: { root: object.root, path: [...view.behaviorPath, "scaleDown", "policies"] },
      }),
      fixes: setPolicy(object, "scaleDown", 1, period),
    });
  },
});

function placeOf({ root, view, name }: Autoscaler) {
  const behavior = at(root, ...view.behaviorPath);
  const scaleDown = entryOf(behavior, "scaleDown");
  const parent = entryOf(at(root, ...view.behaviorPath.slice(0, -1)), "behavior");
  return entryOf(scaleDown?.value, "policies")?.key ?? scaleDown?.key ?? parent?.key ?? name?.node ?? root;
}
