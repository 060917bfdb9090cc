import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { startOf } from "../../client/preview/page/charts/brackets.ts";
import { chartsOf } from "../../client/preview/page/charts/charts.ts";
import { decisionsAt } from "../../client/preview/page/charts/decisions-at.ts";
import { type ChartModel, columnAt, onClock, stacked } from "../../client/preview/page/charts/model.ts";
import { clockMark, powers, rounded, scaleOf } from "../../client/preview/page/charts/scales.ts";
import { tableOf } from "../../client/preview/page/charts/table.ts";
import { toldOf } from "../../client/preview/page/charts/tell.ts";
import { unknownStretches } from "../../client/preview/page/charts/unknown.ts";
import { closer, moved, wider, within } from "../../client/preview/page/charts/zoom.ts";
import type { Picture } from "../../server/forecast/picture.ts";
import { examplePicture } from "../support/picture.ts";

let picture: Picture;
before(async () => {
  picture = await examplePicture();
});

const chartOf = (id: string, of: Picture = picture) => {
  const found = chartsOf(of).find((chart) => chart.id === id);
  assert.ok(found, id);
  return found;
};

describe("charts of a picture", () => {
  it("are in the order in which one thing leads to the next", () => {
    assert.deepEqual(
      chartsOf(picture).map(({ id }) => id),
      [
        "traffic",
        "replicas qwen3-32b-l40s",
        "kv",
        "queue",
        "ttft",
        "itl",
        "price",
        "dollars",
        "signal qwen3-32b-batch: wva",
      ],
    );
  });

  it("have the lines of the other side on this side's clock, under its name", () => {
    const { timeline } = picture;
    const short = { ...picture, timeline: { ...timeline, at: timeline.at.slice(0, 3), arrivals: [null, 2, 3] } };
    const [traffic] = chartsOf(picture, { name: "HEAD", picture: short });
    assert.equal(traffic?.others[0]?.name, "arrivals, HEAD");
    assert.deepEqual(traffic?.others[0]?.values.slice(0, 4), [null, 2, 3, null]);
  });

  it("count drops by the second, as arrivals are", () => {
    const { timeline } = picture;
    const dropping = { ...picture, timeline: { ...timeline, dropped: timeline.at.map(() => 30) } };
    assert.deepEqual(new Set(chartOf("traffic", dropping).lines[1]?.values), new Set([2]));
  });

  it("take a variant called constructor for a name", () => {
    const { timeline } = picture;
    const own = Object.values(timeline.variants)[0] as Picture["timeline"]["variants"][string];
    const odd = { ...picture, timeline: { ...timeline, variants: { constructor: own } } };
    assert.equal(chartOf("replicas constructor", odd).layers[0]?.values, own.serving);
    const without = { ...picture, timeline: { ...timeline, variants: {} } };
    const [, replicas] = chartsOf(odd, { name: "HEAD", picture: without });
    assert.deepEqual(new Set(replicas?.others[0]?.values), new Set([null]));
  });
});

describe("layers", () => {
  it("stand on what is below them, and are unknown above what is unknown", () => {
    const layers = [{ values: [1, 2, null] }, { values: [1, null, 1] }, { values: [0, 1, 1] }];
    assert.deepEqual(stacked(layers), [
      [1, 2, null],
      [2, null, null],
      [2, null, null],
    ]);
  });
});

describe("a clock", () => {
  it("finds the nearest column", () => {
    const at = [0, 15, 30, 45];
    assert.deepEqual(
      [-5, 7, 8, 30, 44, 90].map((moment) => columnAt(at, moment)),
      [0, 0, 1, 2, 3, 3],
    );
  });

  it("takes a line from another clock as it stood then, and knows nothing past its end", () => {
    assert.deepEqual(onClock([0, 10, 20, 30, 40], [0, 20, 30], [1, 2, 3]), [1, 1, 2, 3, null]);
  });

  it("is marked by days when days are between the marks", () => {
    assert.equal(clockMark(3660, 60), "1:01");
    assert.equal(clockMark(3665, 5), "1:01:05");
    assert.equal(clockMark(50 * 3600, 3600), "d3 02:00");
    assert.equal(clockMark(86_400, 86_400), "day 2");
  });
});

describe("what is unknown", () => {
  it("is the stretch that ends in a column without a value; the first column has no width", () => {
    const at = [0, 15, 30, 45, 60];
    assert.deepEqual(unknownStretches(at, [[null, null, 1, null, null]]), [
      [0, 15],
      [30, 60],
    ]);
    assert.deepEqual(unknownStretches(at, [[null, 1, 1, 1, 1]]), []);
  });

  it("is known when one line of the chart is", () => {
    assert.deepEqual(
      unknownStretches(
        [0, 15, 30],
        [
          [null, null, 1],
          [1, 1, null],
        ],
      ),
      [],
    );
    assert.deepEqual(unknownStretches([0, 15], []), []);
  });
});

