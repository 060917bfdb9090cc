import type { Compared, PictureDifference } from "../../../../server/editor/preview/messages.ts";
import type { PictureDecision } from "../../../../server/forecast/picture.ts";
import { element, replace } from "../element.ts";
import { figureTitle, figureUnit, foremost } from "../figures.ts";
import type { Piece, Shown } from "../shown.ts";
import { clock, counted, rounded, tell } from "../words.ts";

/** What is other than on the other side. */
export function compare(): Piece {
  const node = element("section", { class: "comparison", "aria-label": "Comparison" });
  const show = ({ forecast }: Shown) => {
    const compared = forecast?.against;
    node.hidden = compared === undefined;
    if (compared === undefined) return;
    replace(node, ...told(compared));
  };
  return { node, show };
}

function told({ name, mistake, difference }: Compared): Node[] {
  if (mistake !== undefined) return [element("p", { class: "failed" }, `${name} cannot be compared: ${mistake}`)];
  if (difference === null) return [element("p", { class: "same" }, `No difference: ${name} does exactly the same.`)];
  if (difference === undefined) return [element("p", { class: "loading", role: "status" }, `Comparing with ${name}…`)];
  const since = difference.since === null ? "Only figures differ." : `The two part at ${clock(difference.since)}.`;
  const [more, fewer] = [difference.changesAfter, difference.changesBefore];
  return [
    element(
      "p",
      {},
      since,
      " Dashed lines are ",
      element("b", {}, name),
      "; the ground between the lines is the difference.",
    ),
    figures(name, difference),
    ...(more.length + fewer.length === 0
      ? []
      : [
          element(
            "details",
            {},
            element("summary", {}, `${counted(more.length + fewer.length, "change")} of one side alone`),
            element("div", { class: "two" }, changes("Only here", more), changes(`Only in ${name}`, fewer)),
          ),
        ]),
  ];
}

function figures(name: string, { figures }: PictureDifference): HTMLElement {
  if (figures.length === 0) return element("p", { class: "quiet" }, "The figures of the whole run are the same.");
  const rows = inOrder(figures).map(({ name: figure, before, after }) => {
    const unit = figureUnit(figure);
    const by = before === null || after === null ? null : after - before;
    const change = by === null || by === 0 ? "" : `${by > 0 ? "+" : "−"}${tell(Math.abs(by), unit)}`;
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, figureTitle(figure)),
      element("td", {}, tell(before, unit)),
      element("td", {}, tell(after, unit)),
      element("td", {}, change),
    );
  });
  return element(
    "details",
    { open: true },
    element("summary", {}, `${rounded(figures.length)} figures differ`),
    element(
      "div",
      { class: "scroller", tabindex: 0, role: "region", "aria-label": "Figures that differ" },
      element(
        "table",
        {},
        element(
          "thead",
          {},
          element("tr", {}, ...["figure", name, "here", "change"].map((head) => element("th", { scope: "col" }, head))),
        ),
        element("tbody", {}, ...rows),
      ),
    ),
  );
}

/** Those that people ask for first, the others behind them. */
function inOrder(figures: PictureDifference["figures"]): PictureDifference["figures"] {
  const place = ({ name }: { readonly name: string }) => (foremost.indexOf(name) + 100) % 100;
  return figures.toSorted((a, b) => place(a) - place(b));
}

function changes(title: string, entries: readonly PictureDecision[]): HTMLElement {
  const shown = entries
    .slice(0, 50)
    .map(({ at, sentence }) => element("li", {}, element("time", {}, clock(at)), " ", sentence));
  const rest = entries.length - shown.length;
  return element(
    "div",
    {},
    element("h3", {}, title),
    entries.length === 0
      ? element("p", { class: "quiet" }, "no change of its own")
      : element("ul", { class: "changes" }, ...shown),
    rest > 0 && element("p", { class: "quiet" }, `and ${rounded(rest)} more`),
  );
}
