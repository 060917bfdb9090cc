import { defaultProfile } from "../../server/engine/epp/profile.ts";
import type { Policy } from "../../server/engine/replica/placement.ts";
import { ReplicaTier } from "../../server/engine/replica/replica-tier.ts";
import { type ArrivalSource, type Arrivals, arrivalsOf } from "../../server/engine/replica/requests.ts";
import type { ReplicaServer } from "../../server/engine/replica/server.ts";
import type { ServingLaw } from "../../server/engine/simulation/scenario.ts";

/** Requests of a day by the exact tier, against a plain loop that only draws the arrivals. */
const [rate, replicas, hour] = [100, 12, 3600];

/** Llama 3.1 8B on an H100, in one formula. */
const law: ServingLaw = {
  apiOverhead: 0.008,
  stepTime: ({ decodes, promptTokens, contextTokens, promptContext }) => {
    const [weights, compute] = [0.00509, (decodes + promptTokens) * 2.17e-5];
    const squares = weights * weights * weights * weights + compute * compute * compute * compute;
    const sequences = 0.00192 + decodes * 35e-6;
    return Math.sqrt(Math.sqrt(squares)) + contextTokens * 4.35e-8 + promptTokens * promptContext * 1.06e-9 + sequences;
  },
};

const server: ReplicaServer = {
  law,
  capacity: 420_000,
  blockSize: 16,
  maxRunning: 256,
  maxBatchedTokens: 8192,
  prefixCaching: true,
};

/** mulberry32: enough for a bench. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Poisson arrivals of prompts of 256 to 768 and answers of 64 to 192 tokens; turns of conversations when there are some. */
class Drawn implements ArrivalSource {
  private readonly random = dice(7);
  private next = 0;
  private readonly conversations: number;
  private readonly lengths = new Int32Array(4096);

  constructor(conversations: number) {
    this.conversations = conversations;
  }

  fill(chunk: Arrivals, until: number): number {
    const { random } = this;
    let count = 0;
    while (count < chunk.time.length && this.next < until) {
      chunk.time[count] = this.next;
      chunk.prompt[count] = 256 + Math.floor(random() * 512);
      chunk.output[count] = 64 + Math.floor(random() * 128);
      if (this.conversations > 0) this.converse(chunk, count);
      this.next += -Math.log(1 - random()) / rate;
      count++;
    }
    return count;
  }

  /** A conversation ends when it has grown too long. */
  private converse({ history, output, prompt, session, system }: Arrivals, n: number): void {
    const who = Math.floor(this.random() * this.conversations);
    const before = this.lengths[who] as number;
    session[n] = who;
    system[n] = who % 4;
    history[n] = before;
    prompt[n] = 512 + before + (prompt[n] as number) / 4;
    this.lengths[who] = before > 6000 ? 0 : (prompt[n] as number) - 512 + (output[n] as number);
  }
}

function run(hours: number, policy: Policy, conversations: number) {
  const tier = new ReplicaTier({
    servers: new Map([["llama", server]]),
    arrivals: new Drawn(conversations),
    systemPrompts: [512, 512, 512, 512],
    policy,
    random: dice(11),
    scrape: 0.05,
  });
  for (let n = 0; n < replicas; n++) tier.start(`llama-${n}`, "llama");
  for (let at = 15; at <= hours * hour; at += 15) tier.advance(at);
  return tier;
}

export function runForProfile(h: number, w: string, c: number) {
  return run(h, w === "profile" ? defaultProfile : "round-robin", c);
}

let kept = 0;
export function plain(hours: number, conversations: number): void {
  const source = new Drawn(conversations);
  const chunk = arrivalsOf(4096);
  for (let count = chunk.time.length; count === chunk.time.length; ) {
    count = source.fill(chunk, hours * hour);
    for (let n = 0; n < count; n++) kept += (chunk.time[n] as number) + (chunk.prompt[n] as number);
  }
}

/** Of the processor: what others do on the machine does not count. */
function milliseconds(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  return process.cpuUsage(start).user / 1000;
}

export function benchReplica(hours: number): void {
  plain(1, 0);
  console.log(`\n${hours} h of ${rate} requests a second over ${replicas} replicas`);
  console.log("                          requests   time(ms)   ns each   against the plain loop   bytes each");
  for (const [title, policy, conversations] of [
    ["in turns", "round-robin", 0],
    ["by the usual profile", defaultProfile, 0],
    ["the same, conversations", defaultProfile, 2000],
  ] as const) {
    const bare = milliseconds(() => plain(hours, conversations));
    const before = process.memoryUsage();
    let tier: ReplicaTier | undefined;
    const time = milliseconds(() => {
      tier = run(hours, policy, conversations);
    });
    const after = process.memoryUsage();
    const count = tier?.journal.lines ?? 0;
    const bytes = (after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed) / count;
    console.log(
      `${title.padEnd(24)} ${String(count).padStart(9)} ${time.toFixed(0).padStart(10)} ${((time * 1e6) / count).toFixed(0).padStart(9)} ${(time / bare).toFixed(1).padStart(24)} ${bytes.toFixed(0).padStart(12)}`,
    );
    const stats = tier?.window(0, hours * hour);
    if (process.env["SHOW"] !== undefined) console.log(stats);
  }
  if (Number.isNaN(kept)) throw new Error("the loop did nothing");
}
