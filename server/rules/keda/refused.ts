import { admissionProblems } from "../../engine/keda/admission.ts";
import type { AdmissionProblem } from "../../engine/keda/admission-problem.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { asApplied, isWhole, nodeAtKeys, type ScaledObjectAt } from "../../scenario/scaled-object.ts";
import { entryOf, mapAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { type ReplicaBounds, replicaBounds } from "./bounds.ts";
import { example, queue } from "./example.ts";
import { inSpec, removal } from "./mends.ts";

const messages = {
  above:
    "{object}: minReplicaCount {min} is above maxReplicaCount {max}{default}. KEDA's webhook refuses that, and without the webhook no HPA can be made of it. Raise the maximum to {min} or lower the minimum.",
  idle: "{object}: idleReplicaCount {idle} is not below minReplicaCount {min}, so KEDA's webhook refuses it. Rest at 0 and keep at least {wanted} while there is work.",
  cached:
    "{object}: useCachedMetrics stands on a {type} trigger, which has nothing to cache, so KEDA's webhook refuses it. Remove it.",
  twice:
    '{object}: more than one trigger is named "{name}", so KEDA\'s webhook refuses it. Give each trigger its own name.',
  longName:
    "{object}: the name has {length} characters, but KEDA writes it to a label, which holds 63. Shorten it by {excess}.",
  longHpaName:
    "{object}: KEDA would call its HPA {name}, {length} characters where 63 are allowed, and refuses it. Write a shorter name to advanced.horizontalPodAutoscalerConfig.name.",
  badHpaName:
    '{object}: "{name}" is no name that Kubernetes takes, so KEDA cannot make the HPA and nothing is scaled. Write a real name, or none: the default is keda-hpa-{own}.',
  asleep:
    "{object} may go to 0 replicas, but only {types} could wake it: pods that are not there use none, so KEDA's webhook refuses it. Set minReplicaCount to 1.",
  fallback:
    "{object} has a fallback, but only {types} triggers, and those never fall back: KEDA's webhook refuses it. Remove the fallback.",
} as const;

export const refused = defineRule({
  id: "keda/refused",
  title: "ScaledObject that KEDA refuses",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["K-09", "K-14", "K-23", "K-33", "K-34", "K-35", "K-36"],
  docs: {
    summary:
      "Fields of a ScaledObject contradict each other: a minimum above the maximum, an idle count that is not below the minimum, two triggers of one name, cached metrics where there are none, cpu or memory alone with a minimum of 0, a fallback without a trigger that can fall back, or names that are too long.",
    why: "The schema of the custom resource lets all of this pass; KEDA's admission webhook refuses it. Where the webhook does not answer, the object is stored all the same, the operator cannot make an HPA of it, and the target stays at its present count while everything looks applied.",
    mend: "Each message names the two fields that disagree and what to write. The checks are those of KEDA 2.20.",
    sources: [
      "https://github.com/kedacore/keda/blob/main/apis/keda/v1alpha1/scaledobject_webhook.go",
      "https://keda.sh/docs/latest/concepts/admission-webhooks/",
      "https://keda.sh/docs/latest/reference/scaledobject-spec/",
    ],
  },
  examples: {
    bad: example("  minReplicaCount: 10 # <-\n  maxReplicaCount: 8\n"),
    good: example("  minReplicaCount: 1\n  maxReplicaCount: 8\n", queue),
  },
  messages,
  reads: [scaledObject],
  check({ object, report }) {
    if (!isWhole(object)) return;
    const bounds = replicaBounds(object);
    for (const problem of admissionProblems(asApplied(object))) {
      const said = wordsOf(object, problem, bounds);
      if (said !== undefined) report({ ...said, ...place(object, problem) });
    }
    const name = badHpaName(object);
    if (name !== undefined) {
      const slots = { object: object.title, name: name.value, own: object.name?.value ?? "<name>" };
      report({ at: name.node, message: "badHpaName", slots });
    }
  },
});

/** What a problem of the engine is in words of ours; absent where a schema or another rule tells it. */
function wordsOf(object: ScaledObjectAt, { check, keys }: AdmissionProblem, bounds: ReplicaBounds | undefined) {
  const { title, root, view } = object;
  const { spec } = asApplied(object);
  const types = [...new Set(spec.triggers.map(({ type }) => type))].join(" and ");
  const trigger = typeof keys[2] === "number" ? spec.triggers[keys[2]] : undefined;
  switch (check) {
    case "K-33": {
      if (bounds === undefined || bounds.max < 1) return undefined;
      const slots = { object: title, ...bounds, default: view.maxReplicas === undefined ? " (KEDA's default)" : "" };
      const fixes = inSpec(object, `Raise maxReplicaCount to ${bounds.min}`, { maxReplicaCount: String(bounds.min) });
      return { message: "above", slots, fixes } as const;
    }
    case "K-14": {
      if (bounds?.idle === undefined) return undefined;
      const min = view.minReplicas === undefined ? "0 (KEDA's default)" : String(bounds.min);
      const wanted = Math.max(1, bounds.min);
      const slots = { object: title, idle: bounds.idle, min, wanted };
      const counts = { minReplicaCount: String(wanted), idleReplicaCount: "0" };
      return { message: "idle", slots, fixes: inSpec(object, `Rest at 0, else at least ${wanted}`, counts) } as const;
    }
    case "K-35":
      return {
        message: "cached",
        slots: { object: title, type: trigger?.type ?? "" },
        fixes: removal(root, keys.slice(0, -1), "useCachedMetrics"),
      } as const;
    case "K-34":
      if (trigger === undefined) return undefined;
      return { message: "twice", slots: { object: title, name: trigger.name ?? "" } } as const;
    case "K-23":
      return keys[0] === "metadata" ? longName(object) : undefined;
    case "K-36": {
      if (bounds === undefined) return undefined;
      const fixes = inSpec(object, "Set minReplicaCount to 1", { minReplicaCount: "1" });
      return { message: "asleep", slots: { object: title, types }, fixes } as const;
    }
    case "K-09": {
      const { failureThreshold = 0, replicas = 0 } = spec.fallback ?? {};
      if (failureThreshold < 0 || replicas < 0) return undefined;
      const fixes = removal(root, ["spec"], "fallback");
      return { message: "fallback", slots: { object: title, types }, fixes } as const;
    }
    default:
      return undefined;
  }
}

function longName({ name, title }: ScaledObjectAt) {
  const own = name?.value ?? "";
  if (own.length > 63) {
    return { message: "longName", slots: { object: title, length: own.length, excess: own.length - 63 } } as const;
  }
  const hpa = `keda-hpa-${own}`;
  return { message: "longHpaName", slots: { object: title, name: hpa, length: hpa.length } } as const;
}

/** Braces and capitals are left over from a placeholder; other signs may be filled in by a tool that we do not know. */
function badHpaName({ root }: ScaledObjectAt) {
  const name = stringAt(root, "spec", "advanced", "horizontalPodAutoscalerConfig", "name");
  if (name === undefined || name.value.length > 63 || /[<>$%@]/.test(name.value)) return undefined;
  return /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/.test(name.value) ? undefined : name;
}

/** Where a problem stands; else the list of triggers, for what is missing. */
function place(object: ScaledObjectAt, { keys }: AdmissionProblem) {
  const { root } = object;
  const found = keys.at(-1) === "fallback" ? entryOf(mapAt(root, "spec"), "fallback")?.key : nodeAtKeys(root, keys);
  if (found !== undefined) return { at: found };
  const path = keys.flatMap((key) => (typeof key === "string" ? key : []));
  const triggers = entryOf(mapAt(root, "spec"), "triggers")?.key ?? object.name?.node ?? root;
  return { at: triggers, unwritten: { root, path } };
}
