import { presets } from "../../../../server/engine/traffic/presets.ts";
import { element } from "../element.ts";
import type { Acts, Piece, Shown } from "../shown.ts";
import { fieldOf } from "./field.ts";
import { clusterFields, type Field, named, runFields, sloFields, trafficFields } from "./fields.ts";

/** What can be tried without touching a file. */
export function play(acts: Acts): Piece {
  let shown: Shown | undefined;
  const now = () => shown as Shown;
  const use = element("p", { class: "use" });
  const exact = element("input", { type: "checkbox", id: "play-exact" });
  exact.addEventListener("change", () => acts.ask({ ...now().question, exact: exact.checked }));
  const exactRow = element(
    "div",
    { class: "switch" },
    exact,
    element("label", { for: "play-exact" }, "each request by itself (exact, slower)"),
  );
  const names = (["model", "gpu"] as const).map((key) =>
    textField(key, key === "model" ? "Model served" : "GPU", (value) => acts.ask(named(now().question, key, value))),
  );
  const fields = new Map<Field, Piece>(
    [...trafficFields, ...runFields, ...clusterFields, ...sloFields].map((field) => [field, fieldOf(field, acts)]),
  );
  const nodes = (some: readonly Field[]) => some.map((field) => (fields.get(field) as Piece).node);
  // Beside the views it takes no room from them.
  const isWide = matchMedia("(min-width: 900px)");
  const node = element(
    "details",
    { class: "play", open: isWide.matches },
    element("summary", {}, "Play"),
    element(
      "div",
      { class: "fields" },
      use,
      ...nodes(trafficFields),
      ...nodes(runFields),
      exactRow,
      element("h2", {}, "Objectives"),
      ...nodes(sloFields),
      element("h2", {}, "Instead of the files"),
      ...nodes(clusterFields),
      ...names.map((field) => field.node),
    ),
  );
  isWide.addEventListener("change", ({ matches }) => {
    node.open = matches;
  });
  const show = (next: Shown) => {
    shown = next;
    const { question, isAlone } = next;
    node.hidden = isAlone;
    if (isAlone) return;
    for (const piece of fields.values()) piece.show(next);
    use.textContent = presets.find(({ name }) => name === question.traffic.name)?.use ?? "";
    exact.checked = question.exact;
    for (const field of names) field.show(next);
  };
  return { node, show };
}

function textField(key: "model" | "gpu", label: string, say: (value: string) => void): Piece {
  const input = element("input", { type: "text", id: `play-${key}`, spellcheck: "false", placeholder: "as written" });
  input.addEventListener("change", () => say(input.value));
  const node = element("div", { class: "field wide" }, element("label", { for: `play-${key}` }, label), input);
  const show = ({ question }: Shown) => {
    if (document.activeElement !== input) input.value = question.instead[key] ?? "";
  };
  return { node, show };
}
