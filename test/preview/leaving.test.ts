import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { cell, csvOf } from "../../client/preview/page/export/csv.ts";
import { escaped, markdownOf } from "../../client/preview/page/export/markdown.ts";
import { chosen, controllersOf, groupsOf, isUnder } from "../../client/preview/page/tabs/grouping.ts";
import { gigabytes, latency, percent, rounded, shortened, span, tell } from "../../client/preview/page/words.ts";
import { figureTitle, figureUnit } from "../../server/forecast/figures.ts";
import type { Picture } from "../../server/forecast/picture.ts";
import { examplePicture } from "../support/picture.ts";

let picture: Picture;
before(async () => {
  picture = await examplePicture();
});

describe("CSV", () => {
  it("has a row for each moment and nothing where nothing is known", () => {
    const [head, first, second] = csvOf(picture).split("\r\n");
    assert.equal(
      head,
      "seconds,arrivals,dropped,ttftMean,ttftP95,itlMean,itlP95,within,kvMean,kvMost,running,waiting,held,perHour,dollars," +
        "qwen3-32b-l40s asked,qwen3-32b-l40s desired,qwen3-32b-l40s pending,qwen3-32b-l40s provisioning," +
        "qwen3-32b-l40s starting,qwen3-32b-l40s serving,qwen3-32b-l40s draining,signal qwen3-32b-batch: wva",
    );
    assert.equal(first, "0,,0,,,,,,0,0,0,0,0,3.96,0,1,,0,0,0,1,0,");
    assert.match(second ?? "", /^15,5,0,0\.56/);
    assert.equal(csvOf(picture).split("\r\n").length, picture.timeline.at.length + 2);
  });

  it("quotes names, and names that a spreadsheet would reckon", () => {
    assert.equal(cell('a "b", c'), '"a ""b"", c"');
    assert.equal(cell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
    assert.equal(cell("@x\n"), '"\'@x\n"');
    assert.equal(cell("plain"), "plain");
  });
});

describe("Markdown for a pull request", () => {
  it("tells the run, its figures and its changes", () => {
    const told = markdownOf({ targets: [], picture });
    assert.match(told, /^### Qwen\/Qwen3-32B: objectives missed\n\n/);
    assert.match(told, /\nSteady, 1 h, 95 % within TTFT 2 s and ITL 100 ms, fluid, seed 7\.\n/);
    assert.match(told, /\n\| figure \| value \|\n\| --- \| ---: \|\n/);
    assert.match(told, /\n\| within both objectives \| 48\.4 % \|\n/);
    assert.match(told, /\n- 0:16:00 qwen3-32b-l40s: 1 -\\> 2, because/);
  });

  it("tells what a change does, or that it does nothing", () => {
    const figures = [{ name: "ttft.p95", before: 0.25, after: null }];
    const difference = { since: 60, figures, changesBefore: [], changesAfter: [] };
    const changed = markdownOf({ targets: [], picture, against: { name: "HEAD|~1", difference } });
    assert.match(
      changed,
      /\| figure \| HEAD\\\|\\~1 \| here \|\n\| --- \| ---: \| ---: \|\n\| TTFT p95 \| 250 ms \| unknown \|/,
    );
    const same = markdownOf({ targets: [], picture, against: { name: "saved", difference: null } });
    assert.match(same, /\n\nNo difference from saved\.\n\n/);
    assert.equal(markdownOf({ targets: [], mistake: "no" }), "");
  });

  it("lets no text of a file speak", () => {
    assert.equal(
      escaped("![x](http://a)\n<b>|`@all` &amp;"),
      "\\!\\[x\\](http:\u200b//a) \\<b\\>\\|\\`@\u200ball\\` &amp;amp;",
    );
  });
});

describe("the decision log", () => {
  it("leaves looks without consequence out until they are asked for", () => {
    const shown = chosen(picture.decisions, { withSame: false });
    assert.ok(shown.every(({ outcome }) => outcome !== "same") && shown.length > 3);
    assert.equal(chosen(picture.decisions, { withSame: true }).length, picture.decisions.length);
    assert.deepEqual(controllersOf(picture), ["hpa", "wva"]);
    assert.ok(
      chosen(picture.decisions, { controller: "wva", withSame: true }).every(
        (one) => one.decision.controller === "wva",
      ),
    );
  });

  it("is grouped by the change of replicas that the entries led to", () => {
    const groups = groupsOf(chosen(picture.decisions, { withSame: false }));
    assert.deepEqual(groups.map(({ from, replicas }) => [from, replicas]).slice(0, 2), [
      [60, "qwen3-32b-l40s: 1 → 2"],
      [990, "qwen3-32b-l40s: 2 → 3"],
    ]);
    assert.equal(groups.at(-1)?.replicas, "no change");
    assert.deepEqual(groupsOf([]), []);
  });

  it("knows which entries the cursor stands in", () => {
    const held = picture.decisions.find(({ origins }) =>
      origins.some(({ origin }) => origin.endsWith("autoscaling.yaml:38")),
    );
    assert.ok(held);
    const at = (line: number, path = "examples/production/batch/autoscaling.yaml") => {
      const position = { line, character: 12 };
      return [{ path, range: { start: position, end: position } }];
    };
    assert.equal(isUnder(held, picture, at(37)), true);
    assert.equal(isUnder(held, picture, at(36)), false);
    assert.equal(isUnder(held, picture, at(37, "other.yaml")), false);
    assert.equal(isUnder(held, picture, []), false);
  });
});

describe("words", () => {
  it("tell numbers as people read them, and what is not known as that", () => {
    assert.deepEqual(
      [rounded(1234567), rounded(0.012345), rounded(12), rounded(null)],
      ["1,234,567", "0.0123", "12", "unknown"],
    );
    assert.deepEqual([latency(0.25), latency(2), latency(0), latency(null)], ["250 ms", "2 s", "0 s", "unknown"]);
    assert.deepEqual([percent(0.4844), percent(1), span(5400), span(90)], ["48.4 %", "100 %", "1 h 30 min", "90 s"]);
    assert.deepEqual(
      [gigabytes(2 ** 30 * 1.5), tell(3.5, "dollarsPerHour"), tell(null, "dollars")],
      ["1.5 GiB", "$3.50/h", "unknown"],
    );
    assert.equal(shortened("a  very\nlong name", 8), "a very…");
  });

  it("name figures, and take those that nobody named as they are", () => {
    assert.deepEqual([figureTitle("ttft.p95"), figureUnit("ttft.p95")], ["TTFT p95", "seconds"]);
    assert.deepEqual([figureTitle("constructor"), figureUnit("__proto__")], ["constructor", "plain"]);
  });
});
