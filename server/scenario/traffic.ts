import { presetOf, presets } from "../engine/traffic/presets.ts";
import { constant, profile, type Rate, ramps, type Spike, steps, withSpike } from "../engine/traffic/rate.ts";
import { scaled } from "../engine/traffic/scale.ts";
import type { Traffic } from "../engine/traffic/traffic.ts";
import type { PartView, RateView, SpikeView, TrafficView } from "../kinds/traffic/kind.ts";
import type { Span } from "../text/node.ts";
import { type Complain, lawOf } from "./length-law.ts";

/** Why a traffic file cannot be used, and where it says so. */
export interface TrafficProblem {
  readonly at: Span;
  readonly message: string;
  /** The document fits its schema all the same. */
  readonly beyondSchema: boolean;
}

/** The traffic of a file, unless something in it is wrong or missing. */
export function trafficOf(view: TrafficView): { traffic: Traffic | undefined; problems: readonly TrafficProblem[] } {
  const problems: TrafficProblem[] = [];
  const complain: Complain = (at, message, beyondSchema) => {
    problems.push({ at, message, beyondSchema: beyondSchema === true });
    return undefined;
  };
  const traffic = read(view, complain);
  return { traffic: problems.length > 0 ? undefined : traffic, problems };
}

function read(view: TrafficView, complain: Complain): Traffic | undefined {
  const preset = view.preset === undefined ? undefined : presetOf(view.preset.value);
  if (view.preset !== undefined && preset === undefined) {
    const names = presets.map(({ name }) => name).join(", ");
    complain(view.preset.node, `There is no preset "${view.preset.value}"; there are ${names}`);
  }
  const base = preset?.traffic;
  const rate = view.rate === undefined ? base?.rate : rateOf(view.rate, complain);
  const prompt = view.prompt === undefined ? base?.prompt : lawOf(view.prompt, complain);
  const output = view.output === undefined ? base?.output : lawOf(view.output, complain);
  const spikes = view.spikes.flatMap((spike) => spikeOf(spike, complain) ?? []);
  const variation = variationOf(view, complain) ?? base?.variation ?? 1;
  const parts = { ...base, ...sharedOf(view, complain) };
  if (view.preset === undefined) {
    const missing = (["rate", "prompt", "output"] as const).filter((key) => view[key] === undefined);
    if (missing.length > 0)
      complain(headOf(view), `Without a preset, a traffic has to say ${missing.join(", ")}`, true);
  }
  if (rate === undefined || prompt === undefined || output === undefined) return undefined;
  return stretched(view, { ...parts, rate: spikes.reduce(withSpike, rate), variation, prompt, output });
}

/** The first key: a whole file underlined says nothing. */
function headOf({ root }: TrafficView): Span {
  return (root.type === "map" ? root.entries[0]?.key : undefined) ?? root;
}

function stretched({ peak, mean }: TrafficView, traffic: Traffic): Traffic {
  if (peak !== undefined) return scaled(traffic, { peak: Math.max(0, peak.value) });
  return mean === undefined ? traffic : scaled(traffic, { mean: Math.max(0, mean.value) });
}

function rateOf(view: RateView, complain: Complain): Rate | undefined {
  const { shape, node, value } = view;
  switch (shape) {
    case "constant":
      return value === undefined || value < 0
        ? complain(node, "A constant rate is a number from 0 on")
        : constant(value);
    case "daily":
    case "weekly":
      return profileOf(view, shape === "daily" ? 24 : 168, complain);
    case "steps":
      return stepsOf(view.parts, complain);
    case "points":
      return pointsOf(view.parts, complain);
    default:
      return complain(node, `"${shape}" is no shape of a rate; there are constant, steps, points, daily and weekly`);
  }
}

function profileOf({ node, values }: RateView, hours: number, complain: Complain): Rate | undefined {
  if (values.length !== hours)
    return complain(node, `A rate for each hour makes ${hours} values; there are ${values.length}`);
  const rates = values.flatMap(({ node: at, value }) =>
    value === undefined || value < 0 ? (complain(at, "A rate is a number from 0 on") ?? []) : [value],
  );
  return rates.length === hours ? profile(rates, 3600) : undefined;
}

