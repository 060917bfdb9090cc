import type uPlot from "uplot";
import type { Picture, Threshold } from "../../../../server/forecast/picture.ts";
import { element } from "../element.ts";
import { type Acts, placeOf } from "../shown.ts";
import { rounded, tell } from "../words.ts";
import { drawnOf, snapped, spread, stepOf, writtenOf } from "./drag.ts";
import type { ChartModel } from "./model.ts";
import { scaleOf } from "./scales.ts";
import { slide } from "./slide.ts";

const labelHeight = 15;
/** How far a line that can be taken hold of lies below the top of its ground (timelines.css). */
const grip = 5;

/** The thresholds of a chart, laid over its frame. Those that a file says can be dragged; a default is a line without a handle. */
export function thresholdsOver(
  plot: uPlot,
  model: ChartModel,
  picture: Picture,
  acts: Acts | undefined,
): HTMLElement[] {
  // Of the plot itself: asked of the page, it would be laid out once more for each chart.
  const height = plot.bbox.height / devicePixelRatio;
  const y = (value: number) => Math.min(Math.max(plot.valToPos(value, "y"), 0), height);
  const labels = spread(
    model.thresholds.map(({ value }) => y(value) - labelHeight),
    labelHeight,
    height,
  );
  return model.thresholds.flatMap((threshold, index) => {
    const label = element("span", { class: "threshold-label" });
    const node = overlay(threshold, { plot, model, picture, acts, y, label });
    const top = y(threshold.value);
    node.style.top = `${top}px`;
    // Lines lie on each other, names never do: each can be taken hold of by its name.
    label.style.top = `${(labels[index] ?? 0) - top + (node.classList.contains("draggable") ? grip : 0)}px`;
    node.append(label);
    return [node];
  });
}

interface Laid {
  readonly plot: uPlot;
  readonly model: ChartModel;
  readonly picture: Picture;
  readonly acts: Acts | undefined;
  readonly label: HTMLElement;
  y(value: number): number;
}

function overlay(threshold: Threshold, { plot, model, picture, acts, y, label }: Laid): HTMLElement {
  const place = placeOf(picture, threshold.origin);
  const name = `${threshold.name} of ${threshold.of}`;
  const said = (written: number) => `${threshold.name} ${rounded(written)}`;
  const number = snapped(writtenOf(threshold, threshold.value), 1e-9);
  const others = threshold.origin === undefined ? `${threshold.of}, default` : threshold.of;
  if (place === undefined || acts === undefined) {
    label.textContent = `${said(number)} · ${others}`;
    return element("div", { class: "threshold", title: `${name}: ${tell(threshold.value, model.unit)}` });
  }
  const { least, most } = scaleOf(model);
  const step = stepOf((most - least) * threshold.written.factor, model.unit === "count");
  const ends = [writtenOf(threshold, least), writtenOf(threshold, most)];
  return slide({
    class: "threshold draggable",
    name: `${name}, ${threshold.origin}`,
    orientation: "vertical",
    value: number,
    bounds: [snapped(Math.min(...ends), step), snapped(Math.max(...ends), step)],
    // Up is up on the chart, also for a spare share, which falls as the line rises.
    next: (value, direction, many) =>
      snapped(value + direction * Math.sign(threshold.written.factor) * step * (many ? 10 : 1), step),
    under: (event) => {
      const top = event.clientY - plot.over.getBoundingClientRect().top;
      return snapped(writtenOf(threshold, plot.posToVal(top, "y")), step);
    },
    tell: (value) => `${rounded(value)}, drawn at ${tell(drawnOf(threshold, value), model.unit)}`,
    place: (value, node) => {
      node.style.setProperty("top", `${y(drawnOf(threshold, value))}px`);
      label.textContent = `${said(value)} · ${others}`;
    },
    write: (value) => acts.write(place, value),
  });
}
