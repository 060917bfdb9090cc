import { type Stream, stream } from "../random/stream.ts";
import { AliasTable } from "./alias.ts";
import { ArrivalTimes } from "./arrival-times.ts";
import type { ArrivalSource, Arrivals } from "./arrivals.ts";
import { lengths, weightsOf } from "./length.ts";
import type { Sessions, Traffic } from "./traffic.ts";

/** More are not kept open, whatever rate and pause say. */
const mostOpen = 2 ** 20;

/** Sessions that wait for their next turn: those requests that go on with one, times the pause before each (Little's law). */
export function openAt(rate: number, { turns, pause }: Sessions): number {
  return rate * (1 - 1 / lengths(turns).mean) * pause;
}

interface Session {
  readonly id: number;
  readonly system: number;
  turn: number;
  turnsLeft: number;
  history: number;
}

/**
 * Requests of sessions. The rate and the law of the gaps are those of the requests; which session a request belongs to is chosen
 * among those that are open. As many are kept open as the rate asks for, and any of them is as likely to go on, so that pauses
 * follow Poisson's law. At the start the sessions are in full swing, as whoever looks in finds them.
 */
export class OpenSessions implements ArrivalSource {
  readonly #times: ArrivalTimes;
  readonly #sessions: Sessions;
  readonly #firsts: AliasTable;
  readonly #laters: AliasTable;
  readonly #outputs: AliasTable;
  readonly #turns: AliasTable;
  readonly #systemCount: number;
  readonly #systemTokens: number;
  readonly #dice: { readonly prompts: Stream; readonly outputs: Stream; readonly sessions: Stream };
  readonly #open: Session[] = [];
  #nextId = 0;

  constructor(traffic: Traffic, sessions: Sessions, seed: number) {
    this.#times = new ArrivalTimes(traffic, seed);
    this.#sessions = sessions;
    this.#firsts = lengths(traffic.prompt);
    this.#laters = lengths(sessions.prompt ?? traffic.prompt);
    this.#outputs = lengths(traffic.output);
    this.#turns = lengths(sessions.turns);
    this.#systemCount = traffic.system?.count ?? 0;
    this.#systemTokens = traffic.system?.tokens ?? 0;
    const [prompts, outputs, dice] = [stream(seed, "prompts"), stream(seed, "outputs"), stream(seed, "sessions")];
    this.#dice = { prompts, outputs, sessions: dice };
    this.#lookIn(stream(seed, "sessions before"));
  }

  fill(chunk: Arrivals, until: number): number {
    const count = this.#times.fill(chunk.time, until);
    for (let n = 0; n < count; n++) this.#request(chunk, n);
    return count;
  }

  #request(chunk: Arrivals, n: number): void {
    const wanted = this.#wanted(chunk.time[n] as number);
    const { prompts, outputs, sessions } = this.#dice;
    const output = this.#outputs.draw(outputs);
    let place = this.#open.length < wanted ? this.#begin() : sessions.below(this.#open.length);
    let session = this.#open[place] as Session;
    let prompt =
      this.#systemTokens + session.history + (session.turn === 0 ? this.#firsts : this.#laters).draw(prompts);
    if (session.turn > 0 && prompt + output > this.#sessions.context) {
      this.#end(place);
      place = this.#begin();
      session = this.#open[place] as Session;
      prompt = this.#systemTokens + this.#firsts.draw(prompts);
    }
    chunk.prompt[n] = prompt;
    chunk.output[n] = output;
    chunk.session[n] = session.id;
    chunk.turn[n] = session.turn;
    chunk.system[n] = session.system;
    chunk.history[n] = session.history;
    session.turn++;
    session.history = prompt - this.#systemTokens + output;
    if (--session.turnsLeft <= 0) this.#end(place);
  }

  /** Sessions that are open at a rate; one at least, so that each request has one. */
  #wanted(at: number): number {
    const open = openAt(this.#times.course.rate(at), this.#sessions);
    return Math.max(1, Math.min(mostOpen, Math.round(open)));
  }

  #begin(): number {
    const { sessions } = this.#dice;
    return this.#push(this.#turns.draw(sessions), this.#systemCount === 0 ? -1 : sessions.below(this.#systemCount));
  }

  #push(turnsLeft: number, system: number): number {
    return this.#open.push({ id: this.#nextId++, system, turn: 0, turnsLeft, history: 0 }) - 1;
  }

  #end(place: number): void {
    const last = this.#open.pop() as Session;
    if (place < this.#open.length) this.#open[place] = last;
  }

  /** Sessions of n turns have n - 1 pauses in which they can be met, and each is met in any of them. */
  #lookIn(dice: Stream): void {
    const { first, weights } = weightsOf(this.#sessions.turns);
    const pauses = weights.map((weight, n) => weight * (first + n - 1));
    if (!pauses.some((weight) => weight > 0)) return;
    const met = new AliasTable({ first, weights: pauses });
    for (let wanted = this.#wanted(0); this.#open.length < wanted; ) {
      const turns = met.draw(dice);
      const done = 1 + dice.below(turns - 1);
      const place = this.#push(turns - done, this.#systemCount === 0 ? -1 : dice.below(this.#systemCount));
      const session = this.#open[place] as Session;
      session.turn = done;
      for (let turn = 0; turn < done; turn++) {
        const said = (turn === 0 ? this.#firsts : this.#laters).draw(dice) + this.#outputs.draw(dice);
        session.history = Math.min(session.history + said, this.#sessions.context);
      }
    }
  }
}
