import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, CDPSession, Page } from "playwright-core";
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { Conversation } from "../../client/preview/conversation.ts";
import { pageHtml } from "../../client/preview/html.ts";
import type { FromPage, PageState, ToPage } from "../../client/preview/messages.ts";
import { type Forecast, forecast, forecastStale } from "../../server/editor/preview/messages.ts";
import { usualQuestion } from "../../server/forecast/question.ts";
import { browserOrReason } from "../support/browser.ts";
import { spentBy } from "./spent.ts";

/** As the build bounds them (scripts/slim.mjs), with what they come to together. */
const [most, mostOfPage] = [3_000_000, 300_000];
const [keystrokes, openings] = [60, 9];
const folder = resolve("examples/production");
const uri = pathToFileURL(join(folder, "base/autoscaling.yaml")).href;
const text = readFileSync(new URL(uri), "utf8");
const address = "http://preview.bench/";

function benchSizes(): void {
  const size = (...files: string[]) => files.reduce((sum, file) => sum + statSync(`dist/${file}`).size, 0);
  const page = ["preview.js", "preview.css"];
  const rows = [
    [
      "extension, its protocol, server and preview",
      size("extension.js", "language-client.js", "server.js", "protocol.js", "mind.js", ...page),
      most,
    ],
    ["what the preview loads first", size(...page), mostOfPage],
    ["what its topology loads when it is looked at", size("topology.js"), undefined],
  ] as const;
  for (const [what, bytes, bound] of rows) {
    const told = bound === undefined ? "" : `  (below ${bound / 1000} kB)`;
    console.log(`${what.padEnd(46)} ${(bytes / 1000).toFixed(0).padStart(6)} kB${told}`);
    if (bound !== undefined && bytes >= bound) process.exitCode = 1;
  }
}

/** The bundles as they ship: the server as a process, the page in a browser, and between them what the extension does. */
async function benchPage(): Promise<void> {
  const there = await browserOrReason();
  if ("reason" in there) return console.log(`the page: no browser here (${there.reason})`);
  const found = there.browser;
  const server = await Server.start();
  try {
    const paints: number[] = [];
    for (let round = 0; round < openings; round++) paints.push(await opening(found, server));
    tell("a panel from its opening to its first chart", paints, 1000);
    tell("a keystroke to its redrawn timeline", await typing(found, server), 100);
  } finally {
    await server.end();
    await found.close();
  }
}

async function opening(found: Browser, server: Server): Promise<number> {
  const panel = await Panel.make(found, server);
  const start = performance.now();
  await panel.open();
  await panel.drawn("canvas");
  const time = performance.now() - start;
  await panel.close();
  return time;
}

async function typing(found: Browser, server: Server): Promise<number[]> {
  const panel = await Panel.make(found, server);
  await panel.open();
  await panel.drawn("canvas");
  await panel.count();
  const [times, before] = [[] as number[], await busy(panel, server)];
  for (let index = 1; index <= keystrokes; index++) {
    // Typed no faster than people do, so that no keystroke waits for the one before.
    await new Promise((done) => setTimeout(done, 150));
    const replicas = 1 + (index % 2);
    const redrawn = await panel.awaits(replicas === 1 ? "1 replica hour," : `${replicas} replica hours,`);
    const start = performance.now();
    server.type(text.replace(/minReplicas: \d+/, `minReplicas: ${replicas}`));
    await redrawn();
    times.push(performance.now() - start);
  }
  const after = await busy(panel, server);
  await panel.close();
  if (before !== undefined && after !== undefined) {
    const [of, on] = [after.server - before.server, after.page - before.page].map((time) => ms(time / keystrokes));
    console.log(`${"processor time of a keystroke".padEnd(46)} server ${of}, page ${on}`);
  }
  return times.slice(5);
}

/** Milliseconds that server and page have kept a processor busy so far, whatever else runs on this machine; in Linux alone. */
async function busy(panel: Panel, { pid }: Server): Promise<{ server: number; page: number } | undefined> {
  if (process.platform !== "linux") return undefined;
  return { server: spentBy(pid), page: await panel.processorTime() };
}

function tell(what: string, times: number[], bound: number): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => ms(sorted[Math.floor((sorted.length - 1) * share)]).padStart(8);
  console.log(`${what.padEnd(46)} p50 ${at(0.5)}  p95 ${at(0.95)}  (below ${bound} ms)`);
}

function ms(time: number | undefined): string {
  return `${(time ?? Number.NaN).toFixed(0)} ms`;
}

