import type { Picture, StabilizationWindow } from "../../../../server/forecast/picture.ts";
import { element } from "../element.ts";
import { type Acts, placeOf } from "../shown.ts";
import { span } from "../words.ts";
import { snappedWindow } from "./drag.ts";
import { gutter } from "./plot.ts";
import { slide } from "./slide.ts";
import type { Stretch } from "./unknown.ts";

/** Where a window is drawn: from the first decision that it held back, or from where the clock begins. */
export function startOf(window: StabilizationWindow, { decisions }: Picture, [from, to]: Stretch): number {
  const held = decisions.find(
    ({ at, outcome, decision }) =>
      outcome === "held" && at >= from && at < to && decision.held.some(({ by }) => by === window.name),
  );
  return held?.at ?? Math.max(from, 0);
}

/** Stabilization windows as brackets along the clock; the end of each can be dragged. */
export function bracketsOf(picture: Picture, zoom: Stretch, width: number, acts: Acts | undefined): HTMLElement[] {
  const room = Math.max(1, width - gutter.left - gutter.right);
  const scale = room / Math.max(1, zoom[1] - zoom[0]);
  return picture.windows.map((window) => {
    const start = startOf(window, picture, zoom);
    const left = gutter.left + (start - zoom[0]) * scale;
    const bar = element("div", { class: `bracket ${window.direction}` });
    bar.style.left = `${left}px`;
    const label = element("span", { class: "bracket-label" });
    const lane = element("div", { class: "lane" }, bar, label);
    const place = (seconds: number, handle?: HTMLElement) => {
      const end = Math.min(seconds * scale, width - left - gutter.right);
      bar.style.width = `${Math.max(1, end)}px`;
      bar.classList.toggle("open", seconds * scale > end + 1);
      const [sign, long] = [window.direction === "up" ? "▲" : "▼", span(seconds)];
      lane.title = `${window.of}: ${window.name} ${long}`;
      // The longest words that there is room for.
      for (const words of [`${window.of}: ${window.name} ${long}`, `${window.direction} window ${long}`, long]) {
        label.textContent = `${sign} ${words}`;
        if (besides(label.offsetWidth, left, end, width) !== undefined) break;
      }
      label.style.left = `${besides(label.offsetWidth, left, end, width) ?? gutter.left}px`;
      if (handle !== undefined) handle.style.left = `${left + end}px`;
    };
    const origin = placeOf(picture, window.origin);
    if (origin !== undefined && acts !== undefined)
      lane.append(
        slide({
          class: "bracket-end",
          name: `${window.name} of ${window.of}, ${window.origin}`,
          orientation: "horizontal",
          value: window.seconds,
          bounds: [0, 3600],
          next: (value, direction, many) => value + direction * (many ? 60 : 5),
          under: ({ clientX, shiftKey }) =>
            snappedWindow((clientX - lane.getBoundingClientRect().left - left) / scale, shiftKey),
          tell: span,
          place,
          write: (seconds) => acts.write(origin, seconds),
        }),
      );
    else place(window.seconds);
    // Labels have no width before the page lays them out.
    requestAnimationFrame(() => place(window.seconds, lane.querySelector<HTMLElement>(".bracket-end") ?? undefined));
    return lane;
  });
}

/** Where the words of a bracket stand: in it where there is room, else after it, else before it; undefined: nowhere. */
function besides(words: number, left: number, length: number, width: number): number | undefined {
  const room = 12;
  if (length > words + 2 * room) return left + room / 2;
  if (left + length + words + room <= width - gutter.right) return left + length + room;
  return left - words - room >= gutter.left ? left - words - room : undefined;
}