function stepsOf(parts: readonly PartView[], complain: Complain): Rate | undefined {
  const read = parts.flatMap(({ node, rate, lasts }) =>
    rate === undefined || rate < 0 || lasts === undefined || lasts < 0
      ? (complain(node, "A step has a rate from 0 on, and a duration in `for`") ?? [])
      : [{ rate, lasts }],
  );
  return read.length === parts.length ? steps(read) : undefined;
}

function pointsOf(parts: readonly PartView[], complain: Complain): Rate | undefined {
  let before = 0;
  const read = parts.flatMap(({ node, rate, at }) => {
    if (rate === undefined || rate < 0 || at === undefined || at < 0) {
      return complain(node, "A point has a rate from 0 on, and a moment in `at`") ?? [];
    }
    if (at < before)
      return complain(node, `Points come in the order of time: ${at} s stands behind ${before} s`, true) ?? [];
    before = at;
    return [{ at, rate }];
  });
  return read.length === parts.length ? ramps(read) : undefined;
}

function spikeOf({ node, at, lasts, rise = 0, times, add }: SpikeView, complain: Complain): Spike | undefined {
  if (at === undefined || at < 0 || lasts === undefined || lasts < 0 || rise < 0) {
    return complain(node, "A spike has a moment in `at` and a duration in `for`");
  }
  if ((times === undefined) === (add === undefined))
    return complain(node, "A spike has its height either in `times` or in `add`", true);
  if (times !== undefined)
    return times < 0 ? complain(node, "A spike's `times` is not negative") : { at, lasts, rise, height: { times } };
  return (add ?? 0) < 0
    ? complain(node, "A spike's `add` is not negative")
    : { at, lasts, rise, height: { add: add ?? 0 } };
}

function variationOf({ law, variation, root }: TrafficView, complain: Complain): number | undefined {
  switch (law?.value) {
    case undefined:
      return undefined;
    case "poisson":
      return 1;
    case "even":
      return 0;
    case "gamma":
      if (variation === undefined) return complain(law?.node ?? root, "The gamma law needs its variation", true);
      if (variation.value >= 0.1 && variation.value <= 10) return variation.value;
      return complain(variation.node, "A variation is from 0.1 to 10");
    default:
      return complain(law?.node ?? root, `"${law?.value}" is no law of arrivals; there are poisson, gamma and even`);
  }
}

/** Contexts of today's models; a session that does not say one ends there. */
const usualContext = 131_072;

/** What requests have in common. */
function sharedOf(view: TrafficView, complain: Complain): Partial<Traffic> {
  const { system, sessions } = view;
  const read: { -readonly [key in keyof Traffic]?: Traffic[key] } = {};
  if (system !== undefined) {
    const { count, tokens } = system;
    if (whole(count) && whole(tokens)) read.system = { count, tokens };
    else complain(system.node, "System prompts have a count and tokens, whole numbers from 1 on");
  }
  if (sessions !== undefined) {
    const turns = sessions.turns === undefined ? undefined : lawOf(sessions.turns, complain);
    const prompt = sessions.prompt === undefined ? undefined : lawOf(sessions.prompt, complain);
    const { pause, context = usualContext } = sessions;
    if (turns === undefined || pause === undefined || pause < 0 || !whole(context)) {
      complain(sessions.node, "Sessions have turns, a pause, and a context of whole tokens");
    } else read.sessions = { turns, pause, context, ...(prompt && { prompt }) };
  }
  const reuse = reuseOf(view, complain);
  return { ...read, ...(reuse && { reuse }) };
}

const mostTokens = 2 ** 20;
const whole = (number: number | undefined): number is number =>
  number !== undefined && Number.isInteger(number) && number >= 1 && number <= mostTokens;

function reuseOf({ reuse }: TrafficView, complain: Complain): Traffic["reuse"] {
  if (reuse.length === 0) return undefined;
  let [size, before] = [0, 0];
  return reuse.flatMap(({ node, tokens, share }) => {
    if (tokens === undefined || tokens <= 0 || share === undefined || share < 0 || share > 1) {
      return complain(node, "A point of reuse has tokens, and a share from 0 to 1") ?? [];
    }
    if (tokens <= size || share < before) {
      return complain(node, "From one point of reuse to the next, tokens grow and shares do not fall", true) ?? [];
    }
    [size, before] = [tokens, share];
    return [{ tokens, share }];
  });
}
