import { build } from "esbuild";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { FromPage, PageState, ToPage } from "../../../client/preview/messages.ts";
import { page as bundle } from "../../../scripts/page.mjs";
import type { Forecast } from "../../../server/editor/preview/messages.ts";
import { type Question, usualQuestion } from "../../../server/forecast/question.ts";
import { type Theme, themes } from "./themes.ts";

export const question: Question = usualQuestion;

declare global {
  var sent: FromPage[];
  var kept: PageState | undefined;
}

export interface Opening {
  readonly theme?: Theme;
  readonly width?: number;
  readonly motion?: "reduce" | "no-preference";
  readonly kept?: PageState;
  /** Shown at once, as an answer of the host. */
  readonly forecast?: Forecast;
  /** Embedded in a page without a host. */
  readonly alone?: Forecast;
  /** A script for the frame of the topology. */
  readonly topology?: string;
}

const address = "http://preview.test/";
const nonce = "c2VhdA==";
/** What the panel allows. */
const policy = [
  "default-src 'none'",
  `script-src 'nonce-${nonce}'`,
  `style-src 'nonce-${nonce}'`,
  "img-src data: blob:",
  "font-src 'none'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export interface Built {
  readonly script: string;
  readonly style: string;
}

/** The page as it ships, from the present sources. */
export async function builtPage(): Promise<Built> {
  const { outputFiles } = (await build({ ...bundle, platform: "browser", format: "iife", write: false } as never)) as {
    outputFiles: readonly { path: string; text: string }[];
  };
  const ending = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? "";
  return { script: ending("preview.js"), style: ending("preview.css") };
}

/** A page with a host that remembers what it was sent. */
export class Stage {
  readonly page: Page;
  readonly complaints: string[];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page, complaints: string[]) {
    this.#context = context;
    this.page = page;
    this.complaints = complaints;
  }

  static async open(browser: Browser, built: Built, opening: Opening = {}): Promise<Stage> {
    const { theme = "light", width = 1200, motion = "reduce" } = opening;
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      reducedMotion: motion,
      colorScheme: theme === "light" ? "light" : "dark",
      locale: "en-US",
    });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error.stack)));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    const files: Readonly<Record<string, readonly [body: string, contentType: string]>> = {
      "/": [html(opening, theme), "text/html"],
      "/preview.js": [built.script, "text/javascript"],
      "/preview.css": [built.style, "text/css"],
      "/topology.js": [opening.topology ?? "", "text/javascript"],
      "/favicon.ico": ["", "image/x-icon"],
    };
    await context.route("**/*", (route) => {
      const path = new URL(route.request().url()).pathname;
      const file = files[path];
      return file === undefined ? route.abort() : route.fulfill({ body: file[0], contentType: file[1] });
    });
    await page.goto(address);
    const stage = new Stage(context, page, complaints);
    if (opening.forecast !== undefined) await stage.answer(opening.forecast);
    return stage;
  }

  async hear(message: ToPage): Promise<void> {
    await this.page.evaluate((data) => postMessage(data, "*"), message as never);
    await this.frame();
  }

  answer(forecast: Forecast, asked: Question = question): Promise<void> {
    return this.hear({ type: "forecast", forecast, question: asked });
  }

  /** What was sent, of one type. */
  async sent<Type extends FromPage["type"]>(type: Type): Promise<Extract<FromPage, { type: Type }>[]> {
    const all = await this.page.evaluate(() => globalThis.sent);
    return all.filter((message): message is Extract<FromPage, { type: Type }> => message.type === type);
  }

  /** Until the page has drawn what it knows. */
  async frame(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
    );
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}

function html({ alone, kept, topology }: Opening, theme: Theme): string {
  const { colours, body } = themes[theme];
  const variables = Object.entries(colours).map(([name, colour]) => `--vscode-${name}: ${colour};`);
  const host = `
    globalThis.sent = [];
    globalThis.kept = ${JSON.stringify(kept)};
    globalThis.acquireVsCodeApi = () => ({
      postMessage: (message) => globalThis.sent.push(message),
      getState: () => globalThis.kept,
      setState: (state) => { globalThis.kept = state; },
    });`;
  const embedded = JSON.stringify({ forecast: alone, question }).replaceAll("<", "\\u003c");
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Scaling Preview</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
${alone === undefined ? `<style nonce="${nonce}">:root { ${variables.join(" ")} }</style>` : ""}
<link rel="stylesheet" href="${address}preview.css" nonce="${nonce}">
</head><body class="${alone === undefined ? body : ""}" ${topology === undefined ? "" : `data-topology="${address}topology.js"`}>
<div id="page"></div>
${alone === undefined ? `<script nonce="${nonce}">${host}</script>` : `<script type="application/json" id="picture">${embedded}</script>`}
<script src="${address}preview.js" nonce="${nonce}"></script>
</body></html>`;
}
