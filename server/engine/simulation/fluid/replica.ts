import type { ReplicaGauges } from "../tier.ts";
import { cells } from "./cells.ts";
import type { Course } from "./course.ts";
import { expectedAtRest } from "./course.ts";
import type { Speed } from "./speed.ts";

/** A replica whose requests are a liquid: so many run, so many wait, and fractions are allowed. */
export interface FluidReplica {
  readonly id: string;
  readonly variant: string;
  speed: Speed;
  draining: boolean;
  readonly cells: Float64Array;
}

export function newReplica(id: string, variant: string, speed: Speed): FluidReplica {
  const own = new Float64Array(cells.count);
  const { ttft, itl } = expectedAtRest(speed);
  own[cells.ttft] = ttft;
  own[cells.itl] = itl;
  return { id, variant, speed, draining: false, cells: own };
}

/** `seconds` of work with so many new requests; gives those that finished. */
export function step(
  replica: FluidReplica,
  seconds: number,
  inflow: number,
  outputTokens: number,
  course: Course,
): number {
  const { speed, cells: own } = replica;
  if (!course.isOf(speed, own, seconds, inflow)) course.follow(speed, own, seconds, inflow, outputTokens);
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

export function gaugesOf({ speed, cells: own }: FluidReplica, outputTokens: number): ReplicaGauges {
  const of = (cell: number) => own[cell] as number;
  const kvTokens = Math.min(speed.capacity, of(cells.running) * speed.context);
  return {
    running: of(cells.running),
    waiting: of(cells.waiting),
    kvTokens,
    kvUsage: kvTokens / speed.capacity,
    counters: {
      arrived: of(cells.arrived),
      finished: of(cells.finished),
      promptTokens: of(cells.promptTokens),
      cachedTokens: of(cells.cachedTokens),
      outputTokens: of(cells.finished) * outputTokens,
      preempted: 0,
      ttftSum: of(cells.ttftSum),
      ttftCount: of(cells.arrived),
      itlSum: of(cells.itlSum),
      itlCount: of(cells.arrived),
      busy: of(cells.busy),
    },
  };
}

/** Requests that it has taken and not finished. */
export function inside({ cells: own }: FluidReplica): number {
  return (own[cells.running] as number) + (own[cells.waiting] as number);
}
