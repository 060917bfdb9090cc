import { cells } from "./cells.ts";
import { along, columns, type Speed } from "./speed.ts";

/** Replicas that are as alike as this go the same way: under one router they become so within minutes. */
const alike = 1e-9;

/** What one step does to a replica. Kept until a replica comes that is not like the last. */
export class Course {
  /** Requests that run and that wait at the end. */
  next = 0;
  left = 0;
  began = 0;
  finished = 0;
  /** What those that came can expect. */
  ttft = 0;
  itl = 0;
  #speed: Speed | undefined;
  #running = 0;
  #waiting = 0;
  #inflow = 0;
  #outputTokens = 0;
  #seconds = 0;

  /** Fewer requests than `least`, and no new ones, are none. */
  follow(speed: Speed, own: Float64Array, seconds: number, inflow: number, outputTokens: number, least: number): void {
    if (this.#isOf(speed, own, seconds, inflow, outputTokens)) return;
    this.#outputTokens = outputTokens;
    const running = own[cells.running] as number;
    const waiting = own[cells.waiting] as number;
    this.#speed = speed;
    this.#seconds = seconds;
    this.#running = running;
    this.#waiting = waiting;
    this.#inflow = inflow;
    const queued = waiting + inflow;
    if (queued === 0 && running === 0) this.#rest(speed);
    else this.#go(speed, seconds, running, queued, waiting > 0, inflow > 0 ? 0 : least, outputTokens);
  }

  #isOf(speed: Speed, own: Float64Array, seconds: number, inflow: number, outputTokens: number): boolean {
    return (
      speed === this.#speed &&
      seconds === this.#seconds &&
      outputTokens === this.#outputTokens &&
      Math.abs((own[cells.running] as number) - this.#running) < alike &&
      Math.abs((own[cells.waiting] as number) - this.#waiting) < alike &&
      Math.abs(inflow - this.#inflow) < alike
    );
  }

  #rest(speed: Speed): void {
    const { ttft, itl } = expectedAtRest(speed);
    this.next = 0;
    this.left = 0;
    this.began = 0;
    this.finished = 0;
    this.ttft = ttft;
    this.itl = itl;
  }

  #go(
    speed: Speed,
    seconds: number,
    running: number,
    queued: number,
    isBehind: boolean,
    least: number,
    outputTokens: number,
  ): void {
    const { rows, seats } = speed;
    const promptColumn = isBehind ? columns.packed : columns.alone;
    // Half way through the step it is neither as full as before nor as after: the pace is that of the middle.
    let pacedBy = running;
    let [decode, perPrompt, admitted, next] = [0, 0, 0, 0];
    for (let pass = 0; pass < 2; pass++) {
      const row = Math.floor(pacedBy) * columns.count;
      const between = pacedBy - Math.floor(pacedBy);
      decode = along(rows, row + columns.decode, between);
      perPrompt = along(rows, row + promptColumn, between);
      const wanted = Math.min(queued / seconds, along(rows, row + columns.most, between));
      const perRequest = 1 / (decode * outputTokens);
      // Room is what is free and what this very step frees, which is the less the more prompts it reads.
      const freeing = pacedBy * perRequest;
      const room = (seats - running) / seconds + freeing;
      const reading = 1 + freeing * perPrompt;
      admitted = wanted * reading <= room ? wanted : Math.max(0, room / reading);
      const x = Math.max(0, 1 - admitted * perPrompt) * perRequest * seconds;
      // e^-x and (1 - e^-x) / x by a few products, which every machine rounds alike: 1e-4 off at 0.2, never negative.
      const rest = 1 + x * (1 / 2 + x * (1 / 6));
      next = Math.min(seats, (running + admitted * seconds * rest) / (1 + x * rest));
      const change = next - running;
      if (change * change <= 1e-6 * running * running) break;
      pacedBy = running + change / 2;
    }
    const began = admitted * seconds;
    // A liquid never quite runs out; requests do.
    const isOver = next + queued - began < least;
    this.next = isOver ? 0 : next;
    this.left = isOver ? 0 : Math.max(0, queued - began);
    this.began = isOver ? queued : began;
    this.finished = Math.max(0, running + this.began - this.next);
    this.itl = decode / Math.max(0.05, 1 - admitted * perPrompt);
    this.ttft = firstToken(speed, this.next, this.left, admitted, decode);
  }
}

/** What waits in front, the prompts that are being read (Pollaczek and Khinchine: unequal ones are waited for longer), half a step, and its own. */
function firstToken(
  { overhead, rows, unequal }: Speed,
  running: number,
  waiting: number,
  admitted: number,
  decode: number,
) {
  const below = Math.floor(running);
  const alone = along(rows, below * columns.count + columns.alone, running - below);
  const share = Math.min(0.95, admitted * alone);
  const others = (share * alone * unequal) / (2 * (1 - share));
  const queue = waiting > 0 ? waiting / Math.max(admitted, 1e-9) : 0;
  return overhead + queue + others + decode / 2 + alone + decode;
}

export function expectedAtRest(speed: Speed): { readonly ttft: number; readonly itl: number } {
  const decode = speed.rows[columns.decode] as number;
  return { ttft: firstToken(speed, 0, 0, 0, decode), itl: decode };
}
