import uPlot from "uplot";
import type { Picture } from "../../../../server/forecast/picture.ts";
import type { Palette } from "../theme.ts";
import { tell } from "../words.ts";
import { type ChartModel, type Stroke, stacked } from "./model.ts";
import { paintBands, paintChanges, paintLimit, paintRibbon, paintUnknown, paintViolations } from "./paint.ts";
import { layerFill } from "./patterns.ts";
import { clockMark, clockSteps, powers, scaleOf } from "./scales.ts";
import { type Stretch, unknownOf } from "./unknown.ts";

/** Room left of every chart's frame, and right of it, so that one clock runs through all of them. */
export const gutter = { left: 56, right: 14 };
const height = 118;

/** Thresholds have their names laid over the chart, each on a line of its own. */
function heightOf({ thresholds }: ChartModel): number {
  return height + 14 * Math.min(4, Math.max(0, thresholds.length - 1));
}

export interface PlotGiven {
  readonly model: ChartModel;
  readonly picture: Picture;
  readonly palette: Palette;
  readonly width: number;
  readonly zoom: Stretch;
  onColumn(column: number | undefined): void;
  onZoom(zoom: Stretch | undefined): void;
  onDrawn(plot: uPlot): void;
}

/** Draws a chart. What is given is read anew at every drawing, so that a live answer replaces it without another canvas. */
export function plotOf(into: HTMLElement, read: () => PlotGiven): uPlot {
  const { model, width, picture } = read();
  const { least, most, isLogarithmic } = scaleOf(model);
  const options: uPlot.Options = {
    width,
    height: heightOf(model),
    padding: [8, gutter.right, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, range: () => [...read().zoom] as [number, number] },
      y: isLogarithmic
        ? { distr: 3, range: () => [least, most] }
        : {
            range: () => {
              const scale = scaleOf(read().model);
              return [scale.least, scale.most];
            },
          },
    },
    axes: axesOf(model, read, isLogarithmic ? powers(least, most) : undefined),
    series: [{}, ...seriesOf(model, read)],
    cursor: {
      y: false,
      sync: { key: "clock" },
      points: { size: 6 },
      drag: { x: true, y: false, setScale: false },
      bind: { dblclick: () => () => whole(read()) },
    },
    hooks: {
      drawClear: [(plot) => paintGround(plot, read())],
      draw: [
        (plot) => {
          const { model, picture, palette, onDrawn } = read();
          paintUnknown(plot, unknownOf(model, picture.timeline.at), palette);
          paintLimit(plot, model, palette);
          if (model.layers.length > 0) paintChanges(plot, changesOf(model, picture), palette);
          onDrawn(plot);
        },
      ],
      setCursor: [(plot) => read().onColumn(plot.cursor.idx ?? undefined)],
      setSelect: [(plot) => zoomed(plot, read().onZoom)],
    },
  };
  return new uPlot(options, dataOf(model, picture), into);
}

/** The moments, layers with all below them (the topmost first, so that each paints over the last), lines, the other side. */
export function dataOf(model: ChartModel, { timeline }: Picture): uPlot.AlignedData {
  const layers = stacked(model.layers).reverse();
  const lines = [...model.others, ...model.lines].map(({ values }) => values);
  return [timeline.at, ...layers, ...lines] as unknown as uPlot.AlignedData;
}

/** Charts of one key differ only in their numbers. */
export function keyOf(model: ChartModel, palette: Palette): string {
  const { isLogarithmic, least, most } = scaleOf(model);
  const names = [...model.layers, ...model.lines, ...model.others].map(({ name }) => name);
  return JSON.stringify([names, heightOf(model), isLogarithmic && [least, most], palette]);
}

function changesOf({ id }: ChartModel, { decisions }: Picture) {
  return decisions.filter(({ decision }) => id === `replicas ${decision.subject}` && decision.controller !== "wva");
}

function paintGround(plot: uPlot, { model, picture, palette }: PlotGiven): void {
  if (model.isJudged) paintViolations(plot, picture.violations, palette);
  if (model.id === "kv") paintBands(plot, model, palette);
  paintRibbon(plot, model, picture.timeline.at, palette);
}

const dashes: Readonly<Record<Stroke, number[] | undefined>> = { solid: undefined, dashed: [7, 4], dotted: [2, 2] };

function seriesOf({ layers, lines, others, isStepped }: ChartModel, read: () => PlotGiven): uPlot.Series[] {
  const { palette } = read();
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  const paths = isStepped && stepped !== undefined ? { paths: stepped } : {};
  const common = { ...paths, points: { show: false }, spanGaps: false };
  return [
    ...[...layers].reverse().map(({ tone, fill }) => ({
      ...common,
      width: 1,
      stroke: palette.tones[tone],
      fill: () => layerFill(fill, tone, palette) as string,
    })),
    ...[...others, ...lines].map(({ tone, stroke }) => ({
      ...common,
      width: stroke === "dashed" ? 1.25 : 1.75,
      stroke: palette.tones[tone],
      ...(dashes[stroke] === undefined ? {} : { dash: dashes[stroke] }),
    })),
  ];
}

function axesOf(model: ChartModel, read: () => PlotGiven, marks: number[] | undefined): uPlot.Axis[] {
  const { palette } = read();
  const common = {
    stroke: palette.quiet,
    font: palette.font,
    ticks: { show: false },
    grid: { stroke: palette.grid, width: 1 },
  };
  return [
    {
      ...common,
      size: 22,
      gap: 7,
      space: 72,
      incrs: clockSteps,
      values: (_, splits, __, ___, step) => splits.map((at) => clockMark(at, step)),
    },
    {
      ...common,
      size: gutter.left,
      gap: 6,
      space: 22,
      ...(marks === undefined ? {} : { splits: () => thinned(marks), filter: (_: uPlot, splits: number[]) => splits }),
      values: (_, splits) => splits.map((value) => (value === null ? "" : tell(value, model.unit))),
    },
  ];
}

/** Five marks are what the height of a chart has room for. */
function thinned(marks: number[]): number[] {
  const every = Math.ceil(marks.length / 5);
  return marks.filter((_, index) => index % every === 0);
}

function whole({ onZoom }: PlotGiven): null {
  onZoom(undefined);
  return null;
}

function zoomed(plot: uPlot, onZoom: PlotGiven["onZoom"]): void {
  const { left, width } = plot.select;
  if (width < 4) return;
  onZoom([plot.posToVal(left, "x"), plot.posToVal(left + width, "x")]);
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
}
