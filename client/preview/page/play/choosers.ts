import { presets } from "../../../../server/engine/traffic/presets.ts";
import { element, replace } from "../element.ts";
import type { Acts, Piece, Shown } from "../shown.ts";

/** The value of an option that is no traffic, but a way to one. No traffic has a name with a line break. */
const ofFile = "\n";

function trafficOptions(name: string): (readonly [string, string])[] {
  const known = presets.map((preset) => [preset.name, preset.title] as const);
  const own = known.some(([preset]) => preset === name) ? [] : [[name, name] as const];
  return [...known, ...own, [ofFile, "From a file…"]];
}

/** Which of the models that these files serve. */
export function targetChooser(acts: Acts): Piece {
  let shown: Shown | undefined;
  const { node, fill } = chooser("target", "Model", (value) => {
    if (shown !== undefined) acts.ask({ ...shown.question, target: value });
  });
  const show = (now: Shown) => {
    shown = now;
    const targets = now.forecast?.targets ?? [];
    node.hidden = now.isAlone || targets.length < 2;
    const none =
      now.question.target === undefined
        ? [["", now.forecast?.picture === undefined ? "choose a model" : "model of this file"] as const]
        : [];
    fill([...none, ...targets.map((name) => [name, name] as const)], now.question.target ?? "");
  };
  return { node, show };
}

/** Which traffic: a preset, or a file. */
export function trafficChooser(acts: Acts): Piece {
  let shown: Shown | undefined;
  const { node, fill } = chooser("traffic", "Traffic", (value) => {
    if (shown === undefined) return;
    if (value !== ofFile) return acts.ask({ ...shown.question, traffic: { name: value } });
    acts.say({ type: "chooseTraffic" });
    show(shown);
  });
  const show = (now: Shown) => {
    shown = now;
    node.hidden = now.isAlone;
    fill(trafficOptions(now.question.traffic.name), now.question.traffic.name);
  };
  return { node, show };
}

function chooser(id: string, label: string, choose: (value: string) => void) {
  const select = element("select", { id: `play-${id}` });
  select.addEventListener("change", () => choose(select.value));
  const node = element(
    "span",
    { class: "choice" },
    element("label", { for: `play-${id}`, class: "sr-only" }, label),
    select,
  );
  let filled = "";
  const fill = (options: readonly (readonly [string, string])[], value: string) => {
    const now = JSON.stringify(options);
    if (now !== filled) replace(select, ...options.map(([name, title]) => element("option", { value: name }, title)));
    filled = now;
    if (options.some(([name]) => name === value)) select.value = value;
  };
  return { node, fill };
}
