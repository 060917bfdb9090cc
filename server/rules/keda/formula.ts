import { floatOf } from "../../engine/keda/float.ts";
import { FormulaError } from "../../engine/keda/formula/error.ts";
import { formulaOf, isOurs } from "../../engine/keda/observe.ts";
import { modifiersOf } from "../../engine/keda/spec.ts";
import { formulaNames } from "../../engine/keda/trigger.ts";
import type { RawFix } from "../../findings/raw-finding.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { asApplied, isWhole, type ScaledObjectAt } from "../../scenario/scaled-object.ts";
import { at, entryOf, isNull, mapAt, scalarAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { example, queue } from "./example.ts";
import { entry } from "./mends.ts";

const modifiers = ["spec", "advanced", "scalingModifiers"];

const bad = `  minReplicaCount: 1
  maxReplicaCount: 8
  advanced:
    scalingModifiers:
      formula: max(prompts, 2) # <-
      target: "5"
`;

export const formula = defineRule({
  id: "keda/formula",
  title: "Formula that KEDA cannot compile",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["K-21", "K-22"],
  docs: {
    summary:
      "scalingModifiers lacks its formula or its target, the formula does not compile or names what is no trigger, or the target is no number above 0.",
    why: "The formula is compiled over the names of the triggers; a trigger without a name, or one of type cpu or memory, cannot stand in it. KEDA's webhook refuses what does not compile. Without the webhook the composite metric has no value and nothing is scaled. A cpu or memory trigger with containerName is left out of the HPA as soon as there are scalingModifiers (that one is a warning).",
    mend: "Give every trigger of the formula a `name`, use the operators and functions of expr-lang, and write `target` as a string above 0. Headroom is silent on functions of expr-lang that it does not know.",
    sources: [
      "https://keda.sh/docs/latest/concepts/scaling-deployments/#scaling-modifiers",
      "https://expr-lang.org/docs/language-definition",
      "https://github.com/kedacore/keda/blob/main/apis/keda/v1alpha1/scaledobject_webhook.go",
    ],
  },
  examples: {
    bad: example(bad, queue.replace("      name: prompts\n", "")),
    good: example(bad.replace(" # <-", "")),
  },
  messages: {
    noFormula:
      "{object}: scalingModifiers has no formula, so KEDA refuses the object. Write the formula, or remove scalingModifiers.",
    noTarget:
      "{object}: the formula has no target, so KEDA refuses the object. Write the value of the formula for each replica to scalingModifiers.target.",
    target:
      "{object}: scalingModifiers.target is {target}, and KEDA takes only a number above 0. Write the value of the formula for each replica.",
    unnamed: '{object}: the formula uses "{name}", but no trigger has that name, so KEDA refuses the object. {named}',
    resource:
      '{object}: the formula uses "{name}", which is a {type} trigger: those are measured by Kubernetes and cannot stand in a formula, so KEDA refuses the object.',
    broken: "{object}: KEDA cannot compile the formula ({fault}) and refuses the object.",
    fallback:
      "{object}: fallback.behavior scalingModifiers needs a formula, and there is none, so KEDA refuses the object. Write the formula or use another behavior.",
    dropped:
      "{object}: the {type} trigger of container {container} is left out of the HPA as soon as there are scalingModifiers. Remove containerName, or scale on it elsewhere.",
  },
  reads: [scaledObject],
  check({ object, report }) {
    const { root, title } = object;
    const node = mapAt(root, ...modifiers);
    const told = { object: title };
    const { spec } = asApplied(object);
    const behavior = stringAt(root, "spec", "fallback", "behavior");
    if (node === undefined && behavior?.value === "scalingModifiers" && at(root, ...modifiers) === undefined) {
      const unwritten = { root, path: [...modifiers, "formula"] };
      report({ at: behavior.node, message: "fallback", slots: told, unwritten });
    }
    const key = entryOf(at(root, ...modifiers.slice(0, -1)), "scalingModifiers")?.key;
    if (node === undefined || key === undefined || modifiersOf(spec) === undefined || !isWhole(object)) return;
    if (isLeftOut(node, "formula")) {
      report({ at: key, message: "noFormula", slots: told, unwritten: { root, path: [...modifiers, "formula"] } });
    } else if (isLeftOut(node, "target")) {
      report({ at: key, message: "noTarget", slots: told, unwritten: { root, path: [...modifiers, "target"] } });
    }
    const target = stringAt(node, "target");
    if (target !== undefined && target.value !== "" && !((floatOf(target.value) ?? 0) > 0)) {
      report({ at: target.node, message: "target", slots: { ...told, target: target.value } });
    }
    const written = stringAt(node, "formula");
    const fault = written === undefined || written.value === "" ? undefined : formulaOf(spec);
    if (written !== undefined && fault instanceof FormulaError && !isOurs(fault)) {
      report({ at: written.node, ...wordsOf(object, fault) });
    }
    for (const trigger of object.view.triggers) {
      const container = stringAt(trigger.metadata, "containerName");
      const { type } = trigger;
      if (container === undefined || (type !== "cpu" && type !== "memory")) continue;
      const slots = { ...told, type, container: container.value };
      report({ at: container.node, message: "dropped", slots, severity: "warning" });
    }
  },
});

/** Not written, or written without a value; what is filled in later is there. */
function isLeftOut(node: Parameters<typeof scalarAt>[0], key: string): boolean {
  const value = at(node, key);
  const scalar = scalarAt(value);
  return value === undefined || (scalar !== undefined && (isNull(scalar) || scalar.text === ""));
}

function wordsOf(object: ScaledObjectAt, fault: FormulaError) {
  const { title } = object;
  const { spec } = asApplied(object);
  const name = fault.fault === "name" ? /^no trigger is named (\w+)$/.exec(fault.message)?.[1] : undefined;
  if (name === undefined) return { message: "broken", slots: { object: title, fault: fault.message } } as const;
  const same = spec.triggers.find((trigger) => trigger.name === name);
  if (same !== undefined) return { message: "resource", slots: { object: title, name, type: same.type } } as const;
  const names = formulaNames(spec);
  const named =
    names.length === 0 ? "No trigger has a name: write it beside type." : `The names are: ${names.join(", ")}.`;
  return { message: "unnamed", slots: { object: title, name, named }, fixes: naming(object, name) } as const;
}

/** With one nameless trigger there is no doubt which one is meant. */
function naming(object: ScaledObjectAt, name: string): RawFix[] {
  const { triggers } = asApplied(object).spec;
  const nameless = triggers.flatMap((trigger, index) =>
    trigger.name === undefined && trigger.type !== "cpu" && trigger.type !== "memory" ? [index] : [],
  );
  const [index] = nameless;
  if (nameless.length !== 1 || index === undefined) return [];
  return entry(object.root, ["spec", "triggers", index], "name", name, `Name the trigger ${name}`);
}
