import type { Picture } from "../../../../server/forecast/picture.ts";
import { element, replace } from "../element.ts";
import type { Acts, Piece, Shown } from "../shown.ts";
import { counted, percent } from "../words.ts";
import { originLink } from "./link.ts";

/** How far the numbers go, what they lack, and where each of them is from. */
export function fidelity(acts: Acts): Piece {
  const node = element("div", { class: "fidelity" });
  const show = ({ forecast, isAlone }: Shown) => {
    const picture = forecast?.picture;
    if (picture === undefined) return;
    replace(
      node,
      element("h2", {}, "How exact"),
      element("p", {}, tiers[picture.tier]),
      bandTable(picture),
      element("h2", {}, `What these files do not say (${picture.gaps.length})`),
      gapsOf(picture),
      element("h2", {}, `Where ${counted(picture.origins.length, "number is", "numbers are")} from`),
      originsOf(picture, isAlone ? undefined : acts),
    );
  };
  return { node, show };
}

const tiers = {
  fluid:
    "A fluid: requests are a stream, not single ones, and percentiles are those of moments. It answers at once; exact serves each request by itself.",
  exact: "Request by request: each one arrives, queues, is served and is counted, with the seed that is shown.",
} as const;

function bandTable({ band }: Picture): HTMLElement {
  const rows = [
    ["time of an output token", `± ${percent(band.outputToken)}`],
    ["time to the first token, while requests do not queue", `± ${percent(band.firstToken)}`],
    ["time to the first token, when they queue", band.firstTokenPastKnee],
    ["replicas and cost", "follow from these"],
  ] as const;
  return element(
    "table",
    {},
    element("caption", { class: "sr-only" }, "How far measurements lie from the forecast"),
    element(
      "tbody",
      {},
      ...rows.map(([what, band]) =>
        element("tr", {}, element("th", { scope: "row" }, what), element("td", { class: "text" }, band)),
      ),
    ),
  );
}

function gapsOf({ gaps }: Picture): HTMLElement {
  if (gaps.length === 0) return element("p", { class: "quiet" }, "Nothing: every number stands in a file.");
  return element(
    "dl",
    { class: "gaps" },
    ...gaps.map(({ what, why, howToFill }) =>
      element(
        "div",
        {},
        element("dt", {}, what),
        element("dd", {}, why),
        element("dd", { class: "fill" }, `To say it: ${howToFill}`),
      ),
    ),
  );
}

function originsOf(picture: Picture, acts: Acts | undefined): HTMLElement {
  const rows = picture.origins.map(({ what, value, origin }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, what),
      element("td", { class: "text" }, value),
      element("td", { class: "text" }, originLink(origin, picture, acts)),
    ),
  );
  return element(
    "div",
    { class: "scroller origins", tabindex: 0, role: "region", "aria-label": "Origins of the numbers" },
    element(
      "table",
      {},
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...["what", "value", "origin"].map((head) => element("th", { scope: "col", class: "text" }, head)),
        ),
      ),
      element("tbody", {}, ...rows),
    ),
  );
}
