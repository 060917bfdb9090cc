import type { NodePool } from "../../server/engine/cluster/input.ts";
import { defaultProfile } from "../../server/engine/epp/profile.ts";
import { milliOf } from "../../server/engine/hpa/milli.ts";
import type { HpaSpec } from "../../server/engine/hpa/spec.ts";
import type { Stream } from "../../server/engine/random/stream.ts";
import type { Autoscaler, Scenario, Variant, Wva } from "../../server/engine/simulation/scenario.ts";
import type { Measure, Signal } from "../../server/engine/simulation/signal.ts";
import { given } from "../../server/engine/sourced.ts";
import { type Demand, demandOf } from "../../server/engine/traffic/demand.ts";
import type { LengthLaw } from "../../server/engine/traffic/length.ts";
import { constant, steps } from "../../server/engine/traffic/rate.ts";
import type { Traffic } from "../../server/engine/traffic/traffic.ts";
import { gigabytesPerSecond, seconds } from "../../server/engine/units.ts";

/** A cluster, its controllers and its traffic as nobody would write them: far apart, at bounds, and some of it nothing at all. */
export interface AnyScenario {
  readonly scenario: Scenario;
  readonly demand: Demand;
}

const pick = <T>(random: Stream, ...of: readonly T[]): T => of[random.below(of.length)] as T;
const between = (random: Stream, least: number, most: number) => least + random.below(most - least + 1);
const maybe = <T extends object>(random: Stream, of: T): T | Record<string, never> => (random.below(2) === 0 ? of : {});

export function anyScenario(random: Stream): AnyScenario {
  const split = random.below(5) === 0;
  const names = split ? ["reads", "writes"] : ["a", "b", "c"].slice(0, between(random, 1, 3));
  const pools = ["large", "small"].map((name) => anyPool(name, random));
  const variants = names.map((name, n) =>
    anyVariant(name, split ? (["prefill", "decode"] as const)[n] : undefined, random),
  );
  const signals = names.flatMap((name) => [anySignal(`${name}/0`, name, random), anySignal(`${name}/1`, name, random)]);
  const scaled = names.filter(() => random.below(4) > 0);
  const demand = demandOf(anyTraffic(random));
  const scenario: Scenario = {
    variants,
    pools,
    signals,
    autoscalers: scaled.map((name) => anyAutoscaler(name, random)),
    ...(random.below(2) === 0 ? { wva: anyWva(names, random) } : {}),
    router: {
      scrape: given(pick(random, 0.05, 1)),
      detector: { queueDepth: given(pick(random, 1, 5)), kvUsage: given(pick(random, 0.5, 0.8)) },
      ...maybe(random, { profile: defaultProfile }),
      ...maybe(random, {
        flowControl: {
          ...maybe(random, { maxHeld: given(pick(random, 1, 1000)) }),
          ...maybe(random, { timeout: given(pick(random, 1, 60)) }),
        },
      }),
    },
    ...(split
      ? { link: { base: 0.001, bandwidth: gigabytesPerSecond(pick(random, 1, 25)), bytesPerToken: 131_072 } }
      : {}),
    traffic: demand,
    slo: {
      ttft: given(pick(random, 0.001, 2)),
      ...maybe(random, { itl: given(pick(random, 0.005, 0.1)) }),
      target: pick(random, 0.5, 0.95, 1),
    },
    duration: between(random, 60, 1500),
    seed: random.below(2 ** 31),
  };
  return { scenario, demand };
}

function anyTraffic(random: Stream): Traffic {
  const most = pick(random, 0, 0.01, 1, 8, 40, 300);
  const some = () => (most * random.below(101)) / 100;
  return {
    rate:
      random.below(2) === 0
        ? constant(most)
        : steps(
            Array.from({ length: between(random, 1, 5) }, () => ({ rate: some(), lasts: between(random, 1, 600) })),
          ),
    variation: pick(random, 0, 1, 1, 3),
    prompt: anyLength(random, 2000),
    output: anyLength(random, 300),
    ...maybe(random, { system: { count: between(random, 1, 4), tokens: pick(random, 1, 16, 500) } }),
    ...(random.below(4) === 0
      ? { sessions: { turns: anyLength(random, 8), pause: pick(random, 0.1, 30), context: pick(random, 1000, 8192) } }
      : {}),
  };
}

