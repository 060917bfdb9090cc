import { drawing } from "../element.ts";
import type { ChartLayer, ChartLine } from "./model.ts";

/** A line's or a layer's mark, for a legend. */
export function swatch(of: ChartLine | ChartLayer): SVGSVGElement {
  const mark =
    "fill" in of
      ? drawing("rect", { x: 0.5, y: 0.5, width: 15, height: 9, class: `tone-${of.tone} fill-${of.fill}` })
      : drawing("line", { x1: 0, y1: 5, x2: 16, y2: 5, class: `tone-${of.tone} stroke-${of.stroke}` });
  const strokes =
    "fill" in of && of.fill !== "plain" ? [4, 8, 12].map((x) => strokeOf(of.fill, x, `tone-${of.tone}`)) : [];
  return drawing(
    "svg",
    { class: "swatch", width: 16, height: 10, viewBox: "0 0 16 10", "aria-hidden": "true" },
    mark,
    ...strokes,
  );
}

function strokeOf(fill: ChartLayer["fill"], x: number, tone: string): SVGElement {
  if (fill === "dots") return drawing("circle", { cx: x, cy: x === 8 ? 3.5 : 6.5, r: 1.2, class: `${tone} dot` });
  if (fill === "level") return drawing("line", { x1: 0, y1: x / 2 - 1, x2: 16, y2: x / 2 - 1, class: `${tone} thin` });
  return drawing("line", { x1: x, y1: 0, x2: x, y2: 10, class: `${tone} thin` });
}
