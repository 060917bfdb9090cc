import type uPlot from "uplot";
import type { Line, PictureDecision, PictureViolation } from "../../../../server/forecast/picture.ts";
import type { Palette } from "../theme.ts";
import type { ChartModel } from "./model.ts";
import { unknownFill } from "./patterns.ts";
import type { Stretch } from "./unknown.ts";

/** Work on a chart's canvas within its frame, in the canvas's own pixels. */
function within(plot: uPlot, draw: (pen: CanvasRenderingContext2D, frame: uPlot.BBox) => void): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw(ctx, bbox);
  ctx.restore();
}

/** Stretches outside of the objectives: a tint, and a bar at the top for those who do not see tints. */
export function paintViolations(plot: uPlot, violations: readonly PictureViolation[], palette: Palette): void {
  within(plot, (pen, { top, height }) => {
    pen.fillStyle = palette.bad;
    for (const { from, to } of violations) {
      const [left, right] = [plot.valToPos(from, "x", true), plot.valToPos(to, "x", true)];
      const width = Math.max(1, right - left);
      pen.globalAlpha = palette.isHighContrast ? 0.25 : 0.14;
      pen.fillRect(left, top, width, height);
      pen.globalAlpha = 1;
      pen.fillRect(left, top, width, 3 * devicePixelRatio);
    }
  });
}

/** Ground above each threshold of a gauge that fills up: the higher, the warmer. */
export function paintBands(plot: uPlot, { thresholds }: ChartModel, palette: Palette): void {
  within(plot, (pen, { left, top, width }) => {
    pen.fillStyle = palette.tones.orange;
    pen.globalAlpha = 0.09;
    for (const value of new Set(thresholds.map(({ value }) => value))) {
      const bottom = plot.valToPos(value, "y", true);
      if (bottom > top) pen.fillRect(left, top, width, bottom - top);
    }
  });
}

export function paintUnknown(plot: uPlot, stretches: readonly Stretch[], palette: Palette): void {
  if (stretches.length === 0) return;
  within(plot, (pen, { top, height }) => {
    pen.fillStyle = unknownFill(palette);
    for (const [from, to] of stretches) {
      const [left, right] = [plot.valToPos(from, "x", true), plot.valToPos(to, "x", true)];
      pen.fillRect(left, top, Math.max(1, right - left), height);
    }
  });
}

/** The ground between a line and the same one of the other side. */
export function paintRibbon(
  plot: uPlot,
  { lines, others, isStepped }: ChartModel,
  at: readonly number[],
  palette: Palette,
) {
  const [line, other] = [lines[0], others[0]];
  if (line === undefined || other === undefined) return;
  within(plot, (pen) => {
    pen.fillStyle = palette.tones[line.tone];
    pen.globalAlpha = 0.22;
    for (let column = 1; column < at.length; column++) {
      const [a, b] = [pairAt(line.values, column, isStepped), pairAt(other.values, column, isStepped)];
      if (a === undefined || b === undefined || (a[0] === b[0] && a[1] === b[1])) continue;
      const [left, right] = [
        plot.valToPos(at[column - 1] as number, "x", true),
        plot.valToPos(at[column] as number, "x", true),
      ];
      const y = (value: number) => plot.valToPos(value, "y", true);
      pen.beginPath();
      pen.moveTo(left, y(a[0]));
      pen.lineTo(right, y(a[1]));
      pen.lineTo(right, y(b[1]));
      pen.lineTo(left, y(b[0]));
      pen.fill();
    }
  });
}

/** Where a line begins and ends between two columns. */
function pairAt(values: Line, column: number, isStepped: boolean): readonly [number, number] | undefined {
  const from = values[column - 1] ?? null;
  const to = isStepped ? from : (values[column] ?? null);
  return from === null || to === null ? undefined : [from, to];
}

/** Where replicas were changed: a triangle up or down at the chart's foot. */
export function paintChanges(plot: uPlot, decisions: readonly PictureDecision[], palette: Palette): void {
  within(plot, (pen, { top, height }) => {
    const side = 4.5 * devicePixelRatio;
    // The last series may have been a dashed one.
    pen.setLineDash([]);
    pen.lineWidth = devicePixelRatio;
    for (const { at, outcome, decision } of decisions) {
      if (outcome !== "changed") continue;
      const [x, up] = [plot.valToPos(at, "x", true), decision.to > decision.from];
      const foot = top + height - 1;
      pen.beginPath();
      pen.moveTo(x - side, up ? foot : foot - 2 * side);
      pen.lineTo(x + side, up ? foot : foot - 2 * side);
      pen.lineTo(x, up ? foot - 2 * side : foot);
      pen.closePath();
      pen.fillStyle = palette.text;
      pen.fill();
      pen.strokeStyle = palette.background;
      pen.stroke();
    }
  });
}

/** The objective: a line that no series crosses unseen. */
export function paintLimit(plot: uPlot, { limit }: ChartModel, palette: Palette): void {
  if (limit === undefined) return;
  within(plot, (pen, { left, width }) => {
    const y = Math.round(plot.valToPos(limit.value, "y", true)) + 0.5;
    pen.strokeStyle = palette.bad;
    pen.lineWidth = devicePixelRatio;
    pen.setLineDash([6 * devicePixelRatio, 3 * devicePixelRatio]);
    pen.beginPath();
    pen.moveTo(left, y);
    pen.lineTo(left + width, y);
    pen.stroke();
  });
}