function anyLength(random: Stream, about: number): LengthLaw {
  return pick<LengthLaw>(
    random,
    { law: "fixed", tokens: 1 },
    { law: "fixed", tokens: about },
    { law: "uniform", from: 1, to: about },
    { law: "lognormal", mu: Math.log(about) - 0.5, sigma: 1, cap: 4 * about },
  );
}

function anyVariant(name: string, role: "prefill" | "decode" | undefined, random: Stream): Variant {
  const [base, each, token] = [pick(random, 0.004, 0.03), 1e-4, pick(random, 2e-5, 1e-4)];
  const capacity = pick(random, 700, 9000, 20_000, 500_000);
  const tier = {
    capacity: pick(random, 1000, 1e6),
    chunk: 256,
    device: { name: "disk", latency: seconds(1e-4), bandwidth: gigabytesPerSecond(pick(random, 1, 20)) },
    bytesPerToken: 131_072,
  };
  return {
    name,
    replicas: given(between(random, 0, 4)),
    server: {
      law: {
        stepTime: ({ decodes, promptTokens, contextTokens, promptContext }) =>
          decodes + promptTokens <= 0
            ? 0
            : base +
              decodes * each +
              promptTokens * token +
              contextTokens * 1e-8 +
              promptTokens * promptContext * 1e-10,
        apiOverhead: 0.008,
      },
      capacity: given(capacity),
      maxRunning: given(pick(random, 1, 8, 256)),
      maxBatchedTokens: given(pick(random, 64, 512, 8192)),
      blockSize: pick(random, 1, 16, 64),
      prefixCaching: random.below(2) === 0,
      // vLLM does not start with a longest request that its cache cannot hold.
      maxLength: given(Math.min(capacity - 64, pick(random, 600, 8192))),
      ...(role === undefined ? {} : { role }),
      ...(random.below(3) === 0 ? { tiers: [tier] } : {}),
    },
    pod: {
      gpus: between(random, 1, 4),
      pool: pick(random, "large", "small"),
      startUp: {
        image: { value: pick(random, 0, 20), spread: pick(random, 0, 5) },
        fetch: given(pick(random, 0, 10)),
        load: { value: pick(random, 1, 60), spread: pick(random, 0, 1) },
        compile: given(pick(random, 0, 20)),
        probe: {
          initialDelay: given(pick(random, 0, 5)),
          period: given(pick(random, 1, 10)),
          ...maybe(random, { failureThreshold: given(pick(random, 1, 30)) }),
        },
        seen: given(pick(random, 0, 2)),
      },
      terminationGracePeriod: given(pick(random, 0, 1, 30)),
    },
  };
}

function anyPool(name: string, random: Stream): NodePool {
  return {
    name,
    gpusPerNode: pick(random, 4, 8),
    nodes: between(random, 0, 2),
    fixed: random.below(2) === 0,
    ...maybe(random, { gpuLimit: given(pick(random, 0, 8, 12)) }),
    provisioning: { value: pick(random, 0, 60), spread: 0 },
    ...maybe(random, { consolidateAfter: given(pick(random, 0, 30)) }),
    perHour: given(pick(random, 0, 32)),
    billedWhileProvisioning: random.below(2) === 0,
  };
}

