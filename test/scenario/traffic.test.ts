import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { drawArrivals } from "../../server/engine/traffic/draw.ts";
import { presetOf, presets } from "../../server/engine/traffic/presets.ts";
import { rateAt } from "../../server/engine/traffic/rate.ts";
import { summarise } from "../../server/engine/traffic/summary.ts";
import type { Traffic } from "../../server/engine/traffic/traffic.ts";
import { Workspace } from "../../server/graph/workspace.ts";
import { kinds } from "../../server/kinds/registry.ts";
import type { TrafficView } from "../../server/kinds/traffic/kind.ts";
import { trafficOf } from "../../server/scenario/traffic.ts";
import { rowsOf } from "../engine/traffic/rows.ts";
import { lint } from "../support/lint.ts";

const head = "apiVersion: headroom/v1\nkind: Traffic\n";
const lengths = "prompt: {fixed: 1000}\noutput: {fixed: 100}\n";

function read(text: string) {
  const workspace = new Workspace(kinds);
  const [object] = workspace.objectsIn(workspace.update("traffic.yaml", text).file);
  assert.equal(object?.kind.id, "traffic");
  return trafficOf(object?.view as TrafficView);
}

function trafficIn(text: string): Traffic {
  const { traffic, problems } = read(head + text);
  assert.deepEqual(problems, []);
  assert.ok(traffic !== undefined);
  return traffic;
}

describe("a traffic file", () => {
  test("with a preset alone is that preset", () => {
    for (const { name, traffic } of presets) assert.deepEqual(trafficIn(`preset: ${name}\n`), traffic);
  });

  test("keeps of its preset what it does not say", () => {
    const own = trafficIn(
      "preset: agents\nrate: {constant: 4}\noutput: {uniform: {from: 10, to: 20}}\narrivals: {law: poisson}\n",
    );
    assert.deepEqual(own, {
      ...presetOf("agents")?.traffic,
      rate: { knots: [{ at: 0, rate: 4 }] },
      output: { law: "uniform", from: 10, to: 20 },
      variation: 1,
    });
  });

  test("gives steps, points, hours and spikes, with durations as Go writes them or as seconds", () => {
    const at = (rate: string, ...moments: number[]) => {
      const traffic = trafficIn(`${rate}${lengths}`);
      return moments.map((moment) => rateAt(traffic.rate, moment));
    };
    assert.deepEqual(at("rate: {steps: [{rate: 2, for: 1m30s}, {rate: 5, for: 10}]}\n", 0, 89, 90, 1000), [2, 2, 5, 5]);
    assert.deepEqual(
      at("rate: {points: [{at: 0, rate: 0}, {at: 1h, rate: 36}]}\n", 0, 100, 3600, 9999),
      [0, 1, 36, 36],
    );
    const hours = Array.from({ length: 24 }, (_, n) => n).join(", ");
    assert.deepEqual(at(`rate: {daily: [${hours}]}\n`, 1800, 1800 + 5 * 3600, 1800 + 29 * 3600), [0, 5, 5]);
    const spikes = "spikes: [{at: 10s, for: 5s, times: 3}, {at: 30s, for: 5s, rise: 2s, add: 7}]\n";
    assert.deepEqual(at(`rate: {constant: 2}\n${spikes}`, 9, 10, 14, 15, 31, 32, 36, 39), [2, 6, 6, 2, 5.5, 9, 9, 2]);
  });

  test("is stretched to its busiest minute, spikes included", () => {
    const traffic = trafficIn(
      `rate: {constant: 2}\nspikes: [{at: 60s, for: 5m, times: 4}]\nscale: {peak: 40}\n${lengths}`,
    );
    assert.deepEqual(
      [0, 100, 1000].map((moment) => rateAt(traffic.rate, moment)),
      [10, 40, 10],
    );
  });

  test("gives every law of lengths, sessions, system prompts and reuse", () => {
    const traffic = trafficIn(`rate: {constant: 1}
prompt: {lognormal: {median: 1000, sigma: 1.2, cap: 8192}}
output: {empirical: {tokens: [10, 20], weights: [3, 1]}}
arrivals: {law: even}
system: {count: 3, tokens: 500}
sessions: {turns: {uniform: {from: 1, to: 9}}, pause: 30s, prompt: {fixed: 50}}
reuse: [{tokens: 1000, share: 0.1}, {tokens: 5000, share: 0.3}]
`);
    assert.deepEqual(
      { ...traffic, prompt: { ...traffic.prompt, mu: 0 } },
      {
        rate: { knots: [{ at: 0, rate: 1 }] },
        variation: 0,
        prompt: { law: "lognormal", mu: 0, sigma: 1.2, cap: 8192 },
        output: { law: "empirical", tokens: [10, 20], weights: [3, 1] },
        system: { count: 3, tokens: 500 },
        sessions: {
          turns: { law: "uniform", from: 1, to: 9 },
          pause: 30,
          prompt: { law: "fixed", tokens: 50 },
          context: 131_072,
        },
        reuse: [
          { tokens: 1000, share: 0.1 },
          { tokens: 5000, share: 0.3 },
        ],
      },
    );
    assert.ok(traffic.prompt.law === "lognormal" && Math.abs(traffic.prompt.mu - Math.log(1000)) < 1e-12);
  });
});

