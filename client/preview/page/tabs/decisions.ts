import type { Picture, PictureDecision, Place } from "../../../../server/forecast/picture.ts";
import { button, element, replace } from "../element.ts";
import { type Acts, type Piece, placeOf, type Shown } from "../shown.ts";
import { clock, counted, rounded } from "../words.ts";
import { blameOf } from "./blame.ts";
import { chosen, controllersOf, type DecisionFilter, groupsOf, isUnder } from "./grouping.ts";
import { originLink, shortOrigin } from "./link.ts";

/** A list this long is not read to its end. */
const most = 300;

/** What every controller did and why, and what breaches waited for. */
export function decisions(acts: Acts): Piece {
  let [shown, filter]: [Shown | undefined, DecisionFilter] = [undefined, { withSame: false }];
  const blame = element("div", {});
  const filters = element("div", { class: "filters", role: "group", "aria-label": "Which decisions" });
  const log = element("div", { class: "log" });
  const node = element(
    "div",
    {},
    element("h2", {}, "Breaches, by what they waited for"),
    blame,
    element("h2", {}, "Decisions"),
    filters,
    log,
  );
  const set = (to: DecisionFilter) => {
    filter = to;
    if (shown !== undefined) show(shown);
  };
  const show = (now: Shown) => {
    shown = now;
    const picture = now.forecast?.picture;
    if (picture === undefined) return;
    const acting = now.isAlone ? undefined : acts;
    const focused = document.activeElement?.getAttribute("data-focus");
    replace(blame, ...blameOf(picture, acting));
    replace(filters, ...filterButtons(picture, filter, set));
    replace(log, ...logOf(picture, filter, now.cursor, acting));
    if (focused)
      node.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  };
  return { node, show };
}

function filterButtons(picture: Picture, filter: DecisionFilter, set: (to: DecisionFilter) => void): Node[] {
  const choice = (text: string, isOn: boolean, to: DecisionFilter) =>
    button(text, () => set(to), { class: "quiet", "aria-pressed": String(isOn), "data-focus": `filter ${text}` });
  const same = picture.decisions.filter(({ outcome }) => outcome === "same").reduce((sum, { count }) => sum + count, 0);
  return [
    choice("all", filter.controller === undefined, { ...filter, controller: undefined }),
    ...controllersOf(picture).map((name) => choice(name, filter.controller === name, { ...filter, controller: name })),
    choice(`${counted(same, "look")} without consequence`, filter.withSame, { ...filter, withSame: !filter.withSame }),
  ];
}

function logOf(
  picture: Picture,
  filter: DecisionFilter,
  cursor: readonly Place[],
  acts: Acts | undefined,
): HTMLElement[] {
  const all = chosen(picture.decisions, filter);
  if (all.length === 0)
    return [element("p", { class: "quiet" }, "Nobody changed anything, and nothing was held back.")];
  const groups = groupsOf(all.slice(0, most)).map(({ from, replicas, entries }) =>
    element(
      "section",
      { class: "group" },
      element("h3", {}, `${clock(from)}  ${replicas}`),
      element("ol", {}, ...entries.map((entry) => entryOf(entry, picture, cursor, acts))),
    ),
  );
  const rest = all.length - most;
  return rest > 0
    ? [...groups, element("p", { class: "quiet" }, `and ${rounded(rest)} more; the CSV has them all`)]
    : groups;
}

const marks = { changed: "changed", held: "held back", same: "left" } as const;
const signs = { changed: "▶", held: "‖", same: "·" } as const;

function entryOf(
  entry: PictureDecision,
  picture: Picture,
  cursor: readonly Place[],
  acts: Acts | undefined,
): HTMLElement {
  const { at, until, count, outcome, decision, sentence, origins } = entry;
  const isHere = isUnder(entry, picture, cursor);
  const times = count > 1 ? `${counted(count, "time")}, until ${clock(until)}` : "";
  const place = origins.map(({ origin }) => placeOf(picture, origin)).find((one) => one !== undefined);
  const text = [
    element("time", {}, clock(at)),
    element("span", { class: "mark" }, `${signs[outcome]} ${marks[outcome]}`),
    element("span", { class: "who" }, decision.controller),
    element("span", { class: "why" }, sentence, times !== "" && element("span", { class: "quiet" }, ` ${times}`)),
  ];
  const focus = `${at} ${decision.controller} ${decision.subject}`;
  const line =
    place === undefined || acts === undefined
      ? element("div", { class: "entry" }, ...text)
      : withNodes(
          button(undefined, () => acts.reveal(place), { class: "entry", "data-focus": focus }),
          text,
        );
  const from = origins.map(({ name, origin }) =>
    element("span", {}, element("code", {}, name), " ", originLink(origin, picture, acts, shortOrigin(origin))),
  );
  return element(
    "li",
    { class: `${outcome}${isHere ? " here" : ""}`, "aria-current": isHere ? "true" : undefined },
    line,
    (from.length > 0 || isHere) &&
      element(
        "div",
        { class: "from" },
        isHere && element("span", { class: "cursor-mark" }, "◂ at your cursor"),
        ...from,
      ),
  );
}

function withNodes(node: HTMLElement, children: readonly Node[]): HTMLElement {
  node.append(...children);
  return node;
}