function anySignal(name: string, variant: string, random: Stream): Signal {
  const window = maybe(random, { window: given(pick(random, 1, 60, 300)) });
  const over = pick(random, "sum" as const, "mean" as const, "max" as const);
  const measure = pick<Measure>(
    random,
    {
      of: pick(
        random,
        "running" as const,
        "waiting" as const,
        "requests" as const,
        "kv-usage" as const,
        "kv-tokens" as const,
      ),
      over,
      ...window,
      ...maybe(random, { variant }),
    },
    {
      of: pick(random, "finished-rate" as const, "prompt-token-rate" as const, "output-token-rate" as const),
      over,
      window: given(pick(random, 15, 60)),
      variant,
    },
    { of: pick(random, "ttft" as const, "itl" as const), over, window: given(60) },
    {
      of: pick(
        random,
        "held" as const,
        "router-running" as const,
        "tokens-in-flight" as const,
        "saturation" as const,
        "arrival-rate" as const,
      ),
      ...window,
    },
    { of: pick(random, "desired-replicas" as const, "desired-ratio" as const), variant },
    { of: "constant", value: pick(random, 0, 1, 1e9) },
  );
  const [from, lasts] = [random.below(600), random.below(300)];
  return {
    name,
    measure,
    scrape: given(pick(random, 1, 15, 30)),
    delay: given(pick(random, 0, 30)),
    ...(random.below(5) === 0 ? { factor: pick(random, 0, 1e-9, 100) } : {}),
    ...(random.below(10) === 0 ? { missing: given("nobody selects it") } : {}),
    ...(random.below(4) === 0 ? { outages: [{ from, to: from + lasts }] } : {}),
  };
}

function anyAutoscaler(target: string, random: Stream): Autoscaler {
  const reads = [`${target}/0`, `${target}/1`].slice(0, between(random, 1, 2));
  const policies = () => [
    {
      type: pick(random, "Pods" as const, "Percent" as const),
      value: pick(random, 1, 10, 100),
      periodSeconds: pick(random, 15, 60),
    },
  ];
  const rules = () => ({
    stabilizationWindowSeconds: pick(random, 0, 15, 300),
    ...maybe(random, { policies: policies() }),
  });
  const behavior = { scaleUp: rules(), scaleDown: rules() };
  const min = between(random, 0, 2);
  const max = min + between(random, 1, 8);
  const guard = maybe(random, { guard: given("credit-pending" as const) });
  const common = { target, reads, period: given(pick(random, 15, 30)), ...guard };
  if (random.below(2) === 0) {
    return {
      kind: "keda",
      ...common,
      minor: pick(random, 12, 18, 20),
      scaledObject: {
        name: target,
        spec: {
          minReplicaCount: min,
          maxReplicaCount: max,
          pollingInterval: pick(random, 1, 30),
          cooldownPeriod: pick(random, 0, 60),
          ...maybe(random, { fallback: { failureThreshold: pick(random, 0, 3), replicas: pick(random, 0, 5) } }),
          advanced: { horizontalPodAutoscalerConfig: { behavior } },
          triggers: reads.map(() => ({
            type: "prometheus",
            metadata: { threshold: pick(random, "0.001", "1", "20"), activationThreshold: pick(random, "0", "5") },
          })),
        },
      },
    };
  }
  const metrics = reads.map((name): HpaSpec["metrics"][number] => {
    const target = milliOf(pick(random, 0.001, 1, 20));
    return {
      type: "External",
      external: {
        metric: { name },
        target:
          random.below(2) === 0 ? { type: "Value", value: target } : { type: "AverageValue", averageValue: target },
      },
    };
  });
  return {
    kind: "hpa",
    ...common,
    spec: { minReplicas: Math.max(1, min), maxReplicas: Math.max(1, max), metrics, behavior },
  };
}

function anyWva(names: readonly string[], random: Stream): Wva {
  return {
    profile: pick(random, "v0.4" as const, "v0.5" as const, "v0.6" as const, "main" as const),
    interval: given(pick(random, 15, 30, 60)),
    thresholds: {
      kvCacheThreshold: pick(random, 0.5, 0.8),
      queueLengthThreshold: pick(random, 1, 5),
      kvSpareTrigger: pick(random, 0.1, 0.4),
      queueSpareTrigger: pick(random, 0, 3),
    },
    scrape: given(15),
    window: given(pick(random, 15, 60)),
    variants: names.map((name) => ({
      name,
      cost: given(pick(random, 0, 5, 20)),
      accelerator: pick(random, "H100", "L40S"),
    })),
    ...(random.below(3) === 0
      ? { zero: { scaleToZero: random.below(2) === 0, retention: given(pick(random, 60, 600)) } }
      : {}),
    limiter: random.below(3) === 0,
    ...(random.below(4) === 0 ? { outages: [{ from: 100, to: 300 }] } : {}),
  };
}
