import { azureCodeWeek, azureConversationWeek } from "./azure-weeks.ts";
import type { LengthLaw } from "./length.ts";
import { constant, profile, steps, withSpike } from "./rate.ts";
import type { Traffic } from "./traffic.ts";

/** Traffic that people know, with where its numbers are from. */
export interface Preset {
  readonly name: string;
  readonly title: string;
  /** What it is good for. */
  readonly use: string;
  readonly source: string;
  readonly traffic: Traffic;
}

const fixed = (tokens: number): LengthLaw => ({ law: "fixed", tokens });
const lognormal = (mu: number, sigma: number, cap: number): LengthLaw => ({ law: "lognormal", mu, sigma, cap });
const hour = 3600;

/** Their order is that of a menu. */
export const presets: readonly Preset[] = [
  {
    name: "steady",
    title: "Steady",
    use: "A constant rate and equal requests: what a configuration does when nothing changes.",
    source: "None: 5 requests a second of 1,024 and 256 tokens, gaps by Poisson's law.",
    traffic: { rate: constant(5), variation: 1, prompt: fixed(1024), output: fixed(256) },
  },
  {
    name: "office-hours",
    title: "Office hours (Azure code 2024)",
    use: "A working week of code completion: 31 times as much in the busiest hour as in the calmest, weekends nearly empty.",
    source:
      "Azure/AzurePublicDataset (CC-BY): hours of the code trace of May 10-16, 2024; lengths fitted to the code trace of 2023. Variation of the gaps chosen within the 1.5-3 that ServeGen (NSDI 2026) reports.",
    traffic: {
      rate: profile(azureCodeWeek, hour),
      variation: 2,
      prompt: lognormal(7, 1.36, 8192),
      output: lognormal(2.79, 0.85, 512),
    },
  },
  {
    name: "chat-week",
    title: "Chat week (Azure conversations 2024)",
    use: "A week of chat that never sleeps: 3.5 times as much in the busiest hour as in the calmest.",
    source:
      "Azure/AzurePublicDataset (CC-BY): hours of the conversation trace of May 12-18, 2024; lengths and variation of the gaps fitted to the conversation trace of 2023.",
    traffic: {
      rate: profile(azureConversationWeek, hour),
      variation: 1.1,
      prompt: lognormal(6.63, 0.99, 8192),
      output: lognormal(5.02, 0.86, 1536),
    },
  },
  {
    name: "spike",
    title: "Spike",
    use: "Four times the traffic within a minute, for ten minutes: what an autoscaler that needs minutes makes of it.",
    source:
      "Height and rise from the code trace of 2023 in Azure/AzurePublicDataset, whose busiest minute is 4.2 times its mean; base of 4 requests a second and an hour's length chosen.",
    traffic: {
      rate: withSpike(steps([{ rate: 4, lasts: hour }]), { at: 900, rise: 60, lasts: 600, height: { times: 4 } }),
      variation: 2,
      prompt: fixed(1024),
      output: fixed(256),
    },
  },
  {
    name: "ramp",
    title: "Ramp (llm-d guide)",
    use: "The load that llm-d's guide for SLO-aware autoscaling was scored with.",
    source:
      "llm-d, guides/workload-autoscaling/slo-aware/benchmark-templates/BENCHMARK.md: 40.5 minutes, 4,000 and 1,000 tokens.",
    traffic: {
      rate: steps([
        { rate: 2, lasts: 330 },
        { rate: 4, lasts: 360 },
        { rate: 6, lasts: 360 },
        { rate: 8, lasts: 360 },
        { rate: 10, lasts: 360 },
        { rate: 4, lasts: 360 },
        { rate: 1, lasts: 300 },
      ]),
      variation: 1,
      prompt: fixed(4000),
      output: fixed(1000),
    },
  },
  {
    name: "long-context",
    title: "Long context with reuse (Mooncake)",
    use: "Long prompts that share beginnings: what tiers of a KV cache are worth.",
    source:
      "kvcache-ai/Mooncake (Apache-2.0), conversation trace: rate, lengths and the hit ratio of an LRU cache over its size; sessions fitted to them. Variation of the gaps as ServeGen's: the trace's own 3.0 comes from timestamps that are rounded to 3 s.",
    traffic: {
      rate: constant(3.4),
      variation: 1.5,
      prompt: lognormal(8.15, 0.9, 131_072),
      output: lognormal(5.7, 0.5, 2048),
      sessions: {
        turns: { law: "uniform", from: 1, to: 3 },
        pause: 160,
        prompt: lognormal(8.4, 1.25, 131_072),
        context: 131_072,
      },
      reuse: [
        { tokens: 0.5e6, share: 0.045 },
        { tokens: 2.6e6, share: 0.112 },
        { tokens: 5.1e6, share: 0.212 },
        { tokens: 15.4e6, share: 0.326 },
        { tokens: 51e6, share: 0.364 },
        { tokens: 200e6, share: 0.366 },
      ],
    },
  },
  {
    name: "agents",
    title: "Agent sessions",
    use: "Coding agents: thirty turns, prompts that grow with each, short answers; nearly everything has been said before.",
    source:
      "LMCache's agentic traces (787 sessions of 32 turns, above 90 % of the tokens reused) and InferenceX cc-traces (86-97 % reused); tokens of a turn, pause and rate chosen to match.",
    traffic: {
      rate: constant(1),
      variation: 3,
      system: { count: 3, tokens: 6000 },
      prompt: lognormal(7.6, 1, 32_768),
      output: lognormal(5, 0.8, 4096),
      sessions: {
        turns: { law: "uniform", from: 10, to: 50 },
        pause: 30,
        prompt: lognormal(7, 1.2, 32_768),
        context: 131_072,
      },
    },
  },
  {
    name: "reasoning",
    title: "Reasoning",
    use: "Answers longer than questions: decode decides, and the KV cache grows while tokens are made.",
    source:
      "inference-sim/sim-to-real-accuracy-validation, workload reasoning-lite: 1,034 and 1,448 tokens; one request a second for each replica that is meant to serve it.",
    traffic: { rate: constant(1), variation: 1, prompt: fixed(1034), output: fixed(1448) },
  },
];

export const presetOf = (name: string): Preset | undefined => presets.find((preset) => preset.name === name);
