import { stream } from "../engine/random/stream.ts";
import { ReplicaTier } from "../engine/replica/replica-tier.ts";
import type { Scenario } from "../engine/simulation/scenario.ts";
import type { ArrivalSource } from "../engine/traffic/arrivals.ts";

export interface Requests {
  readonly arrivals: ArrivalSource;
  /** Tokens of each system prompt. */
  readonly systemPrompts: ArrayLike<number>;
}

/** The tier that serves every request by itself, for a scenario that the fluid one takes too. */
export function exactTier(scenario: Scenario, { arrivals, systemPrompts }: Requests): ReplicaTier {
  const { variants, router, link, slo, seed } = scenario;
  const ties = stream(seed, "router");
  const { flowControl, detector } = router;
  return new ReplicaTier({
    servers: new Map(
      variants.map(({ name, server }) => [
        name,
        {
          law: server.law,
          capacity: server.capacity.value,
          maxRunning: server.maxRunning.value,
          maxBatchedTokens: server.maxBatchedTokens.value,
          blockSize: server.blockSize,
          prefixCaching: server.prefixCaching,
          ...(server.maxLength === undefined ? {} : { maxLength: server.maxLength.value }),
          ...(server.tiers === undefined ? {} : { tiers: server.tiers }),
          ...(server.role === undefined ? {} : { role: server.role }),
        },
      ]),
    ),
    arrivals,
    systemPrompts,
    policy: router.profile ?? "round-robin",
    random: () => ties.uniform(),
    scrape: router.scrape.value,
    ...(link === undefined ? {} : { link }),
    detector: { queueDepth: detector.queueDepth.value, kvUsage: detector.kvUsage.value },
    ...(flowControl === undefined
      ? {}
      : {
          flowControl: {
            timeout: flowControl.timeout?.value ?? 60,
            ...(flowControl.maxHeld === undefined ? {} : { maxHeld: flowControl.maxHeld.value }),
          },
        }),
    objectives: {
      ...(slo.ttft === undefined ? {} : { ttft: slo.ttft.value }),
      ...(slo.itl === undefined ? {} : { itl: slo.itl.value }),
    },
  });
}