class Server {
  readonly connection: ProtocolConnection;
  readonly pid: number;
  onStale: () => void = () => {};
  readonly #exit: Promise<unknown>;
  #version = 1;

  private constructor() {
    const child = spawn(process.execPath, ["dist/server.js", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    this.#exit = once(child, "exit");
    this.pid = child.pid ?? 0;
    this.connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    this.connection.onNotification(forecastStale, () => this.onStale());
    this.connection.listen();
  }

  static async start(): Promise<Server> {
    const server = new Server();
    const rootUri = pathToFileURL(folder).href;
    await server.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: "production" }],
      capabilities: {},
      initializationOptions: { preview: true },
    });
    await server.connection.sendNotification("initialized", {});
    const textDocument = { uri, languageId: "yaml", version: 1, text };
    await server.connection.sendNotification("textDocument/didOpen", { textDocument });
    return server;
  }

  type(now: string): void {
    this.#version += 1;
    const params = { textDocument: { uri, version: this.#version }, contentChanges: [{ text: now }] };
    void this.connection.sendNotification("textDocument/didChange", params);
  }

  async end(): Promise<void> {
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    await this.#exit;
    this.connection.dispose();
  }
}

/** A page with the host's part done here, by the same conversation. */
class Panel {
  readonly #page: Page;
  readonly #conversation: Conversation;
  #metrics: CDPSession | undefined;

  private constructor(page: Page, server: Server) {
    this.#page = page;
    const state: PageState = { uri, question: usualQuestion, tab: "timelines" };
    const world = {
      forecast: (params: object) => server.connection.sendRequest<Forecast>(forecast, params),
      tell(message: ToPage) {
        const post = ([to, data]: [string, unknown]) => {
          (globalThis as unknown as { postMessage(data: unknown, to: string): void }).postMessage(data, to);
        };
        void page.evaluate(post, ["*", message] as [string, unknown]);
      },
      after(milliseconds: number, task: () => void) {
        const timer = setTimeout(task, milliseconds);
        return () => clearTimeout(timer);
      },
    };
    this.#conversation = new Conversation(world, state);
    server.onStale = () => this.#conversation.outdate();
  }

  static async make(found: Browser, server: Server): Promise<Panel> {
    const context = await found.newContext({ viewport: { width: 900, height: 1000 } });
    const page = await context.newPage();
    const panel = new Panel(page, server);
    const html = pageHtml({
      nonce: "YmVuY2g=",
      cspSource: address,
      script: `${address}preview.js`,
      style: `${address}preview.css`,
      topology: `${address}topology.js`,
    });
    await context.route("**/*", (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (name === "") return route.fulfill({ body: html, contentType: "text/html" });
      return readdirSync("dist").includes(name) ? route.fulfill({ path: `dist/${name}` }) : route.abort();
    });
    await page.exposeFunction("say", (message: FromPage) => {
      if (message.type === "ready") panel.#conversation.arrive("Preview");
    });
    await page.addInitScript(() => {
      const page = globalThis as unknown as { say(message: unknown): void; acquireVsCodeApi: () => object };
      page.acquireVsCodeApi = () => ({ postMessage: page.say, getState: () => undefined, setState: () => {} });
    });
    return panel;
  }

  async open(): Promise<void> {
    await this.#page.goto(address);
  }

  /** From now on its processor time is counted. */
  async count(): Promise<void> {
    this.#metrics = await this.#page.context().newCDPSession(this.#page);
    await this.#metrics.send("Performance.enable", { timeDomain: "threadTicks" });
  }

  /** Milliseconds for which the page has kept its thread busy. */
  async processorTime(): Promise<number> {
    const told = await this.#metrics?.send("Performance.getMetrics");
    return 1000 * (told?.metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  }

  /** Until something shows, and the frame with it is painted. */
  async drawn(selector: string): Promise<void> {
    await this.#page.locator(selector).first().waitFor();
    await this.#page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
  }

  /** Looks out for words in the sentence from now on, since asking for them again and again would take longer than they do. */
  async awaits(words: string): Promise<() => Promise<unknown>> {
    await this.#page.evaluate(`
      globalThis.redrawn = new Promise((done) => {
        const look = () => {
          if (!document.querySelector("p.sentence")?.textContent.includes(${JSON.stringify(words)})) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(done));
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        look();
      });
      0;`);
    return () => this.#page.evaluate("globalThis.redrawn");
  }

  async close(): Promise<void> {
    this.#conversation.end();
    await this.#page.context().close();
  }
}

benchSizes();
await benchPage();
