import type { Picture } from "../../../../server/forecast/picture.ts";
import type { Instead, Question } from "../../../../server/forecast/question.ts";

/** A number that can be played with. */
export interface Field {
  readonly id: string;
  readonly label: string;
  /** Beside the number. */
  readonly unit: string;
  /** Of the slider; the number itself may be any. */
  readonly least: number;
  readonly most: number;
  readonly step: number;
  /** Sliders of these go by factors, since people think of them so. */
  readonly isLogarithmic: boolean;
  /** Undefined: as the files, or the traffic, have it. */
  read(question: Question): number | undefined;
  write(question: Question, value: number | undefined): Question;
  /** What stands when nobody says otherwise, where the picture tells. */
  known?(picture: Picture): number | null | undefined;
}

type TrafficKey = "rate" | "promptTokens" | "outputTokens";
type InsteadKey = "replicas" | "nodeTime" | "startTime" | "gpuHour";

export const trafficFields: readonly Field[] = [
  traffic("rate", "Rate", "/s", 0.1, 200, 0.1, (picture) => picture.summary.arrived / Math.max(picture.duration, 1)),
  traffic("promptTokens", "Prompt", "tokens", 16, 131_072, 1),
  traffic("outputTokens", "Output", "tokens", 1, 16_384, 1, (picture) =>
    picture.summary.finished > 0 ? picture.summary.outputTokens / picture.summary.finished : undefined,
  ),
];

export const runFields: readonly Field[] = [
  {
    ...range("duration", "Duration", "min", 1, 7 * 24 * 60, 1),
    isLogarithmic: true,
    read: ({ duration }) => duration / 60,
    write: (question, value) => ({ ...question, duration: Math.max(60, Math.round((value ?? 60) * 60)) }),
  },
  {
    ...range("seed", "Seed", "", 0, 100, 1),
    read: ({ seed }) => seed,
    write: (question, value) => ({ ...question, seed: Math.max(0, Math.round(value ?? 7)) }),
  },
];

export const clusterFields: readonly Field[] = [
  instead(
    "replicas",
    "Replicas at the start",
    "",
    0,
    32,
    1,
    ({ timeline }) => Object.values(timeline.variants)[0]?.asked[0],
  ),
  instead("startTime", "Start of a pod", "s", 0, 1800, 5, ({ variants }) => variants[0]?.startTime),
  instead("nodeTime", "A new node", "s", 0, 1800, 5),
  instead("gpuHour", "Price of a GPU", "$/h", 0, 12, 0.01, ({ variants }) => variants[0]?.gpuHour),
];

export const sloFields: readonly Field[] = [
  {
    ...range("ttft", "TTFT", "s", 0.05, 60, 0.01),
    isLogarithmic: true,
    read: ({ slo }) => slo.ttft,
    write: (question, value) => ({ ...question, slo: withKey(question.slo, "ttft", value) }),
  },
  {
    ...range("itl", "ITL", "ms", 5, 1000, 1),
    isLogarithmic: true,
    read: ({ slo }) => (slo.itl === undefined ? undefined : slo.itl * 1000),
    write: (question, value) => ({
      ...question,
      slo: withKey(question.slo, "itl", value === undefined ? undefined : value / 1000),
    }),
  },
  {
    ...range("target", "Of all requests", "%", 50, 100, 0.1),
    read: ({ slo }) => slo.target * 100,
    write: (question, value) => ({
      ...question,
      slo: { ...question.slo, target: Math.min(Math.max((value ?? 95) / 100, 0), 1) },
    }),
  },
];

function range(id: string, label: string, unit: string, least: number, most: number, step: number) {
  return { id, label, unit, least, most, step, isLogarithmic: false };
}

function traffic(
  key: TrafficKey,
  label: string,
  unit: string,
  least: number,
  most: number,
  step: number,
  known?: Field["known"],
): Field {
  return {
    ...range(key, label, unit, least, most, step),
    isLogarithmic: true,
    read: (question) => question.traffic[key],
    write: (question, value) => ({ ...question, traffic: withKey(question.traffic, key, value) }),
    ...(known === undefined ? {} : { known }),
  };
}

function instead(
  key: InsteadKey,
  label: string,
  unit: string,
  least: number,
  most: number,
  step: number,
  known?: Field["known"],
): Field {
  return {
    ...range(key, label, unit, least, most, step),
    read: (question) => question.instead[key],
    write: (question, value) => ({ ...question, instead: withKey(question.instead, key, value) }),
    ...(known === undefined ? {} : { known }),
  };
}

/** Named by a person instead of by the files. */
export function named(question: Question, key: "model" | "gpu", value: string): Question {
  const said = value.trim();
  return { ...question, instead: withKey<Instead, typeof key>(question.instead, key, said === "" ? undefined : said) };
}

/** A key is there or it is not: undefined is no value of it. */
function withKey<Of extends object, Key extends keyof Of>(of: Of, key: Key, value: Of[Key] | undefined): Of {
  const { [key]: _, ...rest } = of;
  return (value === undefined ? rest : { ...rest, [key]: value }) as Of;
}

/** Where a slider of a thousand steps stands. */
export function sliderStep(field: Field, value: number): number {
  const within = Math.min(Math.max(value, field.least), field.most);
  const share = field.isLogarithmic
    ? Math.log(within / field.least) / Math.log(field.most / field.least)
    : (within - field.least) / (field.most - field.least);
  return Math.round(share * 1000);
}

/** The number at a step of a slider, of as many digits as people would write. */
export function valueAt(field: Field, step: number): number {
  const share = step / 1000;
  const value = field.isLogarithmic
    ? field.least * (field.most / field.least) ** share
    : field.least + share * (field.most - field.least);
  const short = field.isLogarithmic ? Number(value.toPrecision(2)) : value;
  const rounded = Math.round(short / field.step) * field.step;
  return Number(Math.min(Math.max(rounded, field.least), field.most).toPrecision(10));
}
