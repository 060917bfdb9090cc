import type { Picture } from "../../../../server/forecast/picture.ts";
import { bracketsOf } from "../charts/brackets.ts";
import { type Chart, chart } from "../charts/chart.ts";
import { chartsOf, type OtherSide } from "../charts/charts.ts";
import { decisionsAt } from "../charts/decisions-at.ts";
import type { ChartModel } from "../charts/model.ts";
import type { Stretch } from "../charts/unknown.ts";
import { closer, moved, wider } from "../charts/zoom.ts";
import { button, element, replace } from "../element.ts";
import type { Acts, Piece, Shown } from "../shown.ts";
import { onTheme, paletteOf } from "../theme.ts";
import { clock, shortened } from "../words.ts";

export interface Timelines extends Piece {
  /** What is drawn now, for pictures and tables that leave the page. */
  drawn(): readonly { readonly model: ChartModel; readonly canvas: HTMLCanvasElement | undefined }[];
}

/** Charts upon each other with one clock and one cursor. */
export function timelines(acts: Acts): Timelines {
  const charts = new Map<string, Chart>();
  let [models, shown, zoom, column]: [
    readonly ChartModel[],
    Shown | undefined,
    Stretch | undefined,
    number | undefined,
  ] = [[], undefined, undefined, undefined];
  const moment = element("p", { class: "moment", "aria-live": "off" });
  const range = element("span", { class: "range" });
  const lanes = element("div", { class: "lanes" });
  const stack = element("div", { class: "charts" });
  const zoomTo = (to: Stretch | undefined) => {
    zoom = to;
    if (shown !== undefined) show(shown);
  };
  const bar = zoomBar((act) => {
    const picture = shown?.forecast?.picture;
    if (picture !== undefined) zoomTo(zoomed(act, picture, zoom, column));
  }, range);
  const node = element(
    "div",
    {
      class: "timelines",
      tabindex: 0,
      role: "group",
      "aria-label": "Timelines. Arrows step from moment to moment, + and − zoom.",
    },
    element("div", { class: "clock" }, moment, bar, lanes),
    stack,
  );
  node.addEventListener("keydown", (event) => {
    const picture = shown?.forecast?.picture;
    if (picture === undefined || !isKeyOfClock(event)) return;
    const step = keys[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (typeof step === "string") zoomTo(zoomed(step, picture, zoom, column));
    else
      stepTo(Math.min(Math.max((column ?? 0) + step * (event.shiftKey ? 10 : 1), 0), picture.timeline.at.length - 1));
  });

  /** Steps are told aloud, a pointer's ways are not. */
  const stepTo = (at: number) => {
    moment.setAttribute("aria-live", "polite");
    for (const one of charts.values()) one.cursor(at);
    point(at);
  };
  node.addEventListener("pointermove", () => moment.setAttribute("aria-live", "off"));
  const point = (at: number | undefined) => {
    if (at === column) return;
    column = at;
    for (const one of charts.values()) one.point(at);
    tellMoment(moment, shown?.forecast?.picture, at);
  };
  const show = (now: Shown) => {
    shown = now;
    const picture = now.forecast?.picture;
    const width = stack.clientWidth;
    if (picture === undefined || width === 0) return;
    const whole: Stretch = [0, Math.max(picture.duration, 1)];
    const [palette, stretch] = [paletteOf(node), zoom ?? whole];
    models = chartsOf(picture, otherSide(now));
    const writing = now.isAlone ? undefined : acts;
    for (const model of models) {
      const given = { model, picture, palette, width, zoom: stretch, acts: writing, onColumn: point, onZoom: zoomTo };
      const known = charts.get(model.id);
      if (known === undefined) charts.set(model.id, chart(given));
      else known.show(given);
    }
    const ids = new Set(models.map(({ id }) => id));
    for (const id of [...charts.keys()]) if (!ids.has(id)) charts.delete(id);
    const nodes = models.map(({ id }) => (charts.get(id) as Chart).node);
    if (nodes.some((one, index) => stack.children[index] !== one) || stack.childElementCount !== nodes.length)
      replace(stack, ...nodes);
    range.textContent =
      zoom === undefined ? `0:00:00 to ${clock(picture.duration)}` : `${clock(zoom[0])} to ${clock(zoom[1])}`;
    if (lanes.querySelector(".held, .moved") === null) replace(lanes, ...bracketsOf(picture, stretch, width, writing));
    tellMoment(moment, picture, column);
  };
  const again = () => shown !== undefined && show(shown);
  new ResizeObserver(again).observe(stack);
  onTheme(again);
  const drawn = () => models.map((model) => ({ model, canvas: charts.get(model.id)?.canvas() }));
  return { node, show, drawn };
}

function otherSide({ forecast }: Shown): OtherSide | undefined {
  const { name, picture, difference } = forecast?.against ?? {};
  // Lines that lie on each other say nothing.
  return name === undefined || picture === undefined || difference === null ? undefined : { name, picture };
}

type Zooming = "in" | "out" | "left" | "right" | "all";

const keys: Readonly<Record<string, Zooming | number>> = {
  "+": "in",
  "=": "in",
  "-": "out",
  "0": "all",
  ArrowLeft: -1,
  ArrowRight: 1,
};

function isKeyOfClock({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
  return !isField && !ctrlKey && !metaKey && !altKey;
}

function zoomed(
  act: Zooming,
  picture: Picture,
  zoom: Stretch | undefined,
  column: number | undefined,
): Stretch | undefined {
  const all: Stretch = [0, picture.duration];
  const now = zoom ?? all;
  const around = column === undefined ? (now[0] + now[1]) / 2 : (picture.timeline.at[column] ?? 0);
  if (act === "in") return closer(now, around, 4 * picture.timeline.every);
  if (act === "out") return wider(now, all);
  return act === "all" || zoom === undefined ? undefined : moved(zoom, act === "left" ? -0.5 : 0.5, all);
}

function zoomBar(act: (act: Zooming) => void, range: HTMLElement): HTMLElement {
  const step = (text: string, label: string, one: Zooming) =>
    button(text, () => act(one), { class: "quiet", "aria-label": label, title: label });
  return element(
    "div",
    { class: "zoom", role: "group", "aria-label": "The part of the clock that is shown" },
    range,
    step("−", "Zoom out (-)", "out"),
    step("+", "Zoom in (+); drag over a chart does it too", "in"),
    step("‹", "Earlier", "left"),
    step("›", "Later", "right"),
    step("all", "all of the run (0, or a double click)", "all"),
  );
}

/** What was decided at the moment under the cursor. */
function tellMoment(into: HTMLElement, picture: Picture | undefined, column: number | undefined): void {
  if (picture === undefined) return;
  if (column === undefined) {
    replace(
      into,
      element("span", { class: "hint" }, "Point at a moment, or step with ← and →, to see what was decided then."),
    );
    return;
  }
  const at = picture.timeline.at[column] ?? 0;
  const [latest, ...rest] = decisionsAt(picture.decisions, at);
  const told = latest === undefined ? "Nobody has decided anything yet." : latest.sentence;
  const more = rest.length === 0 ? "" : ` (and ${rest.length} more in Decisions)`;
  const who =
    latest === undefined
      ? ""
      : `${latest.decision.controller} ${latest.outcome === "held" ? "held back" : latest.outcome === "changed" ? "changed" : "left it"}: `;
  replace(into, element("b", {}, clock(at)), ` ${who}`, element("span", { title: told }, shortened(told, 300)), more);
}
