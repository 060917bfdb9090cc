import { CronError } from "./error.ts";

/** One field of a schedule: the values at which it fires. */
export interface CronField {
  readonly values: ReadonlySet<number>;
  /** `*` or `?` without a step: then the other of the two day fields decides alone. */
  readonly any: boolean;
}

export interface FieldBounds {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

/** Source: robfig/cron v3 spec.go. Sunday is 0 and never 7; names stand for their place from `from` on. */
export const cronFields = {
  minute: { name: "minute", from: 0, to: 59 },
  hour: { name: "hour", from: 0, to: 23 },
  dayOfMonth: { name: "day of month", from: 1, to: 31 },
  month: {
    name: "month",
    from: 1,
    to: 12,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  dayOfWeek: { name: "day of week", from: 0, to: 6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
} as const satisfies Record<string, FieldBounds>;

export function parseField(text: string, bounds: FieldBounds): CronField {
  const values = new Set<number>();
  let any = false;
  for (const part of text.split(",").filter((one) => one !== "")) {
    const range = parseRange(part, bounds);
    any ||= range.any;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
  }
  return { values, any };
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly any: boolean;
}

/** `*`, `?`, `5`, `5-9`, `5/2` (from 5 to the end), `5-9/2`, `mon-fri`. */
function parseRange(text: string, bounds: FieldBounds): Range {
  const [span = "", steps, ...more] = text.split("/");
  const [low = "", high, ...rest] = span.split("-");
  const star = low === "*" || low === "?";
  if (more.length > 0 || (rest.length > 0 && !star)) throw new CronError(`${text} is no ${bounds.name}`);
  const from = star ? bounds.from : value(low, text, bounds);
  const end = star || high === undefined ? from : value(high, text, bounds);
  const step = steps === undefined ? 1 : whole(steps, text, bounds);
  const to = star || (high === undefined && steps !== undefined) ? bounds.to : end;
  if (step === 0) throw new CronError(`the step of ${text} (${bounds.name}) is 0`);
  if (from < bounds.from || to > bounds.to) {
    throw new CronError(`${text} is outside ${bounds.from}-${bounds.to} (${bounds.name})`);
  }
  if (from > to) throw new CronError(`${text} ends before it begins (${bounds.name})`);
  return { from, to, step, any: star && step === 1 };
}

function value(text: string, where: string, bounds: FieldBounds): number {
  const named = bounds.names?.indexOf(text.toLowerCase()) ?? -1;
  return named >= 0 ? bounds.from + named : whole(text, where, bounds);
}

function whole(text: string, where: string, bounds: FieldBounds): number {
  if (!/^\+?[0-9]{1,9}$/.test(text)) throw new CronError(`${where} is no ${bounds.name}`);
  return Number(text);
}
