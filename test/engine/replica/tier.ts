import { ReplicaTier, type ReplicaTierInput } from "../../../server/engine/replica/replica-tier.ts";
import type { ReplicaServer } from "../../../server/engine/replica/server.ts";
import type { ArrivalSource, Arrivals } from "../../../server/engine/traffic/arrivals.ts";
import { usualServer } from "./alone.ts";
import { smoothLaw } from "./laws.ts";

/** mulberry32. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Request {
  readonly at: number;
  readonly isl: number;
  readonly osl: number;
  readonly session?: number;
  readonly system?: number;
  readonly history?: number;
}

/** Requests of a list, in the order of their times. */
export class Listed implements ArrivalSource {
  private readonly all: readonly Request[];
  private next = 0;

  constructor(all: readonly Request[]) {
    this.all = all;
  }

  fill(chunk: Arrivals, until: number): number {
    let count = 0;
    for (let one = this.all[this.next]; one !== undefined && one.at < until; one = this.all[this.next]) {
      if (count === chunk.time.length) break;
      chunk.time[count] = one.at;
      chunk.prompt[count] = one.isl;
      chunk.output[count] = one.osl;
      chunk.session[count] = one.session ?? -1;
      chunk.system[count] = one.system ?? -1;
      chunk.history[count] = one.history ?? 0;
      count++;
      this.next++;
    }
    return count;
  }
}

export const usual: ReplicaServer = { ...usualServer, law: smoothLaw };

/** A tier of so many equal replicas, `chat-0` and so on. */
export function tierOf(
  replicas: number,
  requests: readonly Request[],
  more: Partial<ReplicaTierInput> = {},
): ReplicaTier {
  const tier = new ReplicaTier({
    servers: new Map([["chat", usual]]),
    arrivals: new Listed(requests),
    systemPrompts: [512, 100],
    policy: "round-robin",
    random: dice(7),
    scrape: 0.05,
    ...more,
  });
  for (let n = 0; n < replicas; n++) tier.start(`chat-${n}`, "chat");
  return tier;
}

/** Poisson arrivals until `until`, lengths even between the bounds. */
export function poisson(
  rate: number,
  until: number,
  seed: number,
  lengths = { isl: [50, 400], osl: [1, 150] },
): Request[] {
  const random = dice(seed);
  const between = ([from = 0, to = 0]: readonly number[]) => from + Math.floor(random() * (to - from + 1));
  const all: Request[] = [];
  for (let at = 0; ; ) {
    at += -Math.log(1 - random()) / rate;
    if (at >= until) return all;
    all.push({ at, isl: between(lengths.isl), osl: between(lengths.osl) });
  }
}

/** Conversations whose turns come one after the other, each with a system prompt and all that was said before. */
export function conversations(count: number, turns: number, pause: number, seed: number): Request[] {
  const random = dice(seed);
  const all: Request[] = [];
  for (let session = 0; session < count; session++) {
    let at = random() * pause;
    let history = 0;
    for (let turn = 0; turn < turns; turn++) {
      const [said, osl] = [40 + Math.floor(random() * 100), 20 + Math.floor(random() * 60)];
      all.push({ at, isl: 512 + history + said, osl, session, system: 0, history });
      history += said + osl;
      at += pause * (0.5 + random());
    }
  }
  return all.sort((a, b) => a.at - b.at);
}
