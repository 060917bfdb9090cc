import { findGpu } from "../../server/engine/catalogue/find-gpu.ts";
import { findModel } from "../../server/engine/catalogue/find-model.ts";
import { defaultProfile } from "../../server/engine/epp/profile.ts";
import { stream } from "../../server/engine/random/stream.ts";
import type { Policy } from "../../server/engine/replica/placement.ts";
import { ReplicaTier } from "../../server/engine/replica/replica-tier.ts";
import type { ReplicaServer } from "../../server/engine/replica/server.ts";
import { isUnknownStep, stepLaw } from "../../server/engine/serving/step-time.ts";
import { newChunk } from "../../server/engine/traffic/arrivals.ts";
import { drawArrivals } from "../../server/engine/traffic/draw.ts";
import { constant } from "../../server/engine/traffic/rate.ts";
import type { Traffic } from "../../server/engine/traffic/traffic.ts";
import { processor } from "./processor.ts";

/** Requests of a day by the exact tier, against a plain loop that only draws the arrivals. */
const [rate, replicas, hour, seed] = [100, 12, 3600, 7];

export const single: Traffic = {
  rate: constant(rate),
  variation: 1,
  prompt: { law: "lognormal", mu: 6, sigma: 0.7, cap: 4096 },
  output: { law: "lognormal", mu: 4.6, sigma: 0.6, cap: 1024 },
};
const sessions: Traffic = {
  ...single,
  prompt: { law: "fixed", tokens: 128 },
  system: { count: 4, tokens: 512 },
  sessions: { turns: { law: "fixed", tokens: 10 }, pause: 20, context: 8192 },
};

function server(): ReplicaServer {
  const { model } = findModel("meta-llama/Llama-3.1-8B-Instruct") ?? {};
  const gpu = findGpu("H100");
  if (model === undefined || gpu === undefined) throw new Error("the catalogue has lost the bench's model or GPU");
  const law = stepLaw(model, gpu, { tensor: 1 });
  if (isUnknownStep(law)) throw new Error(`the law of a step needs ${law.missing}`);
  const limits = { blockSize: 16, maxRunning: 256, maxBatchedTokens: 8192 };
  return { law, capacity: 420_000, ...limits, prefixCaching: true };
}

export function run(hours: number, policy: Policy, traffic: Traffic): ReplicaTier {
  const ties = stream(seed, "ties");
  const tier = new ReplicaTier({
    servers: new Map([["llama", server()]]),
    arrivals: drawArrivals(traffic, seed),
    systemPrompts: [512, 512, 512, 512],
    policy,
    random: () => ties.uniform(),
    scrape: 0.05,
  });
  for (let n = 0; n < replicas; n++) tier.start(`llama-${n}`, "llama");
  for (let at = 15; at <= hours * hour; at += 15) tier.advance(at);
  return tier;
}

let kept = 0;
/** Kept, so that none is freed while another is measured. */
const tiers: ReplicaTier[] = [];
function plain(hours: number, traffic: Traffic): void {
  const source = drawArrivals(traffic, seed);
  const chunk = newChunk(4096);
  for (let count = chunk.time.length; count === chunk.time.length; ) {
    count = source.fill(chunk, hours * hour);
    for (let n = 0; n < count; n++) kept += (chunk.time[n] as number) + (chunk.prompt[n] as number);
  }
}

/** Prints a line for each way of spreading requests. */
export function benchReplica(hours: number): void {
  console.log(`\n${hours} h of ${rate} requests a second over ${replicas} replicas, by processor time`);
  console.log("                          requests   time(ms)   ns each   against the plain loop   bytes each");
  for (const [title, policy, traffic] of [
    ["in turns", "round-robin", single],
    ["by the usual profile", defaultProfile, single],
    ["the same, with sessions", defaultProfile, sessions],
  ] as const) {
    const bare = processor(() => plain(hours, traffic));
    const before = process.memoryUsage();
    const time = processor(() => {
      tiers.push(run(hours, policy, traffic));
    });
    const after = process.memoryUsage();
    const count = tiers.at(-1)?.journal.lines ?? 0;
    const bytes = (after.arrayBuffers - before.arrayBuffers) / count;
    const cells = [
      title.padEnd(24),
      String(count).padStart(9),
      time.toFixed(0).padStart(10),
      ((time * 1e6) / count).toFixed(0).padStart(9),
      (time / bare).toFixed(1).padStart(24),
      bytes.toFixed(0).padStart(12),
    ];
    console.log(cells.join(" "));
  }
  if (Number.isNaN(kept)) throw new Error("the loop did nothing");
}
