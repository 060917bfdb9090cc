import type { ReplicaGauges } from "../tier.ts";
import type { Speed } from "./speed.ts";

/** Fewer requests than this, and no new ones, are none. */
const lastDrop = 0.01;

interface Flow {
  readonly decode: number;
  readonly perPrompt: number;
  /** Requests a second that began. */
  readonly admitted: number;
  /** How many run at the end. */
  readonly next: number;
}

/** A replica whose requests are a liquid: so many run, so many wait, and fractions are allowed. */
export class FluidReplica {
  readonly id: string;
  readonly variant: string;
  speed: Speed;
  draining = false;
  running = 0;
  waiting = 0;
  /** What the requests of the last step can expect, in seconds. */
  ttft = 0;
  itl = 0;
  /** Requests that the last step took out, a second: what one more step has room for. */
  leaving = 0;
  #arrived = 0;
  #finished = 0;
  #promptTokens = 0;
  #cachedTokens = 0;
  #outputTokens = 0;
  #ttftSum = 0;
  #itlSum = 0;
  #busy = 0;

  constructor(id: string, variant: string, speed: Speed) {
    this.id = id;
    this.variant = variant;
    this.speed = speed;
    this.#expect(0, speed.decode(0), 0);
  }

  /** `seconds` of work with so many new requests; gives those that finished. */
  step(seconds: number, inflow: number, outputTokens: number): number {
    const { speed, running } = this;
    this.#arrived += inflow;
    const queued = this.waiting + inflow;
    if (queued === 0 && running === 0) {
      this.leaving = 0;
      this.#expect(0, speed.decode(0), 0);
      return 0;
    }
    // Half way through the step it is neither as full as before nor as after: the pace is that of the middle.
    const first = this.#flow(seconds, queued, running, outputTokens);
    const isSteady = Math.abs(first.next - running) <= 0.001 * running;
    const flow = isSteady ? first : this.#flow(seconds, queued, (running + first.next) / 2, outputTokens);
    const { decode, perPrompt, admitted, next } = flow;
    // A liquid never quite runs out; requests do.
    const now = inflow === 0 && next + queued - admitted * seconds < lastDrop ? 0 : next;
    const finished = Math.max(0, running + (now === 0 ? queued : admitted * seconds) - now);
    this.running = now;
    this.waiting = now === 0 ? 0 : Math.max(0, queued - admitted * seconds);
    this.leaving = finished / seconds;
    this.#finished += finished;
    this.#promptTokens += admitted * seconds * speed.promptTokens;
    this.#cachedTokens += admitted * seconds * (speed.promptTokens - speed.prompt);
    this.#outputTokens += finished * outputTokens;
    this.#busy += seconds * Math.min(1, (running + now) / 2);
    this.#expect(admitted, decode, perPrompt);
    this.#ttftSum += inflow * this.ttft;
    this.#itlSum += inflow * this.itl;
    return finished;
  }

  /** What a step does at the pace that so many running requests allow. */
  #flow(seconds: number, queued: number, pacedBy: number, outputTokens: number): Flow {
    const { speed, running } = this;
    const decode = speed.decode(pacedBy);
    const perPrompt = this.waiting > 0 ? speed.prefillPacked(pacedBy) : speed.prefillAlone(pacedBy);
    const wanted = Math.min(queued / seconds, speed.mostPrompts(pacedBy));
    // Room is what is free and what this very step frees, which is the less the more prompts it reads.
    const freeing = pacedBy / (decode * outputTokens);
    const room = ((speed.seats - running) / seconds + freeing) / (1 + freeing * perPrompt);
    const admitted = Math.max(0, Math.min(wanted, room));
    const rate = Math.max(0, 1 - admitted * perPrompt) / (decode * outputTokens);
    const left = remainder(rate * seconds);
    const next = rate > 0 ? running * left + (admitted / rate) * (1 - left) : running + admitted * seconds;
    return { decode, perPrompt, admitted, next: Math.min(next, speed.seats) };
  }

  gauges(): ReplicaGauges {
    const { running, waiting, speed } = this;
    const kvTokens = Math.min(speed.capacity, running * speed.context);
    return {
      running,
      waiting,
      kvTokens,
      kvUsage: kvTokens / speed.capacity,
      counters: {
        arrived: this.#arrived,
        finished: this.#finished,
        promptTokens: this.#promptTokens,
        cachedTokens: this.#cachedTokens,
        outputTokens: this.#outputTokens,
        preempted: 0,
        ttftSum: this.#ttftSum,
        ttftCount: this.#arrived,
        itlSum: this.#itlSum,
        itlCount: this.#arrived,
        busy: this.#busy,
      },
    };
  }

  /** What waits in front, the prompts that are being read (as in a queue with one server and equal work), half a step, and its own. */
  #expect(admitted: number, decode: number, perPrompt: number): void {
    const { speed, running, waiting } = this;
    const alone = speed.prefillAlone(running);
    const share = Math.min(0.95, admitted * alone);
    const others = (share * alone) / (2 * (1 - share));
    const queue = waiting > 0 ? waiting / Math.max(admitted, 1e-9) : 0;
    this.ttft = speed.overhead + queue + others + decode / 2 + alone + decode;
    this.itl = decode / Math.max(0.05, 1 - admitted * perPrompt);
  }
}

/** e^-x by a few products, which every machine rounds alike: 1e-4 off at 0.2, never negative. */
function remainder(x: number): number {
  return 1 / (1 + x * (1 + x * (1 / 2 + x * (1 / 6))));
}
