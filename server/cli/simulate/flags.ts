import { type Bounds, bounds, isWithin } from "../../forecast/bounds.ts";
import { type AskedSlo, type Question, usualQuestion } from "../../forecast/question.ts";
import type { Found } from "../../scenario/found.ts";
import { parseSpan } from "../../text/values/duration.ts";

/** The options of the command, as they were written. */
export interface Written {
  readonly traffic: string | undefined;
  readonly rate: string | undefined;
  readonly duration: string | undefined;
  readonly seed: string | undefined;
  readonly slo: string | undefined;
  readonly target: string | undefined;
  readonly model: string | undefined;
  readonly gpu: string | undefined;
  readonly replicas: string | undefined;
  readonly "node-time": string | undefined;
  readonly "start-time": string | undefined;
  readonly "gpu-hour": string | undefined;
  readonly against: string | undefined;
  readonly html: string | undefined;
  readonly exact: boolean;
  readonly json: boolean;
}

/** Reads the options; a mistake is a sentence. */
export function askedIn(written: Written): Found<Question> {
  const slo = sloIn(written.slo);
  if ("mistake" in slo) return slo;
  const numbers = numbersIn(written);
  if ("mistake" in numbers) return { mistake: String(numbers.mistake) };
  const { rate, duration, seed, ...instead } = numbers;
  const { target, model, gpu } = written;
  return {
    ...(target === undefined ? {} : { target }),
    traffic: { name: written.traffic ?? usualQuestion.traffic.name, ...(rate === undefined ? {} : { rate }) },
    duration: duration ?? usualQuestion.duration,
    seed: seed ?? usualQuestion.seed,
    slo,
    instead: { ...(model === undefined ? {} : { model }), ...(gpu === undefined ? {} : { gpu }), ...instead },
    exact: written.exact,
  };
}

interface Numbers {
  readonly rate?: number;
  readonly duration?: number;
  readonly seed?: number;
  readonly replicas?: number;
  readonly nodeTime?: number;
  readonly startTime?: number;
  readonly gpuHour?: number;
}

interface NumericOption {
  readonly option: keyof Written;
  readonly name: keyof Numbers;
  readonly read: (text: string) => number;
  readonly within: Bounds;
  /** For who wrote something else. */
  readonly takes: string;
}

const { rate, duration, seed, replicas, seconds, dollars } = bounds;
const numeric: readonly NumericOption[] = [
  { option: "rate", name: "rate", read: decimal, within: rate, takes: `requests a second up to ${rate.most}` },
  { option: "duration", name: "duration", read: wholeSpan, within: duration, takes: "1m to 31d, such as 6h or 7d" },
  { option: "seed", name: "seed", read: whole, within: seed, takes: "a whole number" },
  {
    option: "replicas",
    name: "replicas",
    read: whole,
    within: replicas,
    takes: `a whole number up to ${replicas.most}`,
  },
  { option: "node-time", name: "nodeTime", read: span, within: seconds, takes: "a time such as 2m" },
  { option: "start-time", name: "startTime", read: span, within: seconds, takes: "a time such as 3m" },
  { option: "gpu-hour", name: "gpuHour", read: decimal, within: dollars, takes: `dollars up to ${dollars.most}` },
];

function numbersIn(written: Written): Found<Numbers> {
  const found: { -readonly [Name in keyof Numbers]: Numbers[Name] } = {};
  for (const { option, name, read, within, takes } of numeric) {
    const text = written[option];
    if (typeof text !== "string") continue;
    const value = read(text);
    if (!isWithin(value, within)) return { mistake: `--${option} takes ${takes}, not "${text}".` };
    found[name] = value;
  }
  return found;
}

function decimal(text: string): number {
  return /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN;
}

function whole(text: string): number {
  return /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
}

function span(text: string): number {
  return parseSpan(text) ?? Number.NaN;
}

/** Also in days and weeks, which Go has no letter for. */
function wholeSpan(text: string): number {
  const [, count, unit] = /^(\d{1,3}(?:\.\d{1,3})?)([dw])$/.exec(text) ?? [];
  return Math.floor(count === undefined ? span(text) : Number(count) * (unit === "d" ? 86_400 : 7 * 86_400));
}

const form = "ttft=2s,itl=100ms,target=95%";

/** `ttft=2s,itl=100ms`, and the share that should meet them as `target=99%`. */
function sloIn(text: string | undefined): Found<AskedSlo> {
  if (text === undefined) return usualQuestion.slo;
  const slo: { -readonly [K in keyof AskedSlo]: AskedSlo[K] } = { target: usualQuestion.slo.target };
  for (const part of text.split(",")) {
    const [key = "", value = ""] = part.split("=", 2).map((word) => word.trim());
    const seconds = parseSpan(value);
    const share = /^(\d{1,3}(?:\.\d{1,4})?)%$/.exec(value)?.[1];
    if ((key === "ttft" || key === "itl") && seconds !== undefined && seconds > 0) slo[key] = seconds;
    else if (key === "target" && share !== undefined && Number(share) > 0 && Number(share) <= 100)
      slo.target = Number(share) / 100;
    else return { mistake: `--slo takes such as ${form}, not "${part}".` };
  }
  if (slo.ttft === undefined && slo.itl === undefined)
    return { mistake: `--slo names no objective. It takes such as ${form}.` };
  return slo;
}
