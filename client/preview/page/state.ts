import { button, element, replace } from "./element.ts";
import { remedyOf, withoutFlags } from "./remedy.ts";
import type { Piece, Shown } from "./shown.ts";

/** Stands where the views would: a forecast is on its way, or there is none, and what to do about that. */
export function state(): Piece {
  const node = element("section", { class: "state" });
  let told = "";
  const show = ({ forecast, isAlone }: Shown) => {
    const now = JSON.stringify([forecast?.picture === undefined, forecast?.mistake]);
    node.hidden = forecast?.picture !== undefined;
    if (told === now) return;
    told = now;
    if (forecast === undefined)
      return replace(node, element("p", { role: "status", class: "loading" }, "Reading the files…"));
    const mistake = forecast.mistake ?? "There is nothing to forecast.";
    const { title, advice, field } = remedyOf(mistake);
    replace(
      node,
      element(
        "div",
        { role: "alert" },
        element("h2", {}, title),
        element("p", { class: "mistake" }, withoutFlags(mistake)),
        element("p", {}, advice),
      ),
      field !== undefined && !isAlone && button("Take me there", () => goTo(field), { class: "main" }),
    );
  };
  return { node, show };
}

function goTo(field: string): void {
  const into = document.getElementById(`play-${field}`);
  const details = into?.closest("details");
  if (details) details.open = true;
  into?.focus();
}
