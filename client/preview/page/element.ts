export type Child = Node | string | undefined | false;

type Given = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Makes an element with attributes and children. Strings become text and nothing else; `true` is an attribute without a value,
 * `false` and undefined are none. There is no way to give a `style`: the page's policy forbids it.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  given: Given = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  attributes(made, given);
  fill(made, children);
  return made;
}

/** The same for a drawing of a few strokes. */
export function drawing<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  given: Given = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  attributes(made, given);
  fill(made, children);
  return made;
}

/** A button that does one thing. */
export function button(text: Child, act: () => void, given: Given = {}): HTMLButtonElement {
  const made = element("button", { type: "button", ...given }, text);
  made.addEventListener("click", act);
  return made;
}

export function attributes(of: Element, given: Given): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === false) of.removeAttribute(name);
    else of.setAttribute(name, value === true ? "" : String(value));
  }
}

export function replace(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(...children.filter(isThere));
}

function fill(parent: Element, children: readonly Child[]): void {
  parent.append(...children.filter(isThere));
}

function isThere(child: Child): child is Node | string {
  return child !== undefined && child !== false;
}
