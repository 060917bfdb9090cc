import type { Picture, PictureViolation } from "../../../../server/forecast/picture.ts";
import { button, element } from "../element.ts";
import { type Acts, placeOf } from "../shown.ts";
import { clock, counted, span } from "../words.ts";
import { originLink, shortOrigin } from "./link.ts";

/** What a breach can wait for, in words. */
const parts: Readonly<Record<string, string>> = {
  nobody: "there is no autoscaler",
  signal: "no signal showed it",
  decision: "known, not yet decided",
  stabilization: "held by a window",
  bound: "at the maximum",
  node: "a node was coming",
  image: "an image was pulled",
  load: "a model was loading",
  probe: "a probe was awaited",
  recovery: "working off the queue",
};

export function blameOf(picture: Picture, acts: Acts | undefined): HTMLElement[] {
  const { violations } = picture;
  if (violations.length === 0) return [element("p", { class: "quiet" }, "The objectives were met throughout.")];
  const shown = violations.slice(0, most).map((violation) => violationOf(violation, picture, acts));
  const rest = violations.length - shown.length;
  return rest > 0
    ? [...shown, element("p", { class: "quiet" }, `and ${counted(rest, "shorter or later breach", "more breaches")}`)]
    : shown;
}

const most = 24;

function violationOf({ from, to, blame }: PictureViolation, picture: Picture, acts: Acts | undefined): HTMLElement {
  const bar = element("div", { class: "bar" });
  const legend = element("ul", { class: "bar-legend" });
  for (const { part, seconds, by, origin } of blame) {
    const words = parts[part] ?? part;
    const title = `${words}, ${span(seconds)}${by === undefined ? "" : `: ${by}`}`;
    const place = placeOf(picture, origin);
    const given = { class: `segment part-${part}`, title };
    const segment =
      place === undefined || acts === undefined
        ? element("span", given)
        : button(undefined, () => acts.reveal(place), { ...given, "aria-label": title });
    segment.style.flexGrow = String(Math.max(seconds, 0));
    bar.append(segment);
    legend.append(
      element(
        "li",
        {},
        element("i", { class: `key part-${part}`, "aria-hidden": "true" }),
        element("b", {}, span(seconds)),
        ` ${words}`,
        by !== undefined && element("code", {}, by),
        origin !== undefined && originLink(origin, picture, acts, shortOrigin(origin)),
      ),
    );
  }
  const title = `${span(to - from)} outside of the objectives, ${clock(from)} to ${clock(to)}`;
  return element("div", { class: "violation" }, element("h3", {}, title), bar, legend);
}
