import { type Stream, stream } from "../random/stream.ts";
import type { AliasTable } from "./alias.ts";
import { ArrivalTimes } from "./arrival-times.ts";
import type { ArrivalSource, Arrivals } from "./arrivals.ts";
import { lengths } from "./length.ts";
import type { Traffic } from "./traffic.ts";

/** Requests that know nothing of each other, but for a system prompt. */
export class SingleRequests implements ArrivalSource {
  readonly #times: ArrivalTimes;
  readonly #prompts: Column;
  readonly #outputs: Column;
  readonly #systems: Stream;
  readonly #systemCount: number;
  readonly #systemTokens: number;

  constructor(traffic: Traffic, seed: number) {
    this.#times = new ArrivalTimes(traffic, seed);
    this.#prompts = { law: lengths(traffic.prompt), stream: stream(seed, "prompts") };
    this.#outputs = { law: lengths(traffic.output), stream: stream(seed, "outputs") };
    this.#systems = stream(seed, "systems");
    this.#systemCount = traffic.system?.count ?? 0;
    this.#systemTokens = traffic.system?.tokens ?? 0;
  }

  fill(chunk: Arrivals, until: number): number {
    const count = this.#times.fill(chunk.time, until);
    this.#prompts.law.fill(this.#prompts.stream, chunk.prompt, count);
    this.#outputs.law.fill(this.#outputs.stream, chunk.output, count);
    chunk.session.fill(-1, 0, count);
    chunk.turn.fill(0, 0, count);
    chunk.history.fill(0, 0, count);
    this.#addSystem(chunk, count);
    return count;
  }

  #addSystem({ system, prompt }: Arrivals, count: number): void {
    if (this.#systemCount === 0) {
      system.fill(-1, 0, count);
      return;
    }
    for (let n = 0; n < count; n++) {
      system[n] = this.#systems.below(this.#systemCount);
      prompt[n] = (prompt[n] as number) + this.#systemTokens;
    }
  }
}

interface Column {
  readonly law: AliasTable;
  readonly stream: Stream;
}