describe("a scale", () => {
  it("goes by powers of ten where an objective would lie on the axis", () => {
    assert.deepEqual(scaleOf(chartOf("ttft")), { least: 0.1, most: 1000, isLogarithmic: true });
    assert.equal(scaleOf(chartOf("itl")).isLogarithmic, false);
  });

  it("ends at the whole for a share, and shows thresholds beyond the values", () => {
    assert.deepEqual(scaleOf(chartOf("kv")), { least: 0, most: 1, isLogarithmic: false });
    const calm: ChartModel = { ...chartOf("queue"), lines: [] };
    assert.deepEqual(scaleOf(calm), { least: 0, most: 6, isLogarithmic: false });
  });

  it("ends at numbers that people put on axes", () => {
    assert.deepEqual([0, 0.83, 1.01, 5.4, 1400].map(rounded), [1, 1, 1.2, 6, 1500]);
    assert.deepEqual(powers(0.1, 100), [0.1, 1, 10, 100]);
  });
});

describe("a chart's twin", () => {
  it("has a row for each moment of the part that is shown, and says what is not known", () => {
    const { heads, rows, every } = tableOf(chartOf("traffic"), picture.timeline.at, [0, 30]);
    assert.deepEqual(heads, ["time", "arrivals", "dropped"]);
    assert.deepEqual(rows, [
      ["0:00:00", "unknown", "0 /s"],
      ["0:00:15", "5 /s", "0 /s"],
      ["0:00:30", "5 /s", "0 /s"],
    ]);
    assert.equal(every, 1);
  });

  it("leaves moments out of a week, and says how many", () => {
    const at = Array.from({ length: 1000 }, (_, column) => column);
    const model: ChartModel = {
      ...chartOf("queue"),
      lines: [{ name: "x", tone: "blue", stroke: "solid", values: at }],
    };
    const { rows, every } = tableOf(model, at, [0, 999]);
    assert.equal(every, 3);
    assert.deepEqual(rows.slice(0, 2), [
      ["0:00:00", "0"],
      ["0:00:03", "3"],
    ]);
  });

  it("is told in sentences", () => {
    const { at } = picture.timeline;
    assert.equal(toldOf(chartOf("traffic"), at), "Traffic: arrivals 5 /s throughout; dropped 0 /s throughout.");
    assert.equal(
      toldOf(chartOf("price"), at),
      "Cost an hour: dollars an hour from $3.96/h at 0:00:00 to $11.88/h at 0:37:00.",
    );
    assert.match(toldOf(chartOf("kv"), at), /Lines: kvCacheThreshold of wva 80 %; kvSpareTrigger of wva 70 %;/);
    assert.match(toldOf(chartOf("signal qwen3-32b-batch: wva"), at), /Unknown for 30 s\.$/);
    const dark: ChartModel = {
      ...chartOf("traffic"),
      lines: [{ name: "x", tone: "blue", stroke: "solid", values: [null] }],
    };
    assert.equal(toldOf(dark, [0]), "Traffic: x unknown throughout.");
  });
});

describe("zooming", () => {
  const all = [0, 3600] as const;
  it("halves and doubles around a moment and stays inside", () => {
    assert.deepEqual(closer(all, 1800, 60), [900, 2700]);
    assert.deepEqual(closer([0, 100], 0, 60), [0, 60]);
    assert.deepEqual(wider([3000, 3600], all), [2400, 3600]);
    assert.equal(wider([900, 2700], all), undefined);
    assert.deepEqual(moved([0, 600], -0.5, all), [0, 600]);
    assert.deepEqual(moved([0, 600], 0.5, all), [300, 900]);
    assert.deepEqual(within([-10, 9000], all), [0, 3600]);
  });
});

describe("the decision at a moment", () => {
  const told = (moment: number) =>
    decisionsAt(picture.decisions, moment).map(
      ({ at, outcome, decision }) => `${decision.controller} ${outcome} ${at}`,
    );

  it("is what each controller did last, the latest first", () => {
    assert.deepEqual(told(0), []);
    assert.deepEqual(told(60), ["wva changed 60", "hpa same 45"]);
    assert.deepEqual(told(500), ["wva held 90", "hpa held 75"]);
    assert.equal(told(960)[0], "hpa changed 960");
  });
});

describe("a window's bracket", () => {
  it("begins where the window first held something back, else where the clock begins", () => {
    const [up, down] = picture.windows;
    assert.ok(up && down);
    assert.equal(startOf(up, picture, [0, 3600]), 75);
    assert.equal(startOf(up, picture, [2000, 2100]), 2000);
    assert.equal(startOf({ ...down, name: "another" }, picture, [0, 3600]), 0);
  });
});
