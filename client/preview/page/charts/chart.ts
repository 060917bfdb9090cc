import type uPlot from "uplot";
import type { Picture } from "../../../../server/forecast/picture.ts";
import { attributes, button, element, replace } from "../element.ts";
import type { Acts } from "../shown.ts";
import type { Palette } from "../theme.ts";
import { shortened, tell } from "../words.ts";
import { type ChartModel, columnAt } from "./model.ts";
import { dataOf, keyOf, plotOf } from "./plot.ts";
import { swatch } from "./swatch.ts";
import { tableOf } from "./table.ts";
import { toldOf } from "./tell.ts";
import { thresholdsOver } from "./thresholds.ts";
import type { Stretch } from "./unknown.ts";

export interface ChartGiven {
  readonly model: ChartModel;
  readonly picture: Picture;
  readonly palette: Palette;
  readonly width: number;
  readonly zoom: Stretch;
  /** Absent: nothing can be written from here. */
  readonly acts: Acts | undefined;
  onColumn(column: number | undefined): void;
  onZoom(zoom: Stretch | undefined): void;
}

/** A chart with its legend, its sentence and its table. */
export interface Chart {
  readonly node: HTMLElement;
  show(given: ChartGiven): void;
  /** The values of a moment, in the legend. */
  point(column: number | undefined): void;
  /** Puts the line of the cursor there, as a pointer would. */
  cursor(column: number): void;
  canvas(): HTMLCanvasElement | undefined;
}

export function chart(first: ChartGiven): Chart {
  let given = first;
  let [plot, key, isTable]: [uPlot | undefined, string, boolean] = [undefined, "", false];
  let pointed: number | undefined;
  const title = element("h3");
  const legend = element("div", { class: "legend" });
  const sentence = element("figcaption", { class: "sr-only" });
  const stage = element("div", { class: "stage", "aria-hidden": "true" });
  const handles = element("div", { class: "handles" });
  const table = element("div", { class: "twin", hidden: true });
  const toggle = button(
    "Table",
    () => {
      isTable = !isTable;
      attributes(toggle, { "aria-pressed": String(isTable) });
      node.classList.toggle("as-table", isTable);
      show(given);
    },
    { class: "quiet", "aria-pressed": "false" },
  );
  const frame = element("div", { class: "frame" }, stage, handles);
  const head = element("header", {}, title, legend, toggle);
  const node = element("figure", { class: "chart" }, head, frame, table, sentence);

  const draw = () => {
    const next = keyOf(given.model, given.palette);
    if (plot === undefined || key !== next) {
      plot?.destroy();
      key = next;
      plot = plotOf(stage, () => ({ ...given, onDrawn: layHandles }));
      return;
    }
    if (plot.width !== given.width) plot.setSize({ width: given.width, height: plot.height });
    plot.setData(dataOf(given.model, given.picture), true);
  };
  /** The handles lie beside the canvas, not in it: the canvas is hidden from those who cannot see it, they are not. */
  const layHandles = (of: uPlot) => {
    if (handles.querySelector(".held, .moved:focus") !== null) return;
    const focused = [...handles.children].indexOf(document.activeElement ?? document.body);
    const { left, top, width, height } = of.bbox;
    const box = { left, top, width, height };
    for (const [side, pixels] of Object.entries(box)) handles.style.setProperty(side, `${pixels / devicePixelRatio}px`);
    replace(handles, ...thresholdsOver(of, given.model, given.picture, given.acts));
    (handles.children[focused] as HTMLElement | undefined)?.focus({ preventScroll: true });
  };
  const show = (now: ChartGiven) => {
    given = now;
    const { model, picture } = now;
    title.textContent = shortened(model.title, 60);
    title.title = model.title;
    node.setAttribute("aria-label", model.title);
    attributes(toggle, { "aria-label": `Table of ${model.title}` });
    sentence.textContent = toldOf(model, picture.timeline.at);
    frame.hidden = isTable;
    table.hidden = !isTable;
    point(pointed);
    if (isTable) replace(table, tableTwin(now));
    else draw();
  };
  const point = (column: number | undefined) => {
    pointed = column;
    const { model, picture, zoom } = given;
    const at = column ?? columnAt(picture.timeline.at, zoom[1]);
    const items = [...model.lines, ...model.others.slice(0, 1), ...model.layers].map((one) =>
      element(
        "span",
        { title: one.name },
        swatch(one),
        `${shortened(one.name, 28)} `,
        element("b", {}, tell(one.values[at] ?? null, model.unit)),
      ),
    );
    const limit =
      model.limit && element("span", { class: "limit" }, `${model.limit.name} ${tell(model.limit.value, model.unit)}`);
    replace(legend, ...items, limit);
  };
  show(first);
  const cursor = (column: number) => {
    const at = given.picture.timeline.at[column];
    if (plot !== undefined && at !== undefined) plot.setCursor({ left: plot.valToPos(at, "x"), top: 0 }, false);
  };
  return { node, show, point, cursor, canvas: () => plot?.ctx.canvas };
}

function tableTwin({ model, picture, zoom }: ChartGiven): HTMLElement {
  const { heads, rows, every } = tableOf(model, picture.timeline.at, zoom);
  const note = every > 1 ? ` (one moment in ${every})` : "";
  return element(
    "div",
    { class: "scroller", tabindex: 0, role: "region", "aria-label": `${model.title}, as a table` },
    element(
      "table",
      {},
      element("caption", {}, `${model.title}${note}`),
      element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
      element(
        "tbody",
        {},
        ...rows.map(([time = "", ...cells]) =>
          element("tr", {}, element("th", { scope: "row" }, time), ...cells.map((cell) => element("td", {}, cell))),
        ),
      ),
    ),
  );
}
