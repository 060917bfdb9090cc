import type { Decision } from "../decision/decision.ts";
import { wvaReasons } from "./reasons.ts";

export interface InactiveVariant {
  readonly variant: string;
  readonly modelId: string;
  readonly current: number;
}

/** How often the loop looks (internal/engines/scalefromzero/engine.go). */
export const scaleFromZeroInterval = { milliseconds: 100 } as const;

/**
 * Every variant at zero whose model has requests in the router's flow control queue
 * (`inference_extension_flow_control_queue_size`) goes to one: all of them, not the cheapest.
 */
export function scaleFromZero(variants: readonly InactiveVariant[], queued: ReadonlyMap<string, number>): Decision[] {
  return variants
    .filter(({ current, modelId }) => current === 0 && (queued.get(modelId) ?? 0) > 0)
    .map(({ variant, modelId }) => ({
      controller: "wva",
      subject: variant,
      from: 0,
      to: 1,
      reason: wvaReasons["request-waits"],
      compared: [
        {
          left: { name: `queued for ${modelId}`, value: queued.get(modelId) ?? 0 },
          relation: ">",
          right: { name: "threshold", value: 0 },
        },
      ],
      held: [],
      lost: [],
    }));
}
