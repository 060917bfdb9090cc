import type { Tone } from "./charts/model.ts";

/** The colours of the page's theme, for canvases, which know no variables. */
export interface Palette {
  readonly tones: Readonly<Record<Tone, string>>;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  readonly background: string;
  readonly bad: string;
  readonly font: string;
  /** Bounds are drawn, and nothing is told by a tint alone. */
  readonly isHighContrast: boolean;
}

const tones: readonly Tone[] = ["blue", "green", "orange", "red", "purple", "yellow", "grey"];

export function paletteOf(node: Element): Palette {
  const style = getComputedStyle(node);
  const variable = (name: string) => style.getPropertyValue(`--hr-${name}`).trim();
  return {
    tones: Object.fromEntries(tones.map((tone) => [tone, variable(tone)])) as Record<Tone, string>,
    text: variable("text"),
    quiet: variable("quiet"),
    grid: variable("grid"),
    background: variable("background"),
    bad: variable("bad"),
    font: `11px ${style.fontFamily}`,
    isHighContrast: isHighContrast(),
  };
}

export function isHighContrast(): boolean {
  const { classList } = document.body;
  const said = classList.contains("vscode-high-contrast") || classList.contains("vscode-high-contrast-light");
  return said || matchMedia("(forced-colors: active), (prefers-contrast: more)").matches;
}

/** Calls back when another theme stands. VS Code says so with a class of the body, a browser with its media. */
export function onTheme(changed: () => void): void {
  new MutationObserver(changed).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-contrast: more)"])
    matchMedia(query).addEventListener("change", changed);
}
