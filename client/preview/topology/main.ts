import { draw } from "./draw.ts";
import type { DrawTopology, FromFrame } from "./messages.ts";
import { choosable } from "./nodes.ts";
import { styleThroughScripts } from "./styles.ts";

/** The frame of the preview's topology: told what to draw by the page around it, and by nobody else. */
styleThroughScripts();

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  body { margin: 0; overflow: auto; }
  svg { display: block; }
  .node { cursor: pointer; }
  .node:focus { outline: none; }
  .node:focus-visible > :first-child { stroke-width: 4px; stroke-dasharray: 6 3; }
`);
document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];

/** Drawings come one after the other; the last one asked for stays. */
let last: DrawTopology | undefined;

addEventListener("message", ({ source, data }: MessageEvent<DrawTopology>) => {
  if (source !== parent || data?.type !== "draw") return;
  last = data;
  draw(data).then(
    (picture) => {
      if (last === data) show(picture, data);
    },
    (error: unknown) => {
      if (last === data) tell({ type: "failed", sentence: `The topology cannot be drawn: ${String(error)}` });
    },
  );
});
tell({ type: "ready" });

function show(picture: SVGElement, { isDark, colours }: DrawTopology): void {
  document.documentElement.style.colorScheme = isDark ? "dark" : "light";
  document.body.style.background = colours.background;
  choosable(picture, (id) => tell({ type: "node", id }));
  document.body.replaceChildren(picture);
  const { width } = picture.getBoundingClientRect();
  refit = () => fit(picture, width);
  refit();
}

let refit = () => {};
addEventListener("resize", () => refit());

/** A drawing wider than its frame is made smaller, as long as it can be read; beyond that it is scrolled. */
function fit(picture: SVGElement, width: number): void {
  const scale = Math.max(smallest, Math.min(1, innerWidth / width));
  picture.style.width = `${Math.floor(width * scale)}px`;
  picture.style.height = "auto";
  picture.style.margin = "0 auto";
  tell({ type: "drawn", height: Math.ceil(picture.getBoundingClientRect().height) });
}

const smallest = 0.6;

function tell(message: FromFrame): void {
  parent.postMessage(message, "*");
}
