import type { Line, Picture, Threshold } from "../../../../server/forecast/picture.ts";
import {
  type ChartLayer,
  type ChartLine,
  type ChartModel,
  onClock,
  type Stroke,
  type Timeline,
  type Tone,
} from "./model.ts";

export interface OtherSide {
  readonly name: string;
  readonly picture: Picture;
}

interface OtherTimeline {
  readonly name: string;
  readonly timeline: Timeline;
}

/** A chart each of what a run tells, in the order in which one thing leads to the next. */
export function chartsOf(picture: Picture, compared?: OtherSide): readonly ChartModel[] {
  const { timeline, thresholds, slo } = picture;
  const other = compared && { name: compared.name, timeline: compared.picture.timeline };
  const both = sides(timeline, other);
  const at = (chart: "kv" | "queue") => thresholds.filter((threshold) => threshold.chart === chart);
  return [
    {
      ...plain("traffic", "Traffic", "perSecond"),
      ...both([
        ["arrivals", "blue", "solid", (of) => of.arrivals],
        ["dropped", "red", "dotted", (of) => perSecond(of.dropped, of.every)],
      ]),
    },
    ...Object.keys(timeline.variants).map((name) => replicas(name, timeline, other)),
    {
      ...plain("kv", "KV cache in use", "share"),
      ...both([
        ["mean of replicas", "blue", "solid", (of) => of.kvMean],
        ["fullest replica", "purple", "dotted", (of) => of.kvMost],
      ]),
      most: 1,
      thresholds: at("kv"),
    },
    {
      ...plain("queue", "Queue", "count"),
      ...both([
        ["waiting in replicas", "orange", "solid", (of) => of.waiting],
        ["held by the router", "purple", "dotted", (of) => of.held],
      ]),
      thresholds: at("queue"),
    },
    {
      ...plain("ttft", "Time to first token", "seconds"),
      ...both([
        ["p95", "purple", "solid", (of) => of.ttftP95],
        ["mean", "blue", "dotted", (of) => of.ttftMean],
      ]),
      ...limit("TTFT objective", slo.ttft),
      isJudged: true,
    },
    {
      ...plain("itl", "Time between tokens", "seconds"),
      ...both([
        ["p95", "purple", "solid", (of) => of.itlP95],
        ["mean", "blue", "dotted", (of) => of.itlMean],
      ]),
      ...limit("ITL objective", slo.itl),
      isJudged: true,
    },
    {
      ...plain("price", "Cost an hour", "dollarsPerHour"),
      ...both([["dollars an hour", "green", "solid", (of) => of.perHour]]),
      isStepped: true,
    },
    {
      ...plain("dollars", "Cost so far", "dollars"),
      ...both([["dollars", "green", "solid", (of) => of.dollars]]),
    },
    ...signals(timeline, thresholds, other),
  ];
}

/** Gauges by which controllers decide, when the YAML compares them with something. */
function signals(timeline: Timeline, thresholds: readonly Threshold[], other: OtherTimeline | undefined): ChartModel[] {
  return Object.keys(timeline.signals).map((name) => ({
    ...plain(`signal ${name}`, `Signal ${name}`, "plain"),
    ...sides(timeline, other)([[name, "orange", "solid", (of) => ownOf(of.signals, name) ?? nowhere(of)]]),
    isStepped: true,
    thresholds: thresholds.filter(({ chart }) => typeof chart === "object" && chart.signal === name),
  }));
}

function replicas(name: string, timeline: Timeline, other: OtherTimeline | undefined): ChartModel {
  const own = (of: Timeline) => ownOf(of.variants, name);
  const of = own(timeline);
  const line = (pick: keyof NonNullable<typeof of>) => of?.[pick] ?? nowhere(timeline);
  const layers: readonly ChartLayer[] = [
    { name: "ready", values: line("serving"), tone: "green", fill: "plain" },
    { name: "warming", values: line("starting"), tone: "yellow", fill: "upright" },
    { name: "pending", values: summed(line("pending"), line("provisioning")), tone: "orange", fill: "dots" },
    { name: "draining", values: line("draining"), tone: "grey", fill: "level" },
  ];
  const isPublished = line("desired").some((value) => value !== null);
  return {
    ...plain(`replicas ${name}`, `Replicas of ${name}`, "count"),
    layers,
    ...sides(
      timeline,
      other,
    )([
      ["asked", "blue", "solid", (side) => own(side)?.asked ?? nowhere(side)],
      ...(isPublished
        ? [["desired by WVA", "purple", "dotted", (side) => own(side)?.desired ?? nowhere(side)] as Row]
        : []),
    ]),
    isStepped: true,
  };
}

type Row = readonly [name: string, tone: Tone, stroke: Stroke, values: (of: Timeline) => Line];

/** Lines of this side, and those of the other one. */
function sides(timeline: Timeline, other: OtherTimeline | undefined) {
  return (rows: readonly Row[]): { lines: readonly ChartLine[]; others: readonly ChartLine[] } => ({
    lines: rows.map(([name, tone, stroke, values]) => ({ name, tone, stroke, values: values(timeline) })),
    others:
      other === undefined
        ? []
        : rows.map(([name, tone, , values]) => ({
            name: `${name}, ${other.name}`,
            tone,
            stroke: "dashed",
            values: onClock(timeline.at, other.timeline.at, values(other.timeline)),
          })),
  });
}

function plain(id: string, title: string, unit: ChartModel["unit"]) {
  return { id, title, unit, layers: [], isStepped: false, thresholds: [], isJudged: false } as const;
}

function limit(name: string, value: number | null): Pick<ChartModel, "limit"> {
  return value === null ? {} : { limit: { name, value } };
}

/** Counts of stretches, as a rate like the arrivals. */
function perSecond(line: Line, every: number): Line {
  return line.map((value) => (value === null ? null : value / every));
}

function summed(a: Line, b: Line): Line {
  return a.map((value, column) => {
    const other = b[column] ?? null;
    return value === null || other === null ? null : value + other;
  });
}

function nowhere(of: Timeline): Line {
  return of.at.map(() => null);
}

/** A name of a file may be `constructor`. */
function ownOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