/** What no schema sees, and what is said then. */
const contradictions: readonly [title: string, text: string, message: RegExp][] = [
  [
    "no prompts and no preset",
    "rate: {constant: 1}\noutput: {fixed: 5}\n",
    /^Without a preset, a traffic has to say prompt$/,
  ],
  ["nothing at all", "", /has to say rate, prompt, output$/],
  [
    "points that go back",
    `rate: {points: [{at: 9s, rate: 1}, {at: 5s, rate: 1}]}\n${lengths}`,
    /5 s stands behind 9 s$/,
  ],
  [
    "a spike of two heights",
    `rate: {constant: 1}\nspikes: [{at: 1s, for: 1s, times: 2, add: 1}]\n${lengths}`,
    /either in `times` or in `add`$/,
  ],
  ["a spike of none", `rate: {constant: 1}\nspikes: [{at: 1s, for: 1s}]\n${lengths}`, /either in `times` or in `add`$/],
  [
    "bursts of no variation",
    `rate: {constant: 1}\narrivals: {law: gamma}\n${lengths}`,
    /^The gamma law needs its variation$/,
  ],
  ["a law that goes down", "preset: steady\nprompt: {uniform: {from: 9, to: 5}}\n", /not from 9 to 5$/],
  [
    "weights too few",
    "preset: steady\nprompt: {empirical: {tokens: [1, 2], weights: [1]}}\n",
    /2 lengths and 1 weights$/,
  ],
  [
    "weights of nothing",
    "preset: steady\nprompt: {empirical: {tokens: [1, 2], weights: [0, 0]}}\n",
    /^One weight at least is above 0$/,
  ],
  [
    "reuse that falls",
    "preset: steady\nreuse: [{tokens: 5, share: 0.5}, {tokens: 9, share: 0.2}]\n",
    /shares do not fall$/,
  ],
];

describe("a traffic file that fits its schema", () => {
  for (const [title, text, message] of contradictions) {
    test(`is refused with ${title}, by traffic/invalid alone`, () => {
      const { traffic, problems } = read(head + text);
      assert.equal(traffic, undefined);
      assert.match(problems[0]?.message ?? "", message);
      assert.deepEqual(
        lint({ "traffic.yaml": head + text }).map(({ rule }) => rule),
        ["traffic/invalid"],
      );
    });
  }
});

const wrong = [
  "preset: stedy",
  "rate: {constant: -1}",
  "rate: {daily: [1, 2]}",
  "rate: {sine: 4}",
  "rate: {steps: [{rate: 2}]}",
  "spikes: [{at: soon, for: 5s, add: 1}]",
  "arrivals: {law: pareto}",
  "arrivals: {law: gamma, variation: 99}",
  "prompt: {fixed: 0}",
  "prompt: {fixed: many}",
  "prompt: {zipf: 2}",
  "output: {lognormal: {median: 9, sigma: 1}}",
  "system: {count: 2}",
  "sessions: {turns: {fixed: 3}}",
  "reuse: [{tokens: 5, share: 40}]",
  "output: {uniform: {from: 1, to: 9999999999}}",
];

