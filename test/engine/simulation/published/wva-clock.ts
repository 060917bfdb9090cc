import { FluidTier } from "../../../../server/engine/simulation/fluid/fluid.ts";
import { type Run, simulate } from "../../../../server/engine/simulation/simulation.ts";
import { given } from "../../../../server/engine/sourced.ts";
import { desiredOf, hpa, scenario, startUp, ToldTier, template, variant, wva } from "../world.ts";

/** The clock of one scale-up under WVA, from the first sample of the rising load (its issue 1044). */
export interface WvaClock {
  readonly kvFrom: number;
  readonly kvTo: number;
  /** Seconds until the Deployment asks for two, by which the cache has risen so far, and that its pod then takes. */
  readonly rises: number;
  readonly starts: number;
}

/** When the second replica was decided, asked for and ready; infinite where it was not. */
export function wvaClock({ kvFrom, kvTo, rises, starts }: WvaClock) {
  const kvAt = (at: number) => Math.min(kvTo, kvFrom + ((kvTo - kvFrom) * at) / rises);
  const quick = { ...startUp, image: given(0), load: given(starts), compile: given(0) };
  const input = scenario({
    variants: [variant("llama", 1, { pod: { ...template, startUp: quick } })],
    wva: wva(["llama"]),
    signals: [desiredOf("llama")],
    autoscalers: [hpa("llama", "wva_desired_replicas", { maxReplicas: 2 })],
  });
  const run = simulate(input, new ToldTier((at) => ({ kvUsage: kvAt(at) })), { sampleEvery: 1 });
  const first = (of: "desired" | "asked" | "serving") => {
    const line = Array.from(run.timeline.variants.get("llama")?.[of] ?? []);
    const column = line.findIndex((count) => count >= 2);
    return column < 0 ? Number.POSITIVE_INFINITY : (run.timeline.at[column] as number);
  };
  return { desired: first("desired"), spec: first("asked"), ready: first("serving") };
}

/** The same load under an HPA that follows WVA at once, and under one with a window (its issue 777). */
export function wvaWithWindow(rate: number, window: number, maxReplicas: number): Run {
  const input = scenario({
    variants: [variant("llama", 1)],
    wva: wva(["llama"], {
      profile: "main",
      interval: given(15),
      tokens: { kvCacheThreshold: 0.8, queueLengthThreshold: 5, scaleUpThreshold: 0.85, scaleDownBoundary: 0.7 },
    }),
    signals: [desiredOf("llama")],
    autoscalers: [
      hpa("llama", "wva_desired_replicas", {
        maxReplicas,
        behavior: {
          scaleUp: { stabilizationWindowSeconds: window, policies: [{ type: "Pods", value: 10, periodSeconds: 15 }] },
          scaleDown: { stabilizationWindowSeconds: 300 },
        },
      }),
    ],
    traffic: { rate: (at) => (at < 60 ? 1 : rate), promptTokens: 1000, outputTokens: 500 },
    duration: 1800,
  });
  return simulate(input, new FluidTier(input));
}
