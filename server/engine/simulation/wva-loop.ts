import type { Decision } from "../decision/decision.ts";
import { type Share, share, tokens } from "../units.ts";
import { decideModel } from "../wva/cycle.ts";
import { enforceZeroOnDecisions, type ZeroPolicy } from "../wva/enforce.ts";
import { scaleFromZero } from "../wva/scale-from-zero.ts";
import { collectReplicas, type ScrapedReplica } from "../wva/v1/collect.ts";
import type { ReplicaTokens } from "../wva/v2/analyze.ts";
import { runTokens } from "../wva/v2/cycle.ts";
import { tokenDecisions } from "../wva/v2/explain.ts";
import { noKnowledge, type TokenKnowledge } from "../wva/v2/knowledge.ts";
import type { VariantState } from "../wva/variant.ts";
import { isOut } from "./query.ts";
import type { Variant, Wva } from "./scenario.ts";
import type { Scrape, ScrapedPod } from "./scrapes.ts";
import type { ReplicaGauges } from "./tier.ts";
import type { Wanting } from "./wanting.ts";
import { countsOf, type World } from "./world.ts";

/** The Workload Variant Autoscaler for one model. */
export class WvaLoop {
  readonly #input: Wva;
  readonly #variants: ReadonlyMap<string, Variant>;
  readonly #world: World;
  readonly #desired = new Map<string, number>();
  readonly #published = new Map<string, { readonly desired: number; readonly current: number }>();
  #knowledge: TokenKnowledge = noKnowledge;

  constructor(input: Wva, variants: readonly Variant[], world: World) {
    this.#input = input;
    this.#variants = new Map(variants.map((variant) => [variant.name, variant]));
    this.#world = world;
  }