describe("a traffic file that does not fit its schema", () => {
  for (const line of wrong) {
    test(`is refused, and said to be wrong once: ${line}`, () => {
      const own = `${head}${line.startsWith("preset") ? "" : "preset: steady\n"}${line}\n`;
      assert.equal(read(own).traffic, undefined);
      const said = lint({ "traffic.yaml": own }).map(({ rule }) => rule);
      assert.ok(said.length === 1 && said[0]?.startsWith("schema/"), said.join(", "));
    });
  }
});

describe("any text under the head of a traffic file", () => {
  const word = fc.constantFrom(
    "rate",
    "steps",
    "points",
    "at",
    "for",
    "{",
    "}",
    "[",
    "]",
    ": ",
    "5s",
    "1e99",
    "-1",
    ".inf",
    "~",
    "__proto__",
    "&a",
    "*a",
    "\n",
    "  ",
    "preset: agents\n",
    "sessions",
    "prompt",
    "fixed",
  );
  test("leads to problems or to a traffic that draws, and never throws", () =>
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const workspace = new Workspace(kinds);
        const [object] = workspace.objectsIn(workspace.update("traffic.yaml", head + words.join("")).file);
        if (object?.kind.id !== "traffic") return;
        const { traffic } = trafficOf(object.view as TrafficView);
        if (traffic !== undefined) drawArrivals(traffic, 7);
      }),
    ));
});

/** Mean and busiest minute, and the tokens of a prompt and of an answer in the mean. */
const examples: Readonly<Record<string, readonly string[]>> = {
  "benchmark.yaml": ["5.63", "10.00", "1088", "288"],
  "half-chat-week.yaml": ["3.63", "6.00", "1206", "217"],
  "launch.yaml": ["6.88", "8.00", "1024", "256"],
  "shop.yaml": ["9.83", "40.00", "2575", "204"],
};

describe("the examples of traffic", () => {
  test("are those that this table knows", () =>
    assert.deepEqual(readdirSync("examples/traffic").sort(), Object.keys(examples)));

  for (const [file, expected] of Object.entries(examples)) {
    const text = readFileSync(`examples/traffic/${file}`, "utf8");
    test(`${file} has nothing wrong in it, amounts to what it should, and draws`, () => {
      assert.deepEqual(lint({ [file]: text }), []);
      const { traffic } = read(text);
      assert.ok(traffic !== undefined);
      const { meanRate, peakMinuteRate, requests } = summarise(traffic);
      const told = [
        meanRate.toFixed(2),
        peakMinuteRate.toFixed(2),
        requests.promptTokens.toFixed(0),
        requests.outputTokens.toFixed(0),
      ];
      assert.deepEqual(told, expected);
      rowsOf(drawArrivals(traffic, 7), 1000);
    });
  }
});

describe("the page of traffic", () => {
  const page = readFileSync("docs/traffic.md", "utf8");

  test("shows the figures of each preset", () => {
    const round = (number: number) => Math.round(number).toLocaleString("en");
    const rate = (number: number) => String(Number(number.toFixed(1)));
    const rows = presets.map(({ name, traffic }) => {
      const { meanRate, peakMinuteRate, requests } = summarise(traffic);
      const rates = `${rate(meanRate)}, ${rate(peakMinuteRate)}`;
      return `| \`${name}\` | ${rates} | ${round(requests.promptTokens)}, ${round(requests.outputTokens)} |`;
    });
    const told = [...page.matchAll(/^\| `[\w-]+` \| [\d., ]+ \| [\d., ]+ \|/gm)].map(([row]) => row);
    assert.deepEqual(told, rows);
  });

  test("shows a file that is one of the examples", () => {
    const [, shown = ""] = /```yaml\n(.*?)```/s.exec(page) ?? [];
    assert.equal(readFileSync("examples/traffic/shop.yaml", "utf8").replace(/^#.*\n/, ""), shown);
  });
});
