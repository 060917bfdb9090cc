import type { Timeline, VariantLines } from "../engine/simulation/timeline.ts";
import type { Line, PictureTimeline, Unknown } from "./picture.ts";

/** What JSON has no word for is null. */
export function known(value: number): Unknown {
  return Number.isFinite(value) ? value : null;
}

function line(values: ArrayLike<number>): Line {
  return Array.from(values, known);
}

/** The columns of a run as plain data. */
export function timelineOf({ every, at, variants, signals, ...lines }: Timeline): PictureTimeline {
  return {
    every,
    at: Array.from(at),
    arrivals: line(lines.arrivals),
    dropped: line(lines.dropped),
    ttftMean: line(lines.ttftMean),
    ttftP95: line(lines.ttftP95),
    itlMean: line(lines.itlMean),
    itlP95: line(lines.itlP95),
    within: line(lines.within),
    kvMean: line(lines.kvMean),
    kvMost: line(lines.kvMost),
    running: line(lines.running),
    waiting: line(lines.waiting),
    held: line(lines.held),
    perHour: line(lines.perHour),
    dollars: line(lines.dollars),
    variants: Object.fromEntries([...variants].map(([name, own]) => [name, variantOf(own)])),
    signals: Object.fromEntries([...signals].map(([name, own]) => [name, line(own)])),
  };
}

function variantOf(own: VariantLines): PictureTimeline["variants"][string] {
  return {
    asked: line(own.asked),
    desired: line(own.desired),
    pending: line(own.pending),
    provisioning: line(own.provisioning),
    starting: line(own.starting),
    serving: line(own.serving),
    draining: line(own.draining),
  };
}