  /** Its metrics, as they stand. */
  get published(): ReadonlyMap<string, { readonly desired: number; readonly current: number }> {
    return new Map(this.#published);
  }

  cycle(now: number): void {
    const states = this.#states();
    const blind = this.#isBlind(now);
    const scrapes = blind ? [] : this.#scrapes(now, this.#input.window.value);
    const decisions = this.#decide(states, scrapes, now);
    for (const decision of decisions) {
      // Without data the last decision is published again; without pods the model is passed over.
      if (scrapes.length > 0 && decision.reason.id !== "wva/no-analysis")
        this.#desired.set(decision.subject, decision.to);
      else if (!blind) continue;
      const desired = this.#desired.get(decision.subject) ?? decision.from;
      this.#published.set(decision.subject, { desired, current: decision.from });
    }
    for (const decision of decisions) this.#tell(decision, now);
  }

  /** The loop of its own that wakes variants at zero. */
  wake(held: number, now: number): void {
    const { cluster, log } = this.#world;
    if (!(held > 0)) return;
    const model = "the model";
    const inactive = this.#input.variants.map(({ name }) => ({
      variant: name,
      modelId: model,
      current: cluster.replicasOf(name),
    }));
    for (const decision of scaleFromZero(inactive, new Map([[model, held]]))) {
      log.add(now, decision, this.#input.origins);
      this.#desired.set(decision.subject, decision.to);
      this.#published.set(decision.subject, { desired: decision.to, current: decision.from });
      this.#world.wants(`wva ${decision.subject}`, now, undefined);
      cluster.scale(decision.subject, decision.to, now);
    }
  }

  #isBlind(now: number): boolean {
    const { missing, outages = [] } = this.#input;
    return missing !== undefined || isOut(outages, now);
  }

  #scrapes(now: number, window: number): readonly Scrape[] {
    const { outages = [], scrape } = this.#input;
    return this.#world
      .scrapesEvery(scrape.value)
      .between(now - window, now)
      .filter(({ at }) => !isOut(outages, at));
  }

  /** Variants that are at zero are left to the loop that wakes them. */
  #states(): readonly VariantState[] {
    return this.#input.variants.flatMap(({ name, minReplicas, maxReplicas, role }) => {
      const { specReplicas, statusReplicas, readyReplicas } = countsOf(this.#world.cluster, name);
      if (specReplicas === 0) return [];
      const current = statusReplicas === 0 ? specReplicas : statusReplicas;
      return [
        {
          variant: name,
          current,
          desired: this.#desired.get(name) ?? 0,
          pending: Math.max(0, current - readyReplicas),
          gpusPerReplica: this.#variants.get(name)?.pod.gpus ?? 1,
          ...(minReplicas === undefined ? {} : { minReplicas: minReplicas.value }),
          ...(maxReplicas === undefined ? {} : { maxReplicas: maxReplicas.value }),
          ...(role === undefined ? {} : { role }),
        },
      ];
    });
  }

  #decide(states: readonly VariantState[], scrapes: readonly Scrape[], now: number): readonly Decision[] {
    const { profile, thresholds, limiter } = this.#input;
    const seen = this.#podsIn(scrapes, states);
    const zero = this.#zero(now);
    if (this.#input.tokens === undefined) {
      return decideModel({
        thresholds,
        profile,
        states,
        replicas: collectReplicas(seen.map(scraped)),
        ...(zero === undefined ? {} : { zero }),
        ...(limiter ? { gpus: this.#gpus() } : {}),
      });
    }
    const decided = runTokens({
      thresholds: this.#input.tokens,
      profile,
      states,
      knowledge: this.#knowledge,
      replicas: seen.map((pod) => this.#tokensOf(pod)),
    });
    this.#knowledge = decided.knowledge;
    const decisions = tokenDecisions(decided);
    if (zero === undefined) return decisions;
    const costs = new Map(this.#input.variants.map(({ name, cost }) => [name, cost.value]));
    return enforceZeroOnDecisions(decisions, { ...zero, costs, profile });
  }

  /** Pods that reported in the window and are still there: an owner is looked up for each. */
  #podsIn(scrapes: readonly Scrape[], states: readonly VariantState[]): readonly SeenPod[] {
    const seen: SeenPod[] = [];
    for (const { name, cost, accelerator } of this.#input.variants) {
      if (!states.some(({ variant }) => variant === name)) continue;
      for (const { id } of this.#world.cluster.podsOf(name)) seen.push(newSeen(id, name, cost.value, accelerator));
    }
    const byId = new Map(seen.map((pod) => [pod.id, pod]));
    for (const { pods } of scrapes)
      for (let index = 0; index < pods.length; index++) {
        const { id, gauges } = pods[index] as ScrapedPod;
        // Mostly the same pods are there in the same order.
        const pod = seen[index]?.id === id ? seen[index] : byId.get(id);
        if (pod !== undefined) look(pod, gauges);
      }
    return seen.filter(({ last }) => last !== undefined);
  }

  #tokensOf({ variant, accelerator, cost, kvUsage, waiting, ...seen }: SeenPod): ReplicaTokens {
    const total = this.#variants.get(variant)?.server.capacity.value ?? 0;
    const [first, last] = [seen.first?.counters, seen.last?.counters];
    const ratio = (
      over: "promptTokens" | "outputTokens" | "cachedTokens",
      by: "ttftCount" | "finished" | "promptTokens",
    ) => {
      const count = (last?.[by] ?? 0) - (first?.[by] ?? 0);
      return count > 0 ? ((last?.[over] ?? 0) - (first?.[over] ?? 0)) / count : 0;
    };
    return {
      variant,
      accelerator,
      cost,
      tokensInUse: tokens(Math.round(kvUsage * total)),
      totalKvTokens: tokens(total),
      queueLength: waiting,
      avgInputTokens: ratio("promptTokens", "ttftCount"),
      avgOutputTokens: ratio("outputTokens", "finished"),
      prefixCacheHitRate: share(ratio("cachedTokens", "promptTokens")) as Share,
    };
  }

  #zero(now: number): Pick<ZeroPolicy, "scaleToZero" | "requestCount"> | undefined {
    const { zero } = this.#input;
    if (zero === undefined) return undefined;
    return {
      scaleToZero: zero.scaleToZero,
      requestCount: this.#isBlind(now) ? null : this.#requests(now, zero.retention.value),
    };
  }

  /** sum(increase(request_success_total[retention])); nobody knows before two scrapes. */
  #requests(now: number, retention: number): number | null {
    const seen = new Map<string, { readonly first: ReplicaGauges; last: ReplicaGauges }>();
    let known = false;
    for (const { pods } of this.#scrapes(now, retention))
      for (const { id, gauges } of pods) {
        const pod = seen.get(id);
        if (pod === undefined) seen.set(id, { first: gauges, last: gauges });
        else {
          pod.last = gauges;
          known = true;
        }
      }
    let sum = 0;
    for (const { first, last } of seen.values()) sum += last.counters.finished - first.counters.finished;
    return known ? sum : null;
  }

  #gpus() {
    const discovered = new Map<string, number>();
    const acceleratorOf = new Map<string, string>();
    const poolOf = new Map<string, string>();
    for (const { name, accelerator } of this.#input.variants) {
      acceleratorOf.set(name, accelerator);
      poolOf.set(this.#variants.get(name)?.pod.pool ?? "", accelerator);
    }
    for (const { pool, phase } of this.#world.cluster.nodes) {
      const accelerator = poolOf.get(pool.name);
      if (phase === "ready" && accelerator !== undefined)
        discovered.set(accelerator, (discovered.get(accelerator) ?? 0) + pool.gpusPerNode);
    }
    return { discovered, acceleratorOf };
  }

  #tell(decision: Decision, now: number): void {
    const { origins } = this.#input;
    this.#world.log.add(now, decision, origins);
    const hold = decision.held.find(({ wanted, allowed }) => wanted > allowed && wanted > decision.from);
    const short = decision.to > this.#world.cluster.replicasOf(decision.subject) || hold !== undefined;
    const wanting: Wanting = { part: "decision", by: hold?.by ?? "wva_desired_replicas" };
    this.#world.wants(`wva ${decision.subject}`, now, short ? wanting : undefined);
  }
}

/** What the window has of a pod: the most of its gauges, and its counters' first and last. */
interface SeenPod {
  readonly id: string;
  readonly variant: string;
  readonly cost: number;
  readonly accelerator: string;
  kvUsage: number;
  waiting: number;
  first: ReplicaGauges | undefined;
  last: ReplicaGauges | undefined;
}

function newSeen(id: string, variant: string, cost: number, accelerator: string): SeenPod {
  return { id, variant, cost, accelerator, kvUsage: 0, waiting: 0, first: undefined, last: undefined };
}

function look(pod: SeenPod, gauges: ReplicaGauges): void {
  pod.first ??= gauges;
  pod.last = gauges;
  if (gauges.kvUsage > pod.kvUsage) pod.kvUsage = gauges.kvUsage;
  if (gauges.waiting > pod.waiting) pod.waiting = gauges.waiting;
}

function scraped({ id, variant, cost, kvUsage, waiting }: SeenPod): ScrapedReplica {
  return { variant, pod: id, cost, kvUsage, queueLength: waiting };
}
