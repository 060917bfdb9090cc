import { sentence } from "../../engine/decision/sentence.ts";
import { timeInWords } from "../../engine/decision/time-in-words.ts";
import type { Violation } from "../../engine/simulation/blame.ts";
import type { LogEntry } from "../../engine/simulation/log.ts";
import { cutsInWords, summarySentence } from "../../engine/simulation/summary-sentence.ts";
import type { Latency } from "../../engine/simulation/tier.ts";
import type { Forecast } from "../../forecast/forecast.ts";
import { counted, grouped } from "../report/words.ts";
import { visible } from "../terminal/visible.ts";
import { hang, wrap } from "../terminal/wrap.ts";
import { rangeOf, sparkline } from "./sparkline.ts";
import { clock, latency, percent, rounded } from "./words.ts";

const [mostDecisions, mostBreaches] = [40, 12];

/** All that happened, for people. */
export function simulatedInText({ read, run, exact, title }: Forecast, width: number): string {
  const { scenario, model, gaps, told } = read;
  const tier = exact ? "request by request" : "fluid";
  const sections = [
    wrap(visible(`${model}, ${timeInWords(scenario.duration)} of ${title}, seed ${scenario.seed}, ${tier}`), width),
    wrap(summarySentence(run), width),
    titled("Timeline", timeline(run, width)),
    titled("Decisions", decisions(run, width)),
    titled("Breaches of the objectives", breachLines(run.violations, width)),
    titled("Summary", summary(run.summary, read)),
    titled(
      "What these files do not say",
      gaps.flatMap(({ what, why, howToFill }) =>
        hang("- ", visible(`${what}: ${why}. To say it: ${howToFill}`), width, "  "),
      ),
    ),
    titled(
      "Where the numbers are from",
      told.flatMap(({ what, value, origin }) => hang("", visible(`${what} = ${value}  (${origin})`), width, "  ")),
    ),
    titled("How exact", exactness(read, exact, width)),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

export function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function timeline({ timeline: lines }: Forecast["run"], width: number): string[] {
  const serving = [...lines.variants.values()].map((variant) => variant.serving);
  const all = Float64Array.from({ length: lines.at.length }, (_, n) =>
    serving.reduce((sum, one) => sum + (one[n] ?? 0), 0),
  );
  const rows: readonly (readonly [string, ArrayLike<number>, (value: number) => string])[] = [
    ["requests/s", lines.arrivals, rounded],
    ["replicas", all, rounded],
    ["KV cache, mean", lines.kvMean, percent],
    ["waiting", lines.waiting, rounded],
    ["TTFT p95", lines.ttftP95, latency],
    ["ITL p95", lines.itlP95, latency],
    ["dollars/h", lines.perHour, rounded],
  ];
  const room = Math.max(10, width - 44);
  const drawn = rows.flatMap(([name, values, told]) => {
    const range = rangeOf(values);
    if (range === undefined) return [];
    const [least, most] = range.map(told);
    return [`  ${name.padEnd(15)} ${sparkline(values, room)}  ${least === most ? least : `${least} to ${most}`}`];
  });
  return drawn.length === 0 ? [] : [...drawn, `  ${"".padEnd(15)} ${axis(lines.at, room)}`];
}

/** When the timeline begins, is half over and ends, under its columns. */
function axis(at: ArrayLike<number>, room: number): string {
  const columns = Math.min(room, at.length);
  const [last, half] = [at[at.length - 1] ?? 0, at[Math.floor(at.length / 2)] ?? 0];
  const [begin, middle, end] = [0, half, last].map((time) => clock(time)) as [string, string, string];
  const before = Math.floor(columns / 2) - begin.length;
  const after = columns - Math.floor(columns / 2) - middle.length - end.length;
  if (before < 1 || after < 1) return `${begin} to ${end}`;
  return `${begin}${" ".repeat(before)}${middle}${" ".repeat(after)}${end}`;
}

/** Changes and what was held back; of many the changes alone; where nothing changes in a breach, why not. */
function decisions({ log, violations }: Forecast["run"], width: number): string[] {
  if (log.length === 0) return ["  nobody decides here: no autoscaler of this model is in these files"];
  const count = (of: readonly LogEntry[]) => of.reduce((sum, entry) => sum + entry.count, 0);
  const of = (outcome: LogEntry["outcome"]) => log.filter((entry) => entry.outcome === outcome);
  const same = of("same");
  let told = log.filter(({ outcome }) => outcome !== "same");
  const isLong = told.length > mostDecisions;
  if (isLong) told = of("changed");
  if (told.length === 0 && violations.length > 0) told = longest(same);
  const rest = told.length - mostDecisions;
  return [
    ...told.slice(0, mostDecisions).flatMap((entry) => decision(entry, width)),
    ...(rest > 0 ? [`  and ${counted(rest, "more change")}; --json has them all`] : []),
    ...(isLong ? [`  ${counted(count(of("held")), "time")} something was held back; --json has why`] : []),
    ...(same.length > 0 ? [`  ${counted(count(same), "time")} a controller looked and left things as they were`] : []),
  ];
}

/** Of each controller what it found most often. */
function longest(same: readonly LogEntry[]): LogEntry[] {
  const most = new Map<string, LogEntry>();
  for (const entry of same) {
    const key = `${entry.decision.controller} ${entry.decision.subject}`;
    if (entry.count > (most.get(key)?.count ?? 0)) most.set(key, entry);
  }
  return [...most.values()].toSorted((a, b) => a.at - b.at);
}

function decision({ at, until, count, outcome, decision: one, origins }: LogEntry, width: number): string[] {
  const times = count > 1 ? `, ${counted(count, "time")} until ${clock(until)}` : "";
  const from = origins.map(({ name, origin }) => `${name}: ${origin}`).join(", ");
  const held = outcome === "held" ? " (held)" : "";
  const text = `${one.controller}${held}${times}: ${sentence(one)}${from === "" ? "" : ` [${from}]`}`;
  return hang(`${clock(at)}  `, visible(text), width, "  ");
}

function breachLines(violations: readonly Violation[], width: number): string[] {
  const shown = violations.slice(0, mostBreaches).flatMap(({ from, to, blame }) => {
    const parts = blame.map(({ part, seconds, by, origin }) => {
      const knob = [...(by === undefined || by === part ? [] : [by]), ...(origin === undefined ? [] : [origin])].join(
        ", ",
      );
      return `${part}${knob === "" ? "" : ` (${knob})`} ${timeInWords(seconds)}`;
    });
    return hang(
      `${clock(from)}  `,
      visible(`${timeInWords(to - from)}, waiting for: ${parts.join("; ")}`),
      width,
      "  ",
    );
  });
  const rest = violations.length - mostBreaches;
  return rest > 0 ? [...shown, `  and ${rest} more; --json has them all`] : shown;
}

function summary(summary: Forecast["run"]["summary"], { scenario }: Forecast["read"]): string[] {
  const { ttft, itl, target } = scenario.slo;
  const { gpuHours: gpu } = summary;
  const objectives = [
    ...(ttft === undefined ? [] : [`TTFT ${latency(ttft.value)}`]),
    ...(itl === undefined ? [] : [`ITL ${latency(itl.value)}`]),
  ].join(" and ");
  const rows: readonly (readonly [string, string])[] = [
    [
      "SLO attainment",
      `${Number.isNaN(summary.attainment.both) ? "no request; the objective is" : `${percent(summary.attainment.both)} of requests within`} ${objectives}; the target is ${percent(target)}`,
    ],
    ["TTFT p50/p95/p99", percentiles(summary.ttft)],
    ["ITL p50/p95/p99", percentiles(summary.itl)],
    ["requests", requestsInWords(summary)],
    ["replica hours", `${rounded(summary.replicaHours)}, at most ${summary.mostReplicas} at once`],
    ["cost", costInWords(summary)],
    [
      "GPU hours",
      `${hours(gpu.paid)} paid: ${hours(gpu.serving)} serving, of them ${hours(gpu.idle)} without a request, ${hours(gpu.starting)} while pods start`,
    ],
    ["scale events", `${summary.scaleUps} up, ${summary.scaleDowns} down`],
    ["cut generations", cutsInWords(summary.cut)],
    [
      "time to recover",
      summary.violations === 0
        ? "no breach"
        : `${timeInWords(summary.longestViolation)} at the longest, ${counted(summary.violations, "breach").replace(/breachs$/, "breaches")}`,
    ],
  ];
  return rows.map(([name, value]) => `  ${name.padEnd(17)} ${value}`);
}

function costInWords({ dollars, dollarsPerMillionTokens: perMillion }: Forecast["run"]["summary"]): string {
  const whole = `$${dollars.toFixed(2)}`;
  return Number.isFinite(perMillion) ? `${whole}, $${rounded(perMillion)} a million output tokens` : whole;
}

/** Half a minute is the least that is told. */
function hours(of: number): string {
  return of < 0.01 ? "0" : rounded(of);
}

/** Whole requests that add up: what has neither finished nor been dropped is under way. */
function requestsInWords({ arrived, finished, dropped }: Forecast["run"]["summary"]): string {
  const [came, done, lost] = [arrived, finished, dropped].map(Math.round) as [number, number, number];
  const inside = came - done - lost;
  const rest = inside > 0 ? `, ${grouped(inside)} under way at the end` : "";
  return `${grouped(came)} came, ${grouped(done)} finished, ${grouped(lost)} dropped${rest}`;
}

function percentiles(of: Latency | undefined): string {
  if (of === undefined) return "-";
  const told = [of.p50, of.p95, of.p99].map(latency).join(" / ");
  return of.of === "moments" ? `${told} (of moments)` : told;
}

function exactness({ band }: Forecast["read"], exact: boolean, width: number): string[] {
  const text = [
    `Time of an output token may be off by ${percent(band.outputToken)}, time to the first token by ${percent(band.firstToken)} while requests do not queue and by its order of magnitude when they do; replicas and cost follow.`,
    exact ? "" : "A fluid knows no single requests: its percentiles are those of moments. --exact serves each request.",
    "docs/fidelity.md has the measurements.",
  ];
  return hang("", text.filter((part) => part !== "").join(" "), width, "  ");
}
