import { presets } from "../../../../server/engine/traffic/presets.ts";
import { element, replace } from "../element.ts";
import type { Acts, Piece, Shown } from "../shown.ts";
import { fieldOf } from "./field.ts";
import { clusterFields, type Field, named, runFields, sloFields, trafficFields } from "./fields.ts";

/** What can be tried without touching a file. */
export function play(acts: Acts): Piece {
  let shown: Shown | undefined;
  const now = () => shown as Shown;
  const target = chooser("target", "Model", (value) => acts.ask({ ...now().question, target: value }));
  const traffic = chooser("traffic", "Traffic", (value) => {
    if (value === ofFile) acts.say({ type: "chooseTraffic" });
    else acts.ask({ ...now().question, traffic: { name: value } });
    if (value === ofFile) show(now());
  });
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
  const node = element(
    "details",
    { class: "play", open: matchMedia("(min-width: 900px)").matches },
    element("summary", {}, "Play"),
    target.node,
    traffic.node,
    use,
    ...nodes(trafficFields),
    ...nodes(runFields),
    exactRow,
    element("h2", {}, "Objectives"),
    ...nodes(sloFields),
    element("h2", {}, "Instead of the files"),
    ...nodes(clusterFields),
    ...names.map((field) => field.node),
  );
  const show = (next: Shown) => {
    shown = next;
    const { question, forecast, isAlone } = next;
    node.hidden = isAlone;
    if (isAlone) return;
    for (const piece of fields.values()) piece.show(next);
    const targets = forecast?.targets ?? [];
    target.node.hidden = targets.length < 2;
    target.fill(
      targets.map((name) => [name, name]),
      question.target ?? "",
    );
    traffic.fill(trafficOptions(question.traffic.name), question.traffic.name);
    use.textContent = presets.find(({ name }) => name === question.traffic.name)?.use ?? "";
    exact.checked = question.exact;
    for (const field of names) field.show(next);
  };
  return { node, show };
}

/** The value of an option that is no traffic, but a way to one. No traffic has a name with a line break. */
const ofFile = "\n";

function trafficOptions(name: string): (readonly [string, string])[] {
  const known = presets.map((preset) => [preset.name, preset.title] as const);
  const own = known.some(([preset]) => preset === name) ? [] : [[name, name] as const];
  return [...known, ...own, [ofFile, "From a file…"]];
}

function chooser(id: string, label: string, choose: (value: string) => void) {
  const select = element("select", { id: `play-${id}` });
  select.addEventListener("change", () => choose(select.value));
  const node = element("div", { class: "field wide" }, element("label", { for: `play-${id}` }, label), select);
  let filled = "";
  const fill = (options: readonly (readonly [string, string])[], value: string) => {
    const now = JSON.stringify(options);
    if (now !== filled) replace(select, ...options.map(([name, title]) => element("option", { value: name }, title)));
    filled = now;
    if (options.some(([name]) => name === value)) select.value = value;
  };
  return { node, fill };
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
