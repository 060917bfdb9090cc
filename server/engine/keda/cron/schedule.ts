import { CronError } from "./error.ts";
import { type CronField, cronFields, parseField } from "./field.ts";

/** When something fires: five fields, to the minute, in the wall time of a zone. */
export interface CronSchedule {
  readonly minute: CronField;
  readonly hour: CronField;
  readonly dayOfMonth: CronField;
  readonly month: CronField;
  readonly dayOfWeek: CronField;
}

/** Reads `0 8 * * mon-fri`. No seconds, no `@daily`, no `TZ=` prefix. Throws a CronError. */
export function parseSchedule(text: string): CronSchedule {
  if (text.length > 256) throw new CronError("a schedule of more than 256 characters is not read");
  const fields = text.split(/\s+/).filter((field) => field !== "");
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields;
  if (fields.length !== 5 || dayOfWeek === undefined || month === undefined) {
    throw new CronError(`a schedule has 5 fields, this one ${fields.length}`);
  }
  return {
    minute: parseField(minute ?? "", cronFields.minute),
    hour: parseField(hour ?? "", cronFields.hour),
    dayOfMonth: parseField(dayOfMonth ?? "", cronFields.dayOfMonth),
    month: parseField(month, cronFields.month),
    dayOfWeek: parseField(dayOfWeek, cronFields.dayOfWeek),
  };
}
