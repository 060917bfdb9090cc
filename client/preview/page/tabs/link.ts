import type { Picture } from "../../../../server/forecast/picture.ts";
import { button, element } from "../element.ts";
import { type Acts, placeOf } from "../shown.ts";

/** An origin: a way to the line of the file, where it is one, else what it says. */
export function originLink(origin: string, picture: Picture, acts: Acts | undefined, text = origin): HTMLElement {
  const place = placeOf(picture, origin);
  if (place === undefined || acts === undefined)
    return element("span", { class: "origin", title: origin }, breakable(text));
  return button(breakable(text), () => acts.reveal(place), { class: "link origin", title: origin });
}

/** The end of a path, since the beginnings are all the same. */
export function shortOrigin(origin: string): string {
  return /^[\w+.-]+:\/\/|\//.test(origin) ? (origin.split("/").at(-1) ?? origin) : origin;
}

/** A path breaks after its slashes and nowhere else. */
function breakable(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const part of text.split(/(?<=\/)/)) fragment.append(part, document.createElement("wbr"));
  return fragment;
}
