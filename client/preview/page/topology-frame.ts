import type { Topology } from "../../../server/editor/preview/messages.ts";
import { element, replace } from "./element.ts";
import { isHighContrast, paletteOf } from "./theme.ts";

/** Page to frame. */
export interface DrawTopology {
  readonly type: "draw";
  readonly mermaid: string;
  readonly isDark: boolean;
  readonly isHighContrast: boolean;
  readonly colours: {
    readonly text: string;
    readonly quiet: string;
    readonly border: string;
    readonly background: string;
  };
  readonly font: string;
}

/** Frame to page. */
export type FromFrame =
  | { readonly type: "ready" }
  | { readonly type: "drawn"; readonly height: number }
  | { readonly type: "failed"; readonly sentence: string };

/**
 * Draws a topology in a frame of its own, whose script is loaded now for the first time: `dist/topology.js`, whose address the
 * body tells in `data-topology`. Without one the table beside it has to do. The frame is of our origin, since VS Code serves a
 * webview's files to that origin alone; nothing but our script has the nonce that it takes to run there.
 */
export function showTopology(container: HTMLElement, { mermaid }: Topology): void {
  const script = document.body.getAttribute("data-topology");
  if (script === null || script === "") return;
  const frame = element("iframe", { title: "Drawing of the topology", sandbox: "allow-scripts allow-same-origin" });
  frame.srcdoc = sourceOf(script);
  addEventListener("message", function hear({ source, data }: MessageEvent<FromFrame>) {
    if (!frame.isConnected) return removeEventListener("message", hear);
    if (source !== frame.contentWindow || source === null) return;
    if (data.type === "ready") frame.contentWindow?.postMessage(wanted(container, mermaid), "*");
    if (data.type === "drawn") frame.style.height = `${Math.min(Math.max(data.height, 40), 4000)}px`;
    if (data.type === "failed") replace(container, element("p", { class: "failed" }, data.sentence));
  });
  replace(container, frame);
}

function wanted(container: HTMLElement, mermaid: string): DrawTopology {
  const { text, quiet, grid, background, font } = paletteOf(container);
  const isDark = lightness(getComputedStyle(document.body).backgroundColor) < 0.5;
  const colours = { text, quiet, border: grid, background };
  return { type: "draw", mermaid, isDark, isHighContrast: isHighContrast(), colours, font };
}

function sourceOf(script: string): string {
  const document_ = document.implementation.createHTMLDocument("Topology");
  const loaded = document_.createElement("script");
  loaded.src = script;
  if (ownNonce !== "") loaded.setAttribute("nonce", ownNonce);
  document_.body.append(loaded);
  return `<!DOCTYPE html>${document_.documentElement.outerHTML}`;
}

/** Told only while the script that has it runs for the first time. */
const ownNonce = document.currentScript instanceof HTMLScriptElement ? (document.currentScript.nonce ?? "") : "";

/** Of `rgb(30, 31, 34)`, from 0 to 1. */
function lightness(colour: string): number {
  const [red = 255, green = 255, blue = 255] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}
