import { attributes, button, element } from "../element.ts";
import type { Acts, Piece, Shown } from "../shown.ts";
import { rounded } from "../words.ts";
import { type Field, sliderStep, valueAt } from "./fields.ts";

/** A number with a slider, and a way back to what the files say. */
export function fieldOf(field: Field, acts: Acts): Piece {
  let shown: Shown | undefined;
  const id = `play-${field.id}`;
  const ask = (value: number | undefined) => {
    if (shown !== undefined) acts.ask(field.write(shown.question, value));
  };
  const number = element("input", { type: "number", id, step: "any", min: 0 });
  number.addEventListener("input", () => {
    if (number.value === "") ask(undefined);
    else if (number.validity.valid) ask(number.valueAsNumber);
  });
  const slider = element("input", { type: "range", min: 0, max: 1000, step: 1, "aria-label": field.label });
  slider.addEventListener("input", () => ask(valueAt(field, slider.valueAsNumber)));
  const back = button("↺", () => ask(undefined), {
    class: "quiet",
    title: "As the files say",
    "aria-label": `${field.label}: as the files say`,
  });
  const unit = field.unit === "" ? "" : `, ${field.unit}`;
  const label = element("label", { for: id }, field.label, element("span", { class: "unit" }, unit));
  const node = element("div", { class: "field" }, label, back, number, slider);
  const show = (now: Shown) => {
    shown = now;
    const said = field.read(now.question);
    const picture = now.forecast?.picture;
    const known = said ?? (picture === undefined ? undefined : (field.known?.(picture) ?? undefined));
    // Somebody is writing there: "0." is no number yet, and must not become one under the fingers.
    if (document.activeElement !== number)
      number.value = said === undefined ? "" : String(Number(said.toPrecision(10)));
    number.placeholder = known === undefined ? "as is" : rounded(known);
    if (document.activeElement !== slider || known !== undefined)
      slider.value = String(known === undefined ? 500 : sliderStep(field, known));
    slider.style.setProperty("--filled", `${slider.valueAsNumber / 10}%`);
    attributes(slider, { "aria-valuetext": known === undefined ? "as written" : `${rounded(known)} ${field.unit}` });
    node.classList.toggle("said", said !== undefined);
    back.hidden = said === undefined || field.known === undefined;
  };
  return { node, show };
}
