import type { Slo } from "../../engine/simulation/scenario.ts";
import { given } from "../../engine/sourced.ts";
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
  readonly against: string | undefined;
  readonly exact: boolean;
  readonly json: boolean;
}

/** What they say. */
export interface Asked {
  readonly traffic: string;
  readonly rate?: number;
  readonly duration: number;
  readonly seed: number;
  readonly slo: Slo;
  readonly fills: {
    readonly target?: string;
    readonly model?: string;
    readonly gpu?: string;
    readonly replicas?: number;
    readonly nodeTime?: number;
  };
}

const [usualTraffic, usualDuration, usualSeed] = ["steady", 3600, 7];
/** A chat's usual objectives; what is given replaces both. */
const usualSlo = { ttft: 2, itl: 0.1 };
const usualShare = 0.95;
const [longest, fastest, mostReplicas, mostSeed] = [31 * 86_400, 10_000, 1000, 2 ** 32 - 1];

/** Reads the options; a mistake is a sentence. */
export function askedIn(written: Written): Found<Asked> {
  const slo = sloIn(written.slo);
  if ("mistake" in slo) return slo;
  const read = {
    rate: numberIn(written.rate, 0, fastest),
    duration: spanIn(written.duration),
    seed: wholeIn(written.seed, 0, mostSeed),
    replicas: wholeIn(written.replicas, 0, mostReplicas),
    nodeTime: written["node-time"] === undefined ? undefined : (parseSpan(written["node-time"]) ?? Number.NaN),
  };
  if (isWrong(read.rate)) return { mistake: `--rate takes requests a second up to ${fastest}, not "${written.rate}".` };
  if (isWrong(read.duration))
    return { mistake: `--duration takes 1m to 31 days such as 6h, not "${written.duration}".` };
  if (isWrong(read.seed)) return { mistake: `--seed takes a whole number, not "${written.seed}".` };
  if (isWrong(read.replicas))
    return { mistake: `--replicas takes a whole number up to ${mostReplicas}, not "${written.replicas}".` };
  if (isWrong(read.nodeTime) || (read.nodeTime ?? 0) < 0 || (read.nodeTime ?? 0) > longest)
    return { mistake: `--node-time takes a time such as 2m, not "${written["node-time"]}".` };
  const { target, model, gpu } = written;
  return {
    traffic: written.traffic ?? usualTraffic,
    ...(read.rate === undefined ? {} : { rate: read.rate }),
    duration: read.duration ?? usualDuration,
    seed: read.seed ?? usualSeed,
    slo,
    fills: {
      ...(target === undefined ? {} : { target }),
      ...(model === undefined ? {} : { model }),
      ...(gpu === undefined ? {} : { gpu }),
      ...(read.replicas === undefined ? {} : { replicas: read.replicas }),
      ...(read.nodeTime === undefined ? {} : { nodeTime: read.nodeTime }),
    },
  };
}

const isWrong = (value: number | undefined) => value !== undefined && Number.isNaN(value);

function numberIn(text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : Number.NaN;
}

function wholeIn(text: string | undefined, least: number, most: number): number | undefined {
  return text?.includes(".") || (text?.length ?? 0) > 10
    ? Number.NaN
    : text === undefined
      ? undefined
      : whole(text, least, most);
}

function whole(text: string, least: number, most: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : Number.NaN;
}

function spanIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = parseSpan(text) ?? Number.NaN;
  return value >= 60 && value <= longest ? Math.floor(value) : Number.NaN;
}

const form = "ttft=2s,itl=100ms,target=95%";

/** `ttft=2s,itl=100ms`, and the share that should meet them as `target=99%`. */
function sloIn(text: string | undefined): Found<Slo> {
  if (text === undefined)
    return {
      ttft: given(usualSlo.ttft, "default: --slo"),
      itl: given(usualSlo.itl, "default: --slo"),
      target: usualShare,
    };
  const slo: { -readonly [K in keyof Slo]: Slo[K] } = { target: usualShare };
  for (const part of text.split(",")) {
    const [key = "", value = ""] = part.split("=", 2).map((word) => word.trim());
    const seconds = parseSpan(value);
    const share = /^(\d{1,3}(?:\.\d{1,4})?)%$/.exec(value)?.[1];
    if ((key === "ttft" || key === "itl") && seconds !== undefined && seconds > 0)
      slo[key] = given(seconds, "flag: --slo");
    else if (key === "target" && share !== undefined && Number(share) > 0 && Number(share) <= 100)
      slo.target = Number(share) / 100;
    else return { mistake: `--slo takes such as ${form}, not "${part}".` };
  }
  if (slo.ttft === undefined && slo.itl === undefined)
    return { mistake: `--slo names no objective. It takes such as ${form}.` };
  return slo;
}
