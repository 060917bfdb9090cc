import type { Decision } from "../../decision/decision.ts";
import { type WvaReasonId, wvaReasons } from "../reasons.ts";
import { type Action, actionOf } from "../variant.ts";

export interface ArbitrationInput {
  readonly variant: string;
  readonly current: number;
  readonly saturationTarget: number;
  /** What the performance model wants. */
  readonly modelTarget: number;
  /** null: there was no saturation analysis. */
  readonly scaleDownSafe: boolean | null;
}

export interface Arbitration {
  readonly action: Action;
  readonly target: number;
  readonly saturationBased: boolean;
  readonly modelBased: boolean;
  /** Saturation overruled the model for safety. */
  readonly safetyOverride: boolean;
  readonly decision: Decision;
}

/** The hybrid mode of v0.4, which had two opinions about a variant (internal/capacity/analyzer.go at v0.4.2). */
export function arbitrate(input: ArbitrationInput): Arbitration {
  const { current, saturationTarget, modelTarget, scaleDownSafe } = input;
  const saturation = actionOf(saturationTarget, current);
  const model = actionOf(modelTarget, current);
  if (model === "scale-down" && saturation === "scale-up") return result(input, current, "saturation-vetoes");
  if (model === "scale-down" && scaleDownSafe === false) return result(input, current, "removal-unsafe");
  if (model !== "no-change") return result(input, modelTarget, "model-leads");
  if (saturation === "scale-up") return result(input, saturationTarget, "saturation-leads");
  return result(input, current, "nothing-asked");
}

function result(input: ArbitrationInput, target: number, reason: WvaReasonId): Arbitration {
  const { variant, current, saturationTarget, modelTarget } = input;
  const safetyOverride = reason === "saturation-vetoes" || reason === "removal-unsafe";
  return {
    action: actionOf(target, current),
    target,
    saturationBased: safetyOverride || reason === "saturation-leads",
    modelBased: safetyOverride || reason === "model-leads",
    safetyOverride,
    decision: {
      controller: "wva",
      subject: variant,
      from: current,
      to: target,
      reason: wvaReasons[reason],
      compared: [
        {
          left: { name: "saturation target", value: saturationTarget },
          relation: saturationTarget === modelTarget ? "=" : saturationTarget < modelTarget ? "<" : ">",
          right: { name: "model target", value: modelTarget },
        },
      ],
      held: safetyOverride ? [{ by: "saturation", wanted: modelTarget, allowed: target }] : [],
      lost: [],
    },
  };
}
