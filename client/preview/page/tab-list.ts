import type { Tab } from "../messages.ts";
import { attributes, button, element } from "./element.ts";

export const tabs: readonly (readonly [Tab, string])[] = [
  ["timelines", "Timelines"],
  ["decisions", "Decisions"],
  ["capacity", "Capacity"],
  ["topology", "Topology"],
  ["fidelity", "Fidelity"],
];

/** Tabs as a keyboard knows them: one stop, arrows between them. */
export function tabList(open: (tab: Tab) => void): { node: HTMLElement; show(tab: Tab): void } {
  const buttons = tabs.map(([tab, title]) =>
    button(title, () => open(tab), { role: "tab", id: `tab-${tab}`, "aria-controls": `panel-${tab}` }),
  );
  const node = element("div", { class: "tabs", role: "tablist", "aria-label": "Views" }, ...buttons);
  node.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = (to + buttons.length) % buttons.length;
    buttons[next]?.focus();
    open((tabs[next] as (typeof tabs)[number])[0]);
  });
  const show = (tab: Tab) => {
    for (const [index, [name]] of tabs.entries()) {
      const isOpen = name === tab;
      attributes(buttons[index] as Element, { "aria-selected": String(isOpen), tabindex: isOpen ? 0 : -1 });
    }
  };
  return { node, show };
}

export function panelOf(tab: Tab, ...children: readonly Node[]): HTMLElement {
  return element(
    "section",
    { role: "tabpanel", id: `panel-${tab}`, "aria-labelledby": `tab-${tab}`, hidden: true },
    ...children,
  );
}
