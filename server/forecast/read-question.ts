import type { Found } from "../scenario/found.ts";
import { type Bounds, bounds, isWithin } from "./bounds.ts";
import { type AskedSlo, type AskedTraffic, type Instead, type Question, usualQuestion } from "./question.ts";

/** Longer names than these are of nothing. */
const longestText = 1000;

/** A question that came from another process, where nothing can be taken for granted. What is left out is as usual. */
export function readQuestion(asked: unknown): Found<Question> {
  const reader = new Reader();
  const { traffic, slo } = usualQuestion;
  const from = (name: string) => field(asked, name);
  const ownTraffic: AskedTraffic = {
    name: reader.text(from("traffic"), "name") ?? traffic.name,
    ...reader.numbers(from("traffic"), { rate: bounds.rate, promptTokens: bounds.tokens, outputTokens: bounds.tokens }),
  };
  const objectives = reader.numbers(from("slo"), { ttft: bounds.objective, itl: bounds.objective });
  const ownSlo: AskedSlo = {
    ...(from("slo") === undefined ? slo : objectives),
    target: reader.number(from("slo"), "target", bounds.share) ?? slo.target,
  };
  const target = reader.text(asked, "target");
  const question = {
    ...(target === undefined ? {} : { target }),
    traffic: ownTraffic,
    duration: Math.floor(reader.number(asked, "duration", bounds.duration) ?? usualQuestion.duration),
    seed: reader.whole(asked, "seed", bounds.seed) ?? usualQuestion.seed,
    slo: ownSlo,
    instead: insteadIn(from("instead"), reader),
    exact: from("exact") === true,
  };
  return reader.mistake === undefined ? question : { mistake: reader.mistake };
}

function insteadIn(asked: unknown, reader: Reader): Instead {
  const [model, gpu] = [reader.text(asked, "model"), reader.text(asked, "gpu")];
  const replicas = reader.whole(asked, "replicas", bounds.replicas);
  return {
    ...(model === undefined ? {} : { model }),
    ...(gpu === undefined ? {} : { gpu }),
    ...(replicas === undefined ? {} : { replicas }),
    ...reader.numbers(asked, { nodeTime: bounds.seconds, startTime: bounds.seconds, gpuHour: bounds.dollars }),
  };
}

class Reader {
  /** The first one. */
  mistake: string | undefined;

  text(holder: unknown, name: string): string | undefined {
    const value = field(holder, name);
    if (value === undefined || value === null) return undefined;
    if (typeof value === "string" && value.length <= longestText) return value === "" ? undefined : value;
    this.mistake ??= `${name} is no text of up to ${longestText} characters.`;
    return undefined;
  }

  number(holder: unknown, name: string, within: Bounds): number | undefined {
    const value = field(holder, name);
    if (value === undefined || value === null) return undefined;
    if (typeof value === "number" && isWithin(value, within)) return value;
    this.mistake ??= `${name} takes ${within.least} to ${within.most}, not ${JSON.stringify(value)?.slice(0, 40)}.`;
    return undefined;
  }

  whole(holder: unknown, name: string, within: Bounds): number | undefined {
    const value = this.number(holder, name, within);
    if (value === undefined || Number.isInteger(value)) return value;
    this.mistake ??= `${name} takes a whole number, not ${value}.`;
    return undefined;
  }

  numbers<Name extends string>(
    holder: unknown,
    fields: Readonly<Record<Name, Bounds>>,
  ): { readonly [N in Name]?: number } {
    const found: { [N in Name]?: number } = {};
    for (const name of Object.keys(fields) as Name[]) {
      const value = this.number(holder, name, fields[name]);
      if (value !== undefined) found[name] = value;
    }
    return found;
  }
}

function field(holder: unknown, name: string): unknown {
  return typeof holder === "object" && holder !== null && Object.hasOwn(holder, name)
    ? (holder as Record<string, unknown>)[name]
    : undefined;
}
