import { exp, ln } from "../../random/portable.ts";
import type { ReplicaGauges } from "../tier.ts";
import { cells } from "./cells.ts";
import type { Course } from "./course.ts";
import { expectedAtRest } from "./course.ts";
import type { Speed } from "./speed.ts";

/** One of a crowd. Its name is its pod's. */
export interface Member {
  readonly id: string;
  readonly variant: string;
  /** What the crowd's counters stood at when this one had counted nothing. */
  since: Float64Array;
}

/**
 * Replicas that go the same way, and so have one state: so many requests run in each, so many wait, and fractions are allowed. Under
 * one router replicas become alike within minutes, so that forty of them cost as much as one.
 */
export interface Crowd {
  readonly variant: string;
  readonly draining: boolean;
  /** Requests of each member when it stopped to take any; of those that take some, 0. */
  readonly left: number;
  speed: Speed;
  /** Of each member. */
  readonly cells: Float64Array;
  readonly members: Member[];
  /** A copy of the cells for gauges of this moment. */
  shown: Float64Array | undefined;
}

/** Requests by which two replicas may differ and still be called alike: joined, they have the mean of both. */
const alike = 1e-6;

export function newCrowd(id: string, variant: string, speed: Speed): Crowd {
  const own = new Float64Array(cells.count);
  const { ttft, itl } = expectedAtRest(speed);
  own[cells.ttft] = ttft;
  own[cells.itl] = itl;
  const members = [{ id, variant, since: new Float64Array(cells.count) }];
  return { variant, draining: false, left: 0, speed, cells: own, members, shown: undefined };
}

/** Takes one out, into a crowd of its own. */
export function parted(crowd: Crowd, member: Member, draining: boolean): Crowd {
  crowd.members.splice(crowd.members.indexOf(member), 1);
  return {
    ...crowd,
    draining,
    left: draining ? inside(crowd) : 0,
    cells: crowd.cells.slice(),
    members: [member],
    shown: undefined,
  };
}

export function areAlike(a: Crowd, b: Crowd): boolean {
  return (
    a.speed === b.speed &&
    a.variant === b.variant &&
    Math.abs((a.cells[cells.running] as number) - (b.cells[cells.running] as number)) < alike &&
    Math.abs((a.cells[cells.waiting] as number) - (b.cells[cells.waiting] as number)) < alike
  );
}

/** All of `other` become members of `crowd`; none loses a request or a count. */
export function join(crowd: Crowd, other: Crowd): void {
  const [own, theirs] = [crowd.cells, other.cells];
  const share = other.members.length / (crowd.members.length + other.members.length);
  for (const cell of [cells.running, cells.waiting])
    own[cell] = (own[cell] as number) + share * ((theirs[cell] as number) - (own[cell] as number));
  for (const member of other.members) {
    const { since } = member;
    member.since = since.map((from, cell) => (own[cell] as number) - ((theirs[cell] as number) - from));
    crowd.members.push(member);
  }
  crowd.shown = undefined;
}

/** Fewer requests than this, and no new ones, are none. */
const lastDrop = 0.01;

/** Where none comes any more, the last request is gone when this is left of the mean: of n lives the longest is the mean times ln(1.8 n). */
const lastRequest = 0.5;

/**
 * Tokens that the answers of a replica that drains count as. Answers of one length end in turns, and not the slower the fewer are left:
 * so many live on as a generalised Pareto law has, whose mean is that of a rest of an answer that one sees the middle of.
 */
export function restOfAnswers(crowd: Crowd, outputTokens: number, variation: number): number {
  const still = Math.min(1, Math.max(1e-3, inside(crowd) / crowd.left));
  const square = variation * variation;
  return Math.max(1, outputTokens * exp(((1 - square) / (1 + square)) * ln(still)));
}

/** `seconds` of work of each member with so many new requests; gives those that one finished. */
export function step(crowd: Crowd, seconds: number, inflow: number, outputTokens: number, course: Course): number {
  const { speed, cells: own } = crowd;
  crowd.shown = undefined;
  course.follow(speed, own, seconds, inflow, outputTokens, crowd.draining ? lastRequest : lastDrop);
  const { began, finished } = course;
  own[cells.busy] =
    (own[cells.busy] as number) + seconds * Math.min(1, ((own[cells.running] as number) + course.next) / 2);
  own[cells.running] = course.next;
  own[cells.waiting] = course.left;
  own[cells.leaving] = finished / seconds;
  own[cells.ttft] = course.ttft;
  own[cells.itl] = course.itl;
  own[cells.arrived] = (own[cells.arrived] as number) + inflow;
  own[cells.finished] = (own[cells.finished] as number) + finished;
  own[cells.promptTokens] = (own[cells.promptTokens] as number) + began * speed.promptTokens;
  own[cells.cachedTokens] = (own[cells.cachedTokens] as number) + began * (speed.promptTokens - speed.prompt);
  own[cells.ttftSum] = (own[cells.ttftSum] as number) + inflow * course.ttft;
  own[cells.itlSum] = (own[cells.itlSum] as number) + inflow * course.itl;
  return finished;
}

/** Requests that each member has taken and not finished. */
export function inside({ cells: own }: Crowd): number {
  return (own[cells.running] as number) + (own[cells.waiting] as number);
}

/** So many requests run beyond the mean, and hold so many tokens beyond it, in requests of the mean length. */
export function gaugesOf(
  crowd: Crowd,
  { since }: Member,
  outputTokens: number,
  requests: number,
  tokens: number,
): ReplicaGauges {
  crowd.shown ??= crowd.cells.slice();
  return new FluidGauges(crowd.speed, crowd.shown, since, outputTokens, requests, tokens);
}

/** Counters are worked out for who asks: most look at the gauges alone. */
class FluidGauges implements ReplicaGauges {
  readonly running: number;
  readonly waiting: number;
  readonly kvTokens: number;
  readonly kvUsage: number;
  private readonly shown: Float64Array;
  private readonly since: Float64Array;
  private readonly outputTokens: number;

  constructor(
    speed: Speed,
    shown: Float64Array,
    since: Float64Array,
    outputTokens: number,
    requests: number,
    tokens: number,
  ) {
    const running = shown[cells.running] as number;
    this.running = Math.min(speed.seats, Math.max(0, running + requests));
    this.waiting = shown[cells.waiting] as number;
    this.kvTokens = Math.min(speed.capacity, Math.max(0, running + tokens) * speed.held);
    this.kvUsage = this.kvTokens / speed.capacity;
    this.shown = shown;
    this.since = since;
    this.outputTokens = outputTokens;
  }

  get counters() {
    const of = (cell: number) => (this.shown[cell] as number) - (this.since[cell] as number);
    return {
      arrived: of(cells.arrived),
      finished: of(cells.finished),
      promptTokens: of(cells.promptTokens),
      cachedTokens: of(cells.cachedTokens),
      outputTokens: of(cells.finished) * this.outputTokens,
      preempted: 0,
      ttftSum: of(cells.ttftSum),
      ttftCount: of(cells.arrived),
      itlSum: of(cells.itlSum),
      itlCount: of(cells.arrived),
      busy: of(cells.busy),
    };
  }
}
