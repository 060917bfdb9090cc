import { attributes, element } from "../element.ts";

export type Point = Pick<PointerEvent, "clientX" | "clientY" | "shiftKey">;

export interface SlideGiven {
  readonly class: string;
  readonly name: string;
  readonly orientation: "vertical" | "horizontal";
  readonly value: number;
  readonly bounds: readonly [least: number, most: number];
  /** The next number up or down; `many` is a stride. */
  next(value: number, direction: 1 | -1, many: boolean): number;
  /** The number at a point of the page. */
  under(point: Point): number;
  tell(value: number): string;
  /** Shows where it would be. */
  place(value: number, node: HTMLElement): void;
  write(value: number): void;
}

/** A number of the YAML that can be taken hold of: by a pointer, or by arrow keys with Enter to write and Escape to let be. */
export function slide(given: SlideGiven): HTMLElement {
  const [least, most] = given.bounds;
  const node = element("div", {
    class: given.class,
    role: "slider",
    tabindex: 0,
    "aria-label": given.name,
    "aria-orientation": given.orientation,
    "aria-valuemin": least,
    "aria-valuemax": most,
  });
  let value = given.value;
  const move = (to: number) => {
    value = Math.min(Math.max(to, least), most);
    node.classList.toggle("moved", value !== given.value);
    attributes(node, { "aria-valuenow": value, "aria-valuetext": given.tell(value) });
    given.place(value, node);
  };
  /** From its middle to where it was taken hold of, so that it does not jump under the pointer. */
  let hold = { x: 0, y: 0 };
  const settle = () => {
    if (value !== given.value) given.write(value);
  };
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    node.focus();
    const { left, top, width, height } = node.getBoundingClientRect();
    hold = { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
    node.setPointerCapture(event.pointerId);
    node.classList.add("held");
  });
  // The chart below would begin a zoom.
  node.addEventListener("mousedown", (event) => event.stopPropagation());
  node.addEventListener("pointermove", (event) => {
    if (!node.hasPointerCapture(event.pointerId)) return;
    const { clientX, clientY, shiftKey } = event;
    move(given.under({ clientX: clientX - hold.x, clientY: clientY - hold.y, shiftKey }));
  });
  node.addEventListener("pointerup", (event) => {
    if (!node.hasPointerCapture(event.pointerId)) return;
    node.releasePointerCapture(event.pointerId);
    node.classList.remove("held");
    settle();
  });
  node.addEventListener("pointercancel", () => {
    node.classList.remove("held");
    move(given.value);
  });
  node.addEventListener("keydown", (event) => {
    const direction = directions[event.key];
    if (direction !== undefined) move(given.next(value, direction, event.shiftKey || event.key.startsWith("Page")));
    else if (event.key === "Enter") settle();
    else if (event.key === "Escape") move(given.value);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  move(value);
  return node;
}

const directions: Readonly<Record<string, 1 | -1>> = {
  ArrowUp: 1,
  ArrowRight: 1,
  PageUp: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageDown: -1,
};
