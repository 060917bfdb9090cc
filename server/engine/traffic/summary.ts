import { newChunk } from "./arrivals.ts";
import { Course } from "./course.ts";
import { drawArrivals } from "./draw.ts";
import { lengths } from "./length.ts";
import type { Traffic } from "./traffic.ts";

/** What a traffic amounts to, to be shown before a run. */
export interface TrafficSummary {
  /** Requests a second over the whole shape: a period, or until the last knot; a rate that never changes is its own mean. */
  readonly meanRate: number;
  /** Requests a second to be expected in the busiest minute. Single minutes of a run are above it by chance. */
  readonly peakMinuteRate: number;
  readonly requestsPerDay: number;
  readonly promptTokensPerDay: number;
  readonly outputTokensPerDay: number;
  readonly requests: RequestMeans;
}

/** Of one request, in the mean. */
export interface RequestMeans {
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** Standard deviations over their means. */
  readonly promptVariation: number;
  readonly outputVariation: number;
  /** Share of the prompts' tokens that a request before had: as many as an endless prefix cache finds. */
  readonly repeated: number;
}

const [minute, day] = [60, 86_400];

export function summarise(traffic: Traffic): TrafficSummary {
  const { meanRate, peakMinuteRate } = summariseRate(new Course(traffic.rate));
  const requests = requestMeans(traffic);
  const requestsPerDay = meanRate * day;
  return {
    meanRate,
    peakMinuteRate,
    requestsPerDay,
    promptTokensPerDay: requestsPerDay * requests.promptTokens,
    outputTokensPerDay: requestsPerDay * requests.outputTokens,
    requests,
  };
}

/** Minutes are those of the clock that starts with the run; of long shapes, a million of them. */
export function summariseRate(course: Course): { readonly meanRate: number; readonly peakMinuteRate: number } {
  const { end } = course;
  if (!(end > 0)) return { meanRate: course.rate(0), peakMinuteRate: course.rate(0) };
  let peak = 0;
  let before = 0;
  for (let n = 1; n <= Math.min(1e6, Math.ceil(end / minute)); n++) {
    const until = course.expected(n * minute);
    peak = Math.max(peak, until - before);
    before = until;
  }
  return { meanRate: course.expected(end) / end, peakMinuteRate: peak / minute };
}

/** Exact for single requests. Prompts of sessions grow, end early and come again: those are counted on a sample. */
export function requestMeans(traffic: Traffic): RequestMeans {
  const output = lengths(traffic.output);
  const outputs = { outputTokens: output.mean, outputVariation: output.variation };
  if (traffic.sessions !== undefined) return { ...outputs, ...sampled(traffic) };
  const shared = traffic.system?.tokens ?? 0;
  const own = lengths(traffic.prompt);
  const promptTokens = shared + own.mean;
  const promptVariation = (own.variation * own.mean) / promptTokens;
  const repeated = traffic.reuse?.at(-1)?.share ?? shared / promptTokens;
  return { ...outputs, promptTokens, promptVariation, repeated };
}

const sampleSize = 50_000;

type Sampled = Pick<RequestMeans, "promptTokens" | "promptVariation" | "repeated">;

/** Traffic is data and does not change, so each is sampled once. */
const samples = new WeakMap<Traffic, Sampled>();

function sampled(traffic: Traffic): Sampled {
  const known = samples.get(traffic) ?? sample(traffic);
  samples.set(traffic, known);
  return known;
}

function sample(traffic: Traffic): Sampled {
  const chunk = newChunk(sampleSize);
  const count = drawArrivals(traffic, 0).fill(chunk, Number.POSITIVE_INFINITY);
  let [prompts, squares, repeated] = [0, 0, 0];
  for (let n = 0; n < count; n++) {
    const prompt = chunk.prompt[n] as number;
    prompts += prompt;
    squares += prompt * prompt;
    repeated += (chunk.history[n] as number) + (traffic.system?.tokens ?? 0);
  }
  if (prompts === 0) return { promptTokens: 1, promptVariation: 0, repeated: 0 };
  const promptTokens = prompts / count;
  const promptVariation = Math.sqrt(Math.max(0, squares / count - promptTokens ** 2)) / promptTokens;
  return { promptTokens, promptVariation, repeated: traffic.reuse?.at(-1)?.share ?? repeated / prompts };
}
