import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { mermaidText } from "../../server/topology/mermaid.ts";
import { stack } from "./stack.ts";
import { browserFor, frameScript, topologyIn } from "./support.ts";

const nonce = "c3Vycm91bmRlZCBieQ==";

/** What the preview's panel sends along with its page. */
const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data: blob:; font-src 'none'; connect-src 'none'; base-uri 'none'; form-action 'none'`;

/** The page's part: a frame with the script and its nonce, asked to draw when it is ready. */
const outer = (order: object) => `<!DOCTYPE html>
<html><body><script nonce="${nonce}">
  globalThis.heard = [];
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts allow-same-origin";
  frame.srcdoc = '<!DOCTYPE html><body><script nonce="${nonce}" src="/topology.js"></' + 'script></body>';
  addEventListener("message", ({ source, data }) => {
    if (source !== frame.contentWindow) return;
    globalThis.heard.push(data);
    if (data.type === "ready") frame.contentWindow.postMessage(${JSON.stringify(order).replaceAll("<", "\\u003c")}, "*");
  });
  document.body.append(frame);
</script></body></html>`;

const order = (mermaid: string) => ({
  type: "draw",
  mermaid,
  isDark: true,
  isHighContrast: false,
  colours: { text: "#cccccc", quiet: "#9d9d9d", border: "#3c3c3c", background: "#1f1f1f" },
  font: "11px sans-serif",
});

describe("the frame of the topology", { timeout: 180_000 }, () => {
  async function opened(browser: Browser, mermaid: string): Promise<{ page: Page; complaints: Set<string> }> {
    const body = await frameScript();
    const page = await browser.newPage();
    const complaints = new Set<string>();
    page.on("console", (message) => message.type() === "error" && complaints.add(message.text()));
    page.on("pageerror", (error) => complaints.add(error.message));
    const headers = { "content-security-policy": policy };
    await page.route("http://127.0.0.1/**", (route) =>
      route.request().url().endsWith("/topology.js")
        ? route.fulfill({ contentType: "text/javascript", body })
        : route.fulfill({ contentType: "text/html", headers, body: outer(order(mermaid)) }),
    );
    await page.goto("http://127.0.0.1/");
    await until(page, "heard.some(({ type }) => type === 'drawn' || type === 'failed')");
    return { page, complaints };
  }

  const labels = "[...document.querySelectorAll('g.node')].map((node) => node.getAttribute('aria-label'))";

  test("draws under the page's strict policy, and nodes are chosen by mouse and keyboard", async (context) => {
    const browser = await browserFor(context);
    if (browser === undefined) return;
    const wrong = (name: string | undefined) => ({ errors: name === "chat-cache" ? 2 : 0, warnings: 0 });
    const topology = topologyIn(stack);
    const { page, complaints } = await opened(
      browser,
      mermaidText(topology, ({ name }) => wrong(name?.value)),
    );
    const frame = page.frames()[1];
    assert.deepEqual(await frame?.evaluate(labels), [
      "Gateway, public",
      "HTTPRoute, chat",
      "InferencePool, chat",
      "Service, chat-router",
      "Deployment, chat-router",
      "EndpointPickerConfig, chat-router",
      "VariantAutoscaling, chat-h100",
      "HorizontalPodAutoscaler, chat",
      "WVA saturation ConfigMap, wva-saturation-scaling-config",
      "Deployment, chat",
      "LMCache configuration, chat-cache, 2 errors",
    ]);
    // Both ways of mermaid's styles are in effect: its sheet, and what it writes on elements.
    const style = (selector: string, key: string) =>
      frame?.evaluate(`getComputedStyle(document.querySelector("${selector}")).${key}`);
    assert.equal(await style("g.node:not(.wrong) > rect", "fill"), "rgb(31, 31, 31)");
    assert.equal(await style("g.node.wrong > :first-child", "stroke"), "rgb(209, 52, 56)");
    await frame?.evaluate("document.querySelector('g.node').dispatchEvent(new MouseEvent('click'))");
    await frame?.focus("g.node:nth-of-type(2)");
    await page.keyboard.press("Enter");
    await until(page, "heard.filter(({ type }) => type === 'node').length > 1");
    const chosen = await page.evaluate("heard.filter(({ type }) => type === 'node').map(({ id }) => id)");
    assert.deepEqual(chosen, ["n0", "n1"]);
    assert.deepEqual([...complaints], []);
  });

  test("shows hostile names as text", async (context) => {
    const browser = await browserFor(context);
    if (browser === undefined) return;
    const name = `<img src=x onerror="parent.heard.push({type:'hacked'})"> style="x" #35; %%{init: {}}%% \`a\``;
    const files = { "a.yaml": (stack["server.yaml"] ?? "").replace("{name: chat}", `{name: ${JSON.stringify(name)}}`) };
    const { page, complaints } = await opened(
      browser,
      mermaidText(topologyIn(files), () => ({ errors: 0, warnings: 0 })),
    );
    const drawn = await page.frames()[1]?.evaluate(labels);
    assert.deepEqual(drawn, [`Deployment, ${name.slice(0, 59)}…`, "LMCache configuration, chat-cache"]);
    assert.deepEqual(await page.evaluate("heard.map(({ type }) => type)"), ["ready", "drawn"]);
    assert.deepEqual([...complaints], []);
  });
});

/** What a frame says takes its turn. Playwright's own way of waiting evaluates text in the page, which its policy refuses. */
async function until(page: Page, condition: string): Promise<void> {
  for (let asked = 0; !(await page.evaluate(condition)); asked += 1) {
    assert.ok(asked < 400, condition);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
