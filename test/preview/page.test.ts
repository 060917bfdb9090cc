import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, Locator } from "playwright-core";
import { withoutFlags } from "../../client/preview/page/remedy.ts";
import type { Forecast, Topology } from "../../server/editor/preview/messages.ts";
import { browserOrReason } from "../support/browser.ts";
import { exampleForecast, examplePicture } from "../support/picture.ts";
import { type Built, builtPage, type Opening, question, Stage } from "./support/stage.ts";

const found = await browserOrReason();
const skip = "reason" in found && found.reason;

describe("the preview's page", { skip }, () => {
  let browser: Browser;
  let built: Built;
  let forecast: Forecast;
  let stage: Stage;

  before(async () => {
    if ("browser" in found) browser = found.browser;
    [built, forecast] = [await builtPage(), await exampleForecast()];
  });
  after(() => browser.close());

  const open = async (opening: Opening = {}) => {
    stage = await Stage.open(browser, built, opening);
    return stage.page;
  };
  /** Every page is left without a word in its console. */
  const leave = async () => {
    assert.deepEqual(stage.complaints, []);
    await stage.close();
  };
  const shown = (opening: Opening = {}) => open({ forecast, ...opening });
  const tab = (name: string) => stage.page.getByRole("tab", { name, exact: true });
  const place = (path: string) => {
    const known = forecast.picture?.places[path];
    assert.ok(known, path);
    return known;
  };

  it("is small enough to be there at once", () => {
    const bytes = Buffer.byteLength(built.script) + Buffer.byteLength(built.style);
    assert.ok(bytes > 50_000 && bytes < 300_000, `${bytes} bytes`);
  });

  describe("draws", () => {
    it("a chart of everything under one clock, under the strict policy", async () => {
      const page = await shown();
      assert.equal(await page.locator("figure.chart canvas").count(), 9);
      assert.equal(await page.locator("h1").textContent(), "Qwen/Qwen3-32B");
      assert.equal(await page.locator(".slo").textContent(), "✗SLO missed, 48.4 %");
      const lefts = await page
        .locator(".u-over")
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
      assert.equal(new Set(lefts).size, 1);
      await leave();
    });

    it("slants strokes over what nobody knows, and not a line at zero", async () => {
      const page = await shown();
      const signal = page.locator("figure.chart").last();
      const inked = await signal.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
        const over = canvas.parentElement?.querySelector(".u-over") as HTMLElement;
        const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
        const rows = Array.from({ length: 24 }, (_, y) => {
          const [x, top] = [over.offsetLeft + 3, over.offsetTop + over.offsetHeight / 2 - 12 + y];
          return (pen.getImageData(x, top, 1, 1).data[3] as number) > 40;
        });
        return rows.filter(Boolean).length;
      });
      assert.ok(inked > 2 && inked < 22, `${inked} of 24`);
      await leave();
    });

    it("the decision of the moment under the pointer, and the values of then", async () => {
      const page = await shown();
      const box = await boxOf(page.locator(".u-over").first());
      await page.mouse.move(box.x + (box.width * 965) / 3600, box.y + 40);
      await stage.frame();
      const moment = await page.locator(".moment").textContent();
      assert.match(
        moment ?? "",
        /^0:16:00 hpa changed: qwen3-32b-l40s: 1 -> 2, because the metric is above its target/,
      );
      assert.match((await page.locator("figure.chart .legend").nth(1).textContent()) ?? "", /warming 1/);
      await leave();
    });

    it("what is running on a clock of its own as a table, when asked", async () => {
      const page = await shown();
      await page.getByRole("button", { name: "Table of Traffic" }).click();
      const twin = page.getByRole("table", { name: /^Traffic/ });
      assert.equal(await twin.locator("tbody tr").count(), 241);
      assert.deepEqual(await twin.locator("thead th").allTextContents(), ["time", "arrivals", "dropped"]);
      assert.deepEqual(await twin.locator("tbody tr").first().locator("th, td").allTextContents(), [
        "0:00:00",
        "unknown",
        "0 /s",
      ]);
      assert.equal(await page.locator("figure.chart canvas:visible").count(), 8);
      await leave();
    });
  });

  describe("zooms", () => {
    const range = () => stage.page.locator(".range").textContent();

    it("to what is brushed, and back with a double click", async () => {
      const page = await shown();
      const box = await boxOf(page.locator(".u-over").first());
      await drag(page.locator(".u-over").first(), [box.width / 4, 40], [box.width / 2, 40]);
      await stage.frame();
      assert.match((await range()) ?? "", /^0:1[45]:\d\d to 0:(29|30):\d\d$/);
      await page.locator(".u-over").nth(3).dblclick();
      await stage.frame();
      assert.equal(await range(), "0:00:00 to 1:00:00");
      await leave();
    });

    it("by keyboard around the moment stepped to", async () => {
      const page = await shown();
      await page.locator(".timelines").focus();
      await page.keyboard.press("Shift+ArrowRight");
      await page.keyboard.press("ArrowRight");
      assert.match((await page.locator(".moment").textContent()) ?? "", /^0:02:45 /);
      assert.equal(await page.locator(".moment").getAttribute("aria-live"), "polite");
      await page.keyboard.press("+");
      assert.equal(await range(), "0:00:00 to 0:30:00");
      await page.getByRole("button", { name: "Later" }).click();
      assert.equal(await range(), "0:15:00 to 0:45:00");
      await page.locator(".timelines").focus();
      await page.keyboard.press("0");
      assert.equal(await range(), "0:00:00 to 1:00:00");
      await leave();
    });
  });

  describe("writes to the YAML", () => {
    const handle = (name: RegExp) => stage.page.getByRole("slider", { name });

    it("where a threshold line was let go, and nothing while it is held", async () => {
      const page = await shown();
      const line = handle(/^kvSpareTrigger of wva/);
      const over = await boxOf(page.locator("figure.chart", { hasText: "KV cache in use" }).locator(".u-over"));
      const at = await boxOf(line);
      await page.mouse.move(at.x + 40, at.y + at.height / 2);
      await page.mouse.down();
      await page.mouse.move(at.x + 40, over.y + over.height * 0.45, { steps: 4 });
      assert.equal(await line.getAttribute("aria-valuenow"), "0.25");
      assert.ok((await page.locator(".threshold-label").allTextContents()).includes("kvSpareTrigger 0.25 · wva"));
      assert.deepEqual(await stage.sent("write"), []);
      await page.mouse.up();
      const [written, ...more] = await stage.sent("write");
      assert.deepEqual(written, {
        type: "write",
        place: place("examples/production/wva/saturation.yaml:15"),
        value: 0.25,
      });
      assert.deepEqual(more, []);
      await leave();
    });

    it("what arrow keys chose, at Enter; Escape lets it be", async () => {
      const page = await shown();
      const line = handle(/^kvCacheThreshold of wva/);
      await line.focus();
      for (const key of ["ArrowDown", "ArrowDown", "Shift+ArrowDown"]) await page.keyboard.press(key);
      assert.equal(await line.getAttribute("aria-valuenow"), "0.68");
      await page.keyboard.press("Escape");
      assert.equal(await line.getAttribute("aria-valuenow"), "0.8");
      await page.keyboard.press("Enter");
      assert.deepEqual(await stage.sent("write"), []);
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Enter");
      assert.deepEqual(
        (await stage.sent("write")).map(({ value }) => value),
        [0.81],
      );
      await leave();
    });

    it("where the end of a window's bracket was let go", async () => {
      const page = await shown();
      const end = handle(/^scaleUp.stabilizationWindowSeconds/);
      const { width } = await boxOf(page.locator(".u-over").first());
      await drag(end, [5, 8], [5 - (width * 600) / 3600, 8]);
      const [written] = await stage.sent("write");
      assert.deepEqual(written?.place, place("examples/production/batch/autoscaling.yaml:38"));
      assert.ok(
        written !== undefined && Math.abs(written.value - 300) <= 5 && written.value % 5 === 0,
        String(written?.value),
      );
      await leave();
    });

    it("no default: it is a line without a handle", async () => {
      const page = await shown();
      assert.equal(await page.getByRole("slider", { name: /of router/ }).count(), 0);
      assert.ok(
        (await page.locator(".threshold-label").allTextContents()).includes("kvCacheThreshold 0.8 · router, default"),
      );
      await leave();
    });
  });

  describe("asks", () => {
    it("once for all that a slider passed in a frame, and takes no older answer after a newer one", async () => {
      const page = await shown();
      await page
        .locator(".play input[type=range]")
        .first()
        .evaluate((slider: HTMLInputElement) => {
          for (const step of ["100", "200", "300"]) {
            slider.value = step;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
          }
        });
      await stage.frame();
      const [first, ...more] = await stage.sent("ask");
      assert.deepEqual(more, []);
      assert.equal(first?.question.traffic.rate, 1);
      await page.getByLabel("Rate, /s").fill("7.5");
      await stage.frame();
      const second = (await stage.sent("ask"))[1];
      assert.equal(second?.question.traffic.rate, 7.5);
      assert.ok(first && second && forecast.picture);
      await stage.answer({ ...forecast, picture: { ...forecast.picture, sentence: "the newer" } }, second.question);
      await stage.answer({ ...forecast, picture: { ...forecast.picture, sentence: "the older" } }, first.question);
      assert.equal(await page.locator(".sentence").textContent(), "the newer");
      assert.equal(await page.getByLabel("Rate, /s").inputValue(), "7.5");
      await leave();
    });

    it("for another traffic, a file of it, another model, exactness, and back to what the files say", async () => {
      const page = await shown();
      await page.getByLabel("Traffic", { exact: true }).and(page.locator("select")).selectOption({ label: "Spike" });
      await stage.frame();
      await page.getByLabel("Model", { exact: true }).selectOption("llama-3-70b");
      await stage.frame();
      await page.getByLabel(/each request by itself/).check();
      await stage.frame();
      const last = (await stage.sent("ask")).at(-1)?.question;
      assert.deepEqual([last?.traffic, last?.target, last?.exact], [{ name: "spike" }, "llama-3-70b", true]);
      await page
        .getByLabel("Traffic", { exact: true })
        .and(page.locator("select"))
        .selectOption({ label: "From a file…" });
      assert.deepEqual(await stage.sent("chooseTraffic"), [{ type: "chooseTraffic" }]);
      assert.equal(await page.getByLabel("Traffic", { exact: true }).and(page.locator("select")).inputValue(), "spike");
      await page.getByLabel("Price of a GPU, $/h").fill("3");
      await stage.frame();
      await page.getByRole("button", { name: "Price of a GPU: as the files say" }).click();
      await stage.frame();
      const prices = (await stage.sent("ask")).slice(-2).map(({ question }) => question.instead);
      assert.deepEqual(prices, [{ gpuHour: 3 }, {}]);
      await leave();
    });

    it("what it asked when it was left, and keeps what it is asked now", async () => {
      const kept = { uri: "file:///hpa.yaml", question: { ...question, seed: 11 }, tab: "capacity" } as const;
      const page = await open({ kept });
      assert.deepEqual(await stage.sent("ready"), [{ type: "ready", state: kept }]);
      await stage.answer(forecast, kept.question);
      assert.equal(await tab("Capacity").getAttribute("aria-selected"), "true");
      await tab("Fidelity").click();
      assert.deepEqual(await page.evaluate(() => globalThis.kept), { ...kept, tab: "fidelity" });
      await leave();
    });
  });

  describe("by keyboard", () => {
    it("has one stop for all tabs, and arrows between them", async () => {
      const page = await shown();
      await tab("Timelines").focus();
      await page.keyboard.press("ArrowRight");
      assert.equal(await tab("Decisions").getAttribute("aria-selected"), "true");
      assert.equal(await tab("Decisions").evaluate((one) => one === document.activeElement), true);
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("ArrowLeft");
      assert.equal(await tab("Fidelity").getAttribute("aria-selected"), "true");
      assert.equal(await page.locator('[role=tab][tabindex="0"]').count(), 1);
      await leave();
    });
  });

  describe("tells decisions", () => {
    it("that lead to the line they go back to, and marks those at the cursor", async () => {
      const page = await shown();
      await tab("Decisions").click();
      await page.getByRole("button", { name: /0:01:15 ‖ held back hpa/ }).click();
      const window = place("examples/production/batch/autoscaling.yaml:38");
      assert.deepEqual(await stage.sent("reveal"), [{ type: "reveal", place: window }]);
      assert.equal(await page.locator("li.here").count(), 0);
      await stage.hear({ type: "cursor", places: [window] });
      assert.ok((await page.locator("li.here").count()) >= 1);
      assert.match((await page.locator("li.here").first().textContent()) ?? "", /at your cursor/);
      await leave();
    });

    it("of one controller, and those without consequence when asked", async () => {
      const page = await shown();
      await tab("Decisions").click();
      const who = () => page.locator(".log .who").allTextContents();
      assert.deepEqual([...new Set(await who())].sort(), ["hpa", "wva"]);
      await page.getByRole("button", { name: "wva", exact: true }).click();
      assert.deepEqual([...new Set(await who())], ["wva"]);
      assert.equal(await page.locator(".log li.same").count(), 0);
      await page.getByRole("button", { name: /without consequence/ }).click();
      assert.ok((await page.locator(".log li.same").count()) > 0);
      await leave();
    });

    it("and what each breach waited for, by its seconds", async () => {
      const page = await shown();
      await tab("Decisions").click();
      const widths = await page
        .locator(".violation")
        .first()
        .locator(".segment")
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
      const seconds = forecast.picture?.violations[0]?.blame.map((part) => part.seconds) ?? [];
      assert.equal(widths.length, seconds.length);
      assert.ok(
        Math.abs((widths[0] as number) / (widths[1] as number) - (seconds[0] as number) / (seconds[1] as number)) < 0.1,
      );
      await page.getByRole("button", { name: /held by a window, 23 min 30 s/ }).click();
      assert.deepEqual(
        (await stage.sent("reveal")).at(-1)?.place,
        place("examples/production/batch/autoscaling.yaml:38"),
      );
      await leave();
    });
  });

  describe("compares", () => {
    it("two sides: dashed lines, figures, and the changes of one side alone", async () => {
      const picture = await examplePicture("--traffic", "spike");
      const changed = picture.decisions.filter(({ outcome }) => outcome === "changed").slice(0, 1);
      const figures = [{ name: "ttft.p95", before: 331.2, after: 0.25 }];
      const difference = { since: 60, figures, changesBefore: changed, changesAfter: [] };
      const page = await shown({ forecast: { ...forecast, against: { name: "HEAD", picture, difference } } });
      assert.match((await page.locator("figure.chart .legend").first().textContent()) ?? "", /arrivals, HEAD/);
      const table = page.getByRole("region", { name: "Figures that differ" });
      assert.deepEqual(await table.locator("tbody tr").first().locator("th, td").allTextContents(), [
        "TTFT p95",
        "331 s",
        "250 ms",
        "−331 s",
      ]);
      assert.match((await page.locator(".comparison").textContent()) ?? "", /Only in HEAD0:/);
      await page.getByRole("button", { name: "Stop comparing with HEAD" }).click();
      await stage.frame();
      assert.equal((await stage.sent("ask")).at(-1)?.against, undefined);
      await leave();
    });

    it("and says plainly that there is no difference, or why it cannot", async () => {
      const page = await shown({ forecast: { ...forecast, against: { name: "saved", difference: null } } });
      assert.equal(await page.locator(".comparison").textContent(), "No difference: saved does exactly the same.");
      await stage.answer({ ...forecast, against: { name: "HEAD", mistake: "No vLLM server stands in these files." } });
      assert.equal(
        await page.locator(".comparison").textContent(),
        "HEAD cannot be compared: No vLLM server stands in these files.",
      );
      await leave();
    });
  });

  describe("exports", () => {
    const saved = async (name: RegExp) => {
      await stage.page.getByText("Export", { exact: true }).click();
      await stage.page.getByRole("button", { name }).click();
      return (await stage.sent("export")).at(-1);
    };

    it("a picture, a table, a page and Markdown, for the host to put somewhere", async () => {
      await shown();
      const png = await saved(/PNG/);
      assert.equal(png?.format, "png");
      const bytes = Buffer.from(png?.data.replace("data:image/png;base64,", "") ?? "", "base64");
      assert.equal(bytes.subarray(1, 4).toString(), "PNG");
      assert.ok(bytes.readUInt32BE(16) > 800 && bytes.readUInt32BE(20) > 9 * 118, "all charts are on it");
      assert.match((await saved(/CSV/))?.data ?? "", /^seconds,arrivals/);
      assert.match((await saved(/Markdown/))?.data ?? "", /^### Qwen/);
      assert.deepEqual(JSON.parse((await saved(/HTML/))?.data ?? ""), { forecast, question });
      await leave();
    });
  });

  describe("without a picture", () => {
    it("says that it reads, and moves only for those who want that", async () => {
      const page = await open({ motion: "no-preference" });
      assert.equal(await page.locator(".state").textContent(), "Reading the files…");
      assert.equal(await page.evaluate(() => document.getAnimations().length), 1);
      await leave();
      await open({ motion: "reduce" });
      assert.equal(await stage.page.evaluate(() => document.getAnimations().length), 0);
      await leave();
    });

    for (const [state, mistake, title] of [
      ["no manifest", "No vLLM server stands in these files.", "No model server here"],
      [
        "an unknown model",
        'Deployment "a": The model "x/y" is not known. Name a known one with --model.',
        "The model is not known",
      ],
      [
        "a templated file",
        'HorizontalPodAutoscaler "a": maxReplicas is missing or filled in later.',
        "A template is not filled in yet",
      ],
      ["a scenario that the engine refuses", 'Deployment "a": vLLM does not start on L4.', "It does not start here"],
    ] as const)
      it(`says what is wrong and what to do: ${state}`, async () => {
        const page = await shown({ forecast: { targets: [], mistake } });
        assert.equal(await page.locator(".state h2").textContent(), title);
        assert.equal(await page.locator(".state .mistake").textContent(), withoutFlags(mistake));
        assert.equal(await page.getByRole("tablist").isVisible(), false);
        await stage.answer(forecast);
        assert.equal(await page.getByRole("tablist").isVisible(), true);
        assert.equal(await page.locator("figure.chart canvas").count(), 9);
        await leave();
      });

    it("leads to the field in which what is missing can be said", async () => {
      const mistake = 'Deployment "a": nothing says which GPU its node has. Add --gpu GPU, or a nodeSelector.';
      const page = await shown({ forecast: { targets: [], mistake }, width: 480 });
      await page.getByRole("button", { name: "Take me there" }).click();
      await page.keyboard.type("H100");
      await page.keyboard.press("Enter");
      await stage.frame();
      assert.deepEqual((await stage.sent("ask")).at(-1)?.question.instead, { gpu: "H100" });
      await leave();
    });

    it("says what the host could not do, until the next answer, and that an exact run is under way", async () => {
      const page = await shown();
      await stage.hear({ type: "failed", sentence: "The value cannot be written: the file has changed." });
      assert.equal(await page.getByRole("alert").textContent(), "The value cannot be written: the file has changed.");
      await stage.hear({ type: "settling", isSettling: true });
      assert.match((await page.locator(".settling").textContent()) ?? "", /^settling/);
      await stage.answer(forecast);
      assert.equal(await page.getByRole("alert").isVisible(), false);
      await leave();
    });
  });

  describe("alone in a file", () => {
    it("shows the run that is in it, and nothing that would need somebody to answer", async () => {
      const page = await open({ alone: forecast });
      assert.equal(await page.locator("figure.chart canvas").count(), 9);
      assert.equal(await page.locator(".play").isVisible(), false);
      assert.equal(await page.getByRole("slider").count(), 0);
      await tab("Decisions").click();
      assert.equal(await page.locator("button.link, button.entry").count(), 0);
      await page.getByText("Export", { exact: true }).click();
      assert.equal(await page.getByRole("button", { name: /HTML/ }).isVisible(), false);
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: /CSV/ }).click();
      assert.equal((await download).suggestedFilename(), "headroom.csv");
      await leave();
    });

    it("shows what files say as text, whatever it is", async () => {
      const hostile = "</script><img src=x onerror=alert(1)>";
      assert.ok(forecast.picture);
      const picture = {
        ...forecast.picture,
        model: hostile,
        origins: [{ what: hostile, value: hostile, origin: hostile }],
        gaps: [{ what: hostile, why: hostile, howToFill: hostile }],
        timeline: { ...forecast.picture.timeline, signals: { [hostile]: forecast.picture.timeline.arrivals } },
      };
      const page = await open({ alone: { ...forecast, picture } });
      assert.equal(await page.locator("h1").textContent(), hostile);
      await tab("Fidelity").click();
      assert.equal(await page.locator(".gaps dt").textContent(), hostile);
      assert.equal(await page.locator("img").count(), 0);
      await leave();
    });
  });

  describe("tells the topology", () => {
    const topology: Topology = {
      mermaid: "flowchart LR\n  a --> b",
      nodes: [
        {
          id: "a",
          kind: "HorizontalPodAutoscaler",
          name: "chat",
          path: "hpa.yaml",
          range: rangeAt(0),
          errors: 1,
          warnings: 2,
        },
        { id: "b", kind: "Deployment", name: "chat", path: "chat.yaml", range: rangeAt(3), errors: 0, warnings: 0 },
      ],
      edges: [{ from: "a", to: "b", label: "scales" }],
    };

    it("once somebody looks: a drawing in a frame of its own, and a table of its objects", async () => {
      const script = `
        addEventListener("message", ({ data }) => {
          document.body.textContent = data.mermaid + " " + data.isDark;
          parent.postMessage({ type: "drawn", height: 123 }, "*");
        });
        parent.postMessage({ type: "ready" }, "*");`;
      const page = await shown({ topology: script, theme: "dark" });
      assert.deepEqual(await stage.sent("topology"), []);
      await tab("Topology").click();
      await tab("Timelines").click();
      await tab("Topology").click();
      assert.deepEqual(await stage.sent("topology"), [{ type: "topology" }]);
      await stage.hear({ type: "topology", topology });
      await page.frameLocator("iframe").getByText("flowchart LR a --> b true").waitFor();
      await page.waitForFunction(() => document.querySelector("iframe")?.style.height === "123px");
      const rows = await page.locator("#panel-topology tbody tr").allTextContents();
      assert.deepEqual(rows, [
        "HorizontalPodAutoscaler chatscales Deployment chat✗ 1 error, ⚠ 2 warnings",
        "Deployment chat",
      ]);
      await page.getByRole("button", { name: "Deployment chat", exact: true }).click();
      assert.deepEqual((await stage.sent("reveal")).at(-1)?.place, { path: "chat.yaml", range: rangeAt(3) });
      await leave();
    });
  });

  describe("fits", () => {
    for (const width of [480, 1200])
      it(`${width} pixels, whatever is open`, async () => {
        const page = await shown({ width });
        for (const name of ["Timelines", "Decisions", "Capacity", "Fidelity"]) {
          await tab(name).click();
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.equal(over, 0, name);
        }
        await leave();
      });
  });
});

function rangeAt(line: number) {
  return { start: { line, character: 0 }, end: { line, character: 5 } };
}

async function boxOf(of: Locator) {
  const box = await of.boundingBox();
  assert.ok(box);
  return box;
}

async function drag(of: Locator, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const [box, { mouse }] = [await boxOf(of), of.page()];
  await mouse.move(box.x + from[0], box.y + from[1]);
  await mouse.down();
  await mouse.move(box.x + (from[0] + to[0]) / 2, box.y + to[1], { steps: 3 });
  await mouse.move(box.x + to[0], box.y + to[1], { steps: 3 });
  await mouse.up();
}
