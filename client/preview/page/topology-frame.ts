import type { Topology } from "../../../server/editor/preview/messages.ts";
import type { DrawTopology, FromFrame } from "../topology/messages.ts";
import { element, replace } from "./element.ts";
import { isHighContrast, paletteOf } from "./theme.ts";

/**
 * Draws a topology in a frame of its own, whose script is loaded now for the first time: `dist/topology.js`, whose address the
 * body tells in `data-topology`. Without one the table beside it has to do. VS Code serves a webview's files to the page alone
 * and to no frame in it, so that the page loads the script and hands it on as a blob; the frame is of our origin, where that
 * blob is known, and nothing but our script has the nonce that it takes to run there.
 */
export async function showTopology(
  container: HTMLElement,
  { mermaid }: Topology,
  choose: (id: string) => void,
): Promise<void> {
  const address = document.body.getAttribute("data-topology");
  if (address === null || address === "") return;
  const script = await loaded(address);
  if (script === undefined)
    return replace(container, element("p", { class: "failed" }, "The drawing could not be loaded."));
  const frame = element("iframe", { title: "Drawing of the topology", sandbox: "allow-scripts allow-same-origin" });
  frame.srcdoc = sourceOf(script);
  addEventListener("message", function hear({ source, data }: MessageEvent<FromFrame>) {
    if (!frame.isConnected) return removeEventListener("message", hear);
    if (source !== frame.contentWindow || source === null) return;
    if (data.type === "ready") frame.contentWindow?.postMessage(wanted(container, mermaid), "*");
    if (data.type === "drawn") frame.style.height = `${Math.min(Math.max(data.height, 40), 4000)}px`;
    if (data.type === "node") choose(data.id);
    if (data.type === "failed") replace(container, element("p", { class: "failed" }, data.sentence));
  });
  replace(container, frame);
}

let blob: Promise<string | undefined> | undefined;

/** The address of the script here, loaded once. */
function loaded(address: string): Promise<string | undefined> {
  blob ??= fetch(address)
    .then(async (response) => (response.ok ? URL.createObjectURL(await response.blob()) : undefined))
    .catch(() => undefined);
  return blob;
}

const narrow = 640;

function wanted(container: HTMLElement, mermaid: string): DrawTopology {
  const { text, quiet, grid, background, font } = paletteOf(container);
  const isDark = lightness(getComputedStyle(document.body).backgroundColor) < 0.5;
  const colours = { text, quiet, border: grid, background };
  // Where the page is narrow, downwards is where the room is.
  const laid = container.clientWidth < narrow ? mermaid.replace(/^flowchart LR$/m, "flowchart TB") : mermaid;
  return { type: "draw", mermaid: laid, isDark, isHighContrast: isHighContrast(), colours, font };
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
