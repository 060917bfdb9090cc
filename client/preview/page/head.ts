import type { Picture } from "../../../server/forecast/picture.ts";
import { button, element, replace } from "./element.ts";
import { targetChooser, trafficChooser } from "./play/choosers.ts";
import type { Acts, Piece, Shown } from "./shown.ts";
import { latency, percent, span } from "./words.ts";

/** What the page is about, how it went, and what can be done with all of it. */
export function head(acts: Acts): Piece {
  const title = element("h1");
  const facts = element("span");
  const [target, traffic] = [targetChooser(acts), trafficChooser(acts)];
  const state = element("span", { class: "slo", role: "status" });
  const settling = element("span", { role: "status" });
  const sentence = element("p", { class: "sentence" });
  const failed = element("p", { class: "failed", role: "alert", hidden: true });
  const compare = element("span", { class: "compare" });
  const menu = exportMenu(acts);
  const node = element(
    "header",
    { class: "head" },
    element(
      "div",
      { class: "row" },
      element("div", { class: "subject" }, title, state, settling),
      element("div", { class: "actions" }, compare, menu),
    ),
    element("p", { class: "facts" }, target.node, traffic.node, facts),
    sentence,
    failed,
  );
  const show = (shown: Shown) => {
    const { forecast, isSettling, isAlone } = shown;
    const picture = forecast?.picture;
    title.textContent = picture?.model ?? (shown.title === "" ? "Scaling preview" : shown.title);
    target.show(shown);
    traffic.show(shown);
    facts.textContent = picture === undefined ? "" : factsOf(picture, isAlone);
    sentence.textContent = picture?.sentence ?? "";
    tellObjectives(state, picture);
    settling.className = isSettling ? "settling" : "";
    settling.textContent = isSettling ? "settling: each request is being served by itself" : "";
    failed.textContent = shown.failed ?? "";
    failed.hidden = shown.failed === undefined;
    menu.hidden = picture === undefined;
    replace(compare, ...compareChip(shown, acts));
    compare.hidden = isAlone ? forecast?.against === undefined : picture === undefined && shown.against === undefined;
  };
  return { node, show };
}

function factsOf({ traffic, duration, seed, tier, slo }: Picture, isAlone: boolean): string {
  const objectives = [
    ...(slo.ttft === null ? [] : [`TTFT ${latency(slo.ttft)}`]),
    ...(slo.itl === null ? [] : [`ITL ${latency(slo.itl)}`]),
  ];
  return [
    ...(isAlone ? [traffic] : []),
    span(duration),
    tier === "exact" ? "request by request" : "fluid",
    objectives.length === 0 ? "no objectives" : `${percent(slo.target)} within ${objectives.join(" and ")}`,
    `seed ${seed}`,
  ].join(" · ");
}

function tellObjectives(into: HTMLElement, picture: Picture | undefined): void {
  into.hidden = picture === undefined;
  if (picture === undefined) return;
  const { both } = picture.summary.attainment;
  into.className = `slo ${picture.met ? "met" : "missed"}`;
  const words = `${picture.met ? "SLO met" : "SLO missed"}${both === null ? "" : `, ${percent(both)}`}`;
  replace(into, element("i", { "aria-hidden": "true" }, picture.met ? "✓" : "✗"), words);
}

function compareChip({ forecast, against, isAlone }: Shown, acts: Acts): Node[] {
  const compared = forecast?.against;
  if (isAlone)
    return compared === undefined ? [] : [element("span", { class: "chip" }, `compared with ${compared.name}`)];
  if (against === undefined && compared === undefined)
    return [button("Compare…", () => acts.say({ type: "chooseAgainst" }), {})];
  const name = compared?.name ?? "…";
  return [
    button(`compared with ${name}`, () => acts.say({ type: "chooseAgainst" }), { class: "chip", title: name }),
    button("×", () => acts.compare(undefined), { class: "quiet", "aria-label": `Stop comparing with ${name}` }),
  ];
}

function exportMenu(acts: Acts): HTMLElement {
  const menu = element("details", { class: "menu" }, element("summary", {}, "Export"));
  const page = button("Page that stands alone (HTML)", () => {
    menu.open = false;
    acts.save("html");
  });
  page.classList.add("host-only");
  const item = (text: string, format: Parameters<Acts["save"]>[0]) =>
    button(text, () => {
      menu.open = false;
      acts.save(format);
    });
  menu.append(
    element(
      "div",
      { class: "items" },
      item("Picture (PNG)", "png"),
      item("Table (CSV)", "csv"),
      page,
      item("Copy for a pull request (Markdown)", "markdown"),
    ),
  );
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
  });
  return menu;
}
