import { at, isNull, itemsAt, type Placed, resolve, stringAt } from "../../text/read.ts";
import { readScaleTarget, type ScaleTarget } from "../hpa/scale-target.ts";
import { defineKind } from "../kind.ts";

export interface VerticalAutoscalerView {
  readonly target: ScaleTarget | undefined;
  /** Whether it changes the requests of pods; `Off` and `Initial` leave those that run alone. */
  readonly acts: boolean;
  readonly mode: Placed<string> | undefined;
  /** What it changes; absent where containers differ in it or it cannot be read here. */
  readonly resources: ReadonlySet<string> | undefined;
}

export const verticalPodAutoscaler = defineKind<VerticalAutoscalerView>({
  id: "vertical-pod-autoscaler",
  title: "VerticalPodAutoscaler",
  recognise: { group: "autoscaling.k8s.io", kind: "VerticalPodAutoscaler" },
  view: ({ root }) => {
    const written = at(root, "spec", "updatePolicy", "updateMode");
    const mode = stringAt(written);
    const policies = itemsAt(root, "spec", "resourcePolicy", "containerPolicies");
    return {
      target: readScaleTarget(at(root, "spec", "targetRef")),
      // Auto by default (vertical-pod-autoscaler/pkg/apis/autoscaling.k8s.io/v1/types.go).
      acts: written === undefined || /^(?:Auto|Recreate|InPlaceOrRecreate)$/.test(mode?.value ?? ""),
      mode,
      resources: policies.length === 0 ? new Set(["cpu", "memory"]) : controlled(policies),
    };
  },
});

function controlled(policies: ReturnType<typeof itemsAt>): ReadonlySet<string> | undefined {
  const [only, other] = policies;
  if (other !== undefined || stringAt(only, "containerName")?.value !== "*") return undefined;
  if (at(only, "mode") !== undefined) return stringAt(only, "mode")?.value === "Off" ? new Set() : undefined;
  const list = resolve(at(only, "controlledResources"));
  if (list === undefined || (list.type === "scalar" && isNull(list))) return new Set(["cpu", "memory"]);
  const names = itemsAt(list).flatMap((item) => stringAt(item)?.value ?? []);
  return list.type === "seq" && names.length === list.items.length ? new Set(names) : undefined;
}
