import { exponential } from "../../server/engine/random/draws.ts";
import { stream } from "../../server/engine/random/stream.ts";
import { newChunk } from "../../server/engine/traffic/arrivals.ts";
import { drawArrivals } from "../../server/engine/traffic/draw.ts";
import { presetOf } from "../../server/engine/traffic/presets.ts";
import { constant } from "../../server/engine/traffic/rate.ts";
import type { Traffic } from "../../server/engine/traffic/traffic.ts";
import { fastest } from "./processor.ts";

/** A day of 100 requests a second, against a plain loop that only draws the gaps between them. */
const count = 8_640_000;
const day = 86_400;

const chat = presetOf("chat-week")?.traffic;
const agents = presetOf("agents")?.traffic;
const fixed: Traffic = {
  rate: constant(count / day),
  variation: 1,
  prompt: { law: "fixed", tokens: 1024 },
  output: { law: "fixed", tokens: 256 },
};
const cases: readonly [title: string, traffic: Traffic][] = [
  ["Poisson, fixed lengths", fixed],
  ["Poisson, lognormal lengths", { ...fixed, ...(chat && { prompt: chat.prompt, output: chat.output }) }],
  ["Gamma 2, lognormal lengths", { ...fixed, variation: 2, ...(chat && { prompt: chat.prompt, output: chat.output }) }],
  ["Gamma 3, sessions of agents", { ...agents, ...fixed, variation: 3 }],
];

let kept = 0;

function plainLoop(): void {
  const dice = stream(7, "plain");
  for (let n = 0; n < count; n++) kept += exponential(dice);
}

/** All arrivals of the day in chunks; says how many. */
function drawDay(traffic: Traffic): number {
  const source = drawArrivals(traffic, 7);
  const chunk = newChunk(4096);
  let drawn = 0;
  for (let filled = source.fill(chunk, day); filled > 0; filled = source.fill(chunk, day)) {
    drawn += filled;
    kept += chunk.prompt[0] ?? 0;
  }
  return drawn;
}

/** Prints a line a kind of traffic. */
export function benchArrivals(): void {
  const plain = fastest(plainLoop, 3);
  console.log(
    `\n24 h of 100 requests a second  arrivals  time(ms)  against drawing the gaps alone (${plain.toFixed(0)} ms)`,
  );
  for (const [title, traffic] of cases) {
    let drawn = 0;
    const time = fastest(() => {
      drawn = drawDay(traffic);
    }, 3);
    console.log(
      `${title.padEnd(28)} ${String(drawn).padStart(10)} ${time.toFixed(0).padStart(9)} ${(time / plain).toFixed(1).padStart(10)}`,
    );
  }
  if (Number.isNaN(kept)) throw new Error("the loop did nothing");
}
