import { admissionProblems } from "../../engine/keda/admission.ts";
import { modifiersOf } from "../../engine/keda/spec.ts";
import { kedaFeatures } from "../../engine/keda/version.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { asApplied, nodeAtKeys } from "../../scenario/scaled-object.ts";
import { at, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { replicaBounds } from "./bounds.ts";
import { example, queue } from "./example.ts";
import { kedaMinor } from "./version.ts";

const spec = (target: string) => `  minReplicaCount: 1
  maxReplicaCount: 8
  fallback:
    failureThreshold: 3
    replicas: 2
  advanced:
    scalingModifiers:
      formula: prompts / 2
      target: ${target}
`;

export const fallbackWithoutEffect = defineRule({
  id: "keda/fallback-without-effect",
  title: "Fallback that never acts",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["K-10", "K-11"],
  docs: {
    summary:
      "A fallback stands beside scalingModifiers whose target is no whole number, or beside a trigger of metricType Value: an error with KEDA before 2.18, information from there on while the minimum is below 2. Of Value Headroom speaks only where the version of KEDA is known.",
    why: "KEDA turns a fallback into a metric: replicas times target. With scalingModifiers it reads the target as a whole number, and where that fails the fallback is off without a word. With Value, KEDA before 2.18 has no fallback at all; later it divides by the pods that are ready, and fails while none is.",
    mend: "Write a whole target (scale the formula to match), and use AverageValue where a fallback has to hold.",
    sources: [
      "https://github.com/kedacore/keda/blob/main/pkg/fallback/fallback.go",
      "https://keda.sh/docs/latest/reference/scaledobject-spec/#fallback",
    ],
  },
  examples: { bad: example(spec('"2.5" # <-'), queue), good: example(spec('"2"'), queue) },
  messages: {
    fraction:
      "{object}: with scalingModifiers.target {target}, which is no whole number, the fallback of {replicas} replicas is off without a word. Scale formula and target to a whole number, such as {whole}.",
    tooOld:
      "{object}: the {type} trigger has metricType Value, for which KEDA 2.{minor} has no fallback (2.18 brought it): the {replicas} replicas never come. Use AverageValue, or KEDA 2.18.",
    needsReady:
      "{object}: for the {type} trigger with metricType Value the fallback of {replicas} replicas is divided by the ready pods, and fails while none is ready.",
  },
  reads: [scaledObject],
  check({ object, settings, report }) {
    const { spec: applied } = asApplied(object);
    const { fallback } = applied;
    if (fallback === undefined) return;
    const { title } = object;
    const { replicas } = fallback;
    const fraction = admissionProblems(asApplied(object)).find(({ check }) => check === "K-11");
    const target = fraction === undefined ? undefined : stringAt(nodeAtKeys(object.root, fraction.keys));
    if (target !== undefined) {
      const whole = Math.max(1, Math.round(Number(target.value)));
      report({ at: target.node, message: "fraction", slots: { object: title, target: target.value, replicas, whole } });
    }
    const minor = kedaMinor(settings);
    if (minor === undefined || modifiersOf(applied) !== undefined) return;
    const { fallbackForValue } = kedaFeatures(minor);
    for (const { metricType, type = "unnamed" } of object.view.triggers) {
      if (metricType?.value !== "Value" || type === "cpu" || type === "memory") continue;
      const slots = { object: title, type, replicas, minor };
      const related = [{ at: at(object.root, "spec", "fallback") ?? object, message: `the fallback is ${replicas}` }];
      // With two and more at least, one is likely to be ready.
      if (fallbackForValue && (replicaBounds(object)?.min ?? 2) > 1) continue;
      if (fallbackForValue) report({ at: metricType.node, message: "needsReady", slots, severity: "info", related });
      else report({ at: metricType.node, message: "tooOld", slots, severity: "error", related });
    }
  },
});
