import type { Run } from "../../../../server/engine/simulation/simulation.ts";
import { servesAfter } from "./start.ts";
import { type TokenAware, tokenAware } from "./token-aware.ts";
import { outputRate, type WvaAgainstHpa, wvaAgainstHpa } from "./wva-against-hpa.ts";
import { type WvaClock, wvaClock, wvaWithWindow } from "./wva-clock.ts";

/**
 * What a published run and ours have in common when they agree: a direction, an order of magnitude, which policy wins. Node pools,
 * routing and generators of load are not published, so that more would be chance.
 */
export type Shapes = Readonly<Record<string, boolean>>;

export interface Compared {
  readonly ours: Readonly<Record<string, unknown>>;
  readonly shapes: Shapes;
}

const within = (factor: number, ours: number, published: number) =>
  ours <= published * factor && ours >= published / factor;

export function tokenAwareShapes(
  facts: TokenAware,
  published: { readonly replicas: number; readonly firstToken: number; readonly firstTokenAlone: number },
): Compared {
  const { autoscaled, alone } = tokenAware(facts);
  const [quick, slow] = [autoscaled.summary.ttft?.p50 ?? Number.NaN, alone.summary.ttft?.p50 ?? Number.NaN];
  const rate = (facts.outputTokens * facts.sent) / lastFinish(alone);
  return {
    ours: {
      replicas: autoscaled.summary.mostReplicas,
      firstToken: quick,
      firstTokenAlone: slow,
      outputRateAlone: rate,
      finished: autoscaled.summary.finished / autoscaled.summary.arrived,
    },
    shapes: {
      "it scales up, and not past its maximum":
        autoscaled.summary.mostReplicas > 1 && autoscaled.summary.mostReplicas <= facts.maxReplicas,
      "within one replica of the published count": Math.abs(autoscaled.summary.mostReplicas - published.replicas) <= 1,
      "the median first token is sooner by an order of magnitude, as published":
        slow / quick >= 10 && published.firstTokenAlone / published.firstToken >= 10,
      "alone, the median first token is of the published order": within(Math.sqrt(10), slow, published.firstTokenAlone),
      "alone, the replica produces of the published order": within(2, rate, facts.alone.outputRate),
      "the tail is that of the start: far above the median":
        (autoscaled.summary.ttft?.p99 ?? 0) > 10 * (autoscaled.summary.ttft?.p50 ?? Number.NaN),
      "nearly all finish": autoscaled.summary.finished > 0.99 * autoscaled.summary.arrived,
    },
  };
}

/** When the last token was produced, by the timeline. */
function lastFinish({ timeline }: Run): number {
  const column = timeline.running.findLastIndex(
    (running, index) => running + (timeline.waiting[index] as number) > 0.5,
  );
  return timeline.at[column] as number;
}

export function wvaAgainstHpaShapes(
  facts: WvaAgainstHpa,
  published: { readonly hpaMost: number; readonly wvaMost: number; readonly wvaMean: number; readonly wvaRate: number },
): Compared {
  const { hpa, wva } = wvaAgainstHpa(facts);
  const mean = (wva.summary.replicaHours * 3600) / facts.lasts;
  const [under, over] = [outputRate(hpa, facts), outputRate(wva, facts)];
  return {
    ours: {
      hpaMost: hpa.summary.mostReplicas,
      wvaMost: wva.summary.mostReplicas,
      wvaMean: mean,
      hpaRate: under,
      wvaRate: over,
    },
    shapes: {
      "the HPA does not see it": hpa.summary.mostReplicas === published.hpaMost,
      "WVA reaches as many": wva.summary.mostReplicas === published.wvaMost,
      "WVA's mean is of that order": within(1.5, mean, published.wvaMean),
      "WVA produces more, by about as much": within(1.5, over / under, published.wvaRate / facts.oneReplica),
    },
  };
}

export function wvaClockShapes(
  facts: WvaClock,
  published: { readonly desired: number; readonly spec: number; readonly ready: number },
): Compared {
  const ours = wvaClock(facts);
  return {
    ours: { ...ours },
    shapes: {
      "decided, asked for and ready in this order": ours.desired < ours.spec && ours.spec < ours.ready,
      "decided after a time of that order": within(2, ours.desired, published.desired),
      "asked for within two syncs": ours.spec - ours.desired <= 2 * Math.max(15, published.spec - published.desired),
      "ready after the published start, to one tick of a probe":
        Math.abs(ours.ready - ours.spec - (published.ready - published.spec)) <= 10,
    },
  };
}

export function wvaWindowShapes(rate: number, window: number): Compared {
  const most = 8;
  const [free, held] = [stepsUp(wvaWithWindow(rate, 0, most)), stepsUp(wvaWithWindow(rate, window, most))];
  const first = free[0]?.at ?? Number.POSITIVE_INFINITY;
  return {
    ours: { free, held },
    shapes: {
      "without a window it is at the maximum before the first new pod serves":
        free.at(-1)?.to === most && (free.at(-1)?.at ?? 0) - first < 120,
      "with one, nothing happens while the window lasts": (held[0]?.at ?? 0) - first >= window - 15,
      "and then it goes in steps": held.length >= 3 && held.at(-1)?.to === most,
    },
  };
}

/** Until the maximum. */
function stepsUp({ log }: Run): readonly { readonly at: number; readonly to: number }[] {
  const steps = log.flatMap(({ at, outcome, decision: { controller, from, to } }) =>
    outcome === "changed" && controller === "hpa" ? [{ at, from, to }] : [],
  );
  const fall = steps.findIndex(({ from, to }) => to < from);
  return (fall < 0 ? steps : steps.slice(0, fall)).map(({ at, to }) => ({ at, to }));
}

export function startShapes(seconds: number): Compared {
  const serves = servesAfter(seconds);
  return {
    ours: { serves },
    shapes: { "serves at a tick of its probe, and not before": serves >= seconds && serves - seconds < 10 },
  };
}
