import type { Device } from "../capacity/tiers.ts";
import type { NodePool, PodTemplate } from "../cluster/input.ts";
import type { SchedulingProfile } from "../epp/profile.ts";
import type { ControllerSettings } from "../hpa/controller.ts";
import type { HpaSpec } from "../hpa/spec.ts";
import type { Zone } from "../keda/cron/zone.ts";
import type { ScaledObject } from "../keda/spec.ts";
import type { Origins, Sourced } from "../sourced.ts";
import type { BytesPerSecond } from "../units.ts";
import type { WvaProfile } from "../wva/profiles.ts";
import type { SaturationThresholds } from "../wva/v1/analyze.ts";
import type { TokenThresholds } from "../wva/v2/analyze.ts";
import type { VariantRole } from "../wva/variant.ts";
import type { Outage, Signal } from "./signal.ts";

/** One model as it is served: its variants, what scales them, where they run, and the traffic that comes. */
export interface Scenario {
  readonly variants: readonly Variant[];
  readonly pools: readonly NodePool[];
  readonly signals: readonly Signal[];
  readonly autoscalers: readonly Autoscaler[];
  readonly wva?: Wva;
  readonly router: Router;
  /** Absent: keys and values take no time on their way to another pod. */
  readonly link?: Link;
  readonly traffic: Traffic;
  readonly slo: Slo;
  /** Seconds since 1970, UTC, at the start: cron triggers go by it. Absent: 0. */
  readonly startsAt?: number;
  /** Seconds. */
  readonly duration: number;
  readonly seed: number;
}

/** A Deployment of the model. */
export interface Variant {
  readonly name: string;
  /** Replicas at the start, all of them serving. */
  readonly replicas: Sourced<number>;
  readonly server: ModelServer;
  readonly pod: PodTemplate;
}

export interface ModelServer {
  /** Seconds of one step of the engine: a law of `serving`. */
  readonly law: ServingLaw;
  /** Tokens that the KV cache holds. */
  readonly capacity: Sourced<number>;
  /** max_num_seqs */
  readonly maxRunning: Sourced<number>;
  /** max_num_batched_tokens */
  readonly maxBatchedTokens: Sourced<number>;
  readonly blockSize: number;
  readonly prefixCaching: boolean;
  /** max_model_len: a longer prompt is refused and an answer ends there. Only single requests have lengths. */
  readonly maxLength?: Sourced<number>;
  /** What is kept of prefixes beside the GPU, nearest first. */
  readonly tiers?: readonly CacheTier[];
  /** Prompts are read on one kind of pod and answers written on the other. Absent: on the same. */
  readonly role?: "prefill" | "decode";
}

/** CPU memory or a disk, for prefixes. */
export interface CacheTier {
  /** Tokens that it holds. */
  readonly capacity: number;
  /** Tokens of a chunk; 256 when nobody says. */
  readonly chunk: number;
  readonly device: Device;
  /** Of all ranks together. */
  readonly bytesPerToken: number;
}

/** Over which keys and values go from pods that prefill to pods that decode. */
export interface Link {
  /** Seconds before the first byte. */
  readonly base: number;
  /** Bytes a second. */
  readonly bandwidth: BytesPerSecond;
  /** Of all ranks together. */
  readonly bytesPerToken: number;
}

/** One step: what it computes and what it reads. */
export interface StepLoad {
  readonly decodes: number;
  readonly promptTokens: number;
  /** Read in total. */
  readonly contextTokens: number;
  /** Mean context of the prompt tokens. */
  readonly promptContext: number;
}

export interface ServingLaw {
  stepTime(load: StepLoad): number;
  /** Seconds that only the first token waits for. */
  readonly apiOverhead: number;
}

export type Autoscaler = HpaInput | KedaInput;

export interface HpaInput {
  readonly kind: "hpa";
  readonly target: string;
  readonly spec: HpaSpec;
  /** Names of signals: one for each metric of the spec, in its order. */
  readonly reads: readonly string[];
  readonly settings?: Partial<ControllerSettings>;
  /** Seconds between two syncs. */
  readonly period: Sourced<number>;
  readonly guard?: OvershootGuard;
  readonly origins?: Origins;
}

export interface KedaInput {
  readonly kind: "keda";
  readonly target: string;
  readonly scaledObject: ScaledObject;
  /** Minor version of KEDA 2. */
  readonly minor: number;
  /** Names of signals: one for each trigger, in their order. */
  readonly reads: readonly string[];
  /** Of cron triggers, by their names. One that is not here is taken for UTC. */
  readonly zones?: ReadonlyMap<string, Zone>;
  readonly settings?: Partial<ControllerSettings>;
  readonly period: Sourced<number>;
  readonly guard?: OvershootGuard;
  readonly origins?: Origins;
}

/**
 * Demand with credit for pods on the way, as a query can give it (llm-d's guide on SLO-aware scaling):
 * `demand <= replicas ? demand : max(demand - pending, replicas)`.
 */
export type OvershootGuard = Sourced<"credit-pending">;

export interface Wva {
  readonly profile: WvaProfile;
  /** Seconds between two cycles, as the version really runs them. */
  readonly interval: Sourced<number>;
  readonly thresholds: SaturationThresholds;
  /** The token-based analysis decides. Absent: the percentage-based one. */
  readonly tokens?: TokenThresholds;
  /** Series of the replicas' own metrics: their scrapes, and how far the query looks back. */
  readonly scrape: Sourced<number>;
  readonly window: Sourced<number>;
  readonly missing?: Sourced<string>;
  readonly outages?: readonly Outage[];
  readonly variants: readonly WvaVariant[];
  readonly zero?: { readonly scaleToZero: boolean; readonly retention: Sourced<number> };
  /** The GPU limiter is on. */
  readonly limiter: boolean;
  readonly origins?: Origins;
}

export interface WvaVariant {
  readonly name: string;
  readonly cost: Sourced<number>;
  readonly accelerator: string;
  readonly minReplicas?: Sourced<number>;
  readonly maxReplicas?: Sourced<number>;
  readonly role?: VariantRole;
}

export interface Router {
  /** How requests are spread. Absent: in turns. */
  readonly profile?: SchedulingProfile;
  /** Seconds between two looks at the replicas' metrics. */
  readonly scrape: Sourced<number>;
  /** Absent: off; requests go to a replica at once, and its series do not exist. */
  readonly flowControl?: { readonly maxHeld?: Sourced<number>; readonly timeout?: Sourced<number> };
  readonly detector: { readonly queueDepth: Sourced<number>; readonly kvUsage: Sourced<number> };
  readonly origins?: Origins;
}

export interface Traffic {
  /** Requests a second at a moment. */
  rate(at: number): number;
  /** Means. */
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** Standard deviations over their means. Absent: 0. */
  readonly promptVariation?: number;
  readonly outputVariation?: number;
  /** The same of the times between arrivals; 1 is Poisson's. Absent: gauges of the fluid tier are their means, without chance. */
  readonly variation?: number;
  /** Share of a prompt that a prefix cache of so many tokens holds. Absent: none. */
  reuse?(cachedTokens: number): number;
}

/** Objectives, in seconds, and the share of requests that should meet them. */
export interface Slo {
  readonly ttft?: Sourced<number>;
  readonly itl?: Sourced<number>;
  readonly target: number;
}
