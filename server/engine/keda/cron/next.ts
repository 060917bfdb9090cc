import { civilDay, dayNumber, dayOfWeek } from "./calendar.ts";
import type { CronSchedule } from "./schedule.ts";
import { spansFrom, type Zone } from "./zone.ts";

const minutesOfDay = 24 * 60;
/** How far robfig/cron looks before it says that a schedule (30 February) never fires. */
const yearsAhead = 5;

/**
 * The first moment after `seconds` (since 1970, UTC) at which the schedule fires, as robfig/cron finds it: clock times that a
 * zone skips do not fire, those that it repeats fire twice. Undefined: not within five years.
 */
export function nextFiring(schedule: CronSchedule, seconds: number, zone: Zone): number | undefined {
  const lastYear = civilDay(Math.floor(seconds / 86400)).year + yearsAhead;
  let after = Math.floor(seconds);
  for (const { offset, until } of spansFrom(zone, seconds)) {
    const found = firstInSpan(schedule, after + offset, lastYear);
    if (found !== undefined && found - offset < until) return found - offset;
    if (until === Number.POSITIVE_INFINITY) return undefined;
    after = until - 1;
  }
  return undefined;
}

/** The same in the wall time of one offset: the first match after a wall second, in wall seconds. */
function firstInSpan(schedule: CronSchedule, wall: number, lastYear: number): number | undefined {
  const firstMinute = Math.floor(wall / 60) + 1;
  let day = Math.floor(firstMinute / minutesOfDay);
  let minute = firstMinute - day * minutesOfDay;
  for (;;) {
    const { year, month } = civilDay(day);
    if (year > lastYear) return undefined;
    if (!schedule.month.values.has(month)) {
      day =
        month === 12 ? dayNumber({ year: year + 1, month: 1, day: 1 }) : dayNumber({ year, month: month + 1, day: 1 });
    } else {
      const found = firesOn(schedule, day) ? firstMinuteFrom(schedule, minute) : undefined;
      if (found !== undefined) return (day * minutesOfDay + found) * 60;
      day++;
    }
    minute = 0;
  }
}

/** Both day fields given: either is enough. One of them `*`: the other decides. */
function firesOn({ dayOfMonth, dayOfWeek: week }: CronSchedule, day: number): boolean {
  const ofMonth = dayOfMonth.values.has(civilDay(day).day);
  const ofWeek = week.values.has(dayOfWeek(day));
  return dayOfMonth.any || week.any ? ofMonth && ofWeek : ofMonth || ofWeek;
}

function firstMinuteFrom({ hour, minute }: CronSchedule, from: number): number | undefined {
  for (let h = Math.floor(from / 60); h < 24; h++) {
    if (!hour.values.has(h)) continue;
    for (let m = h === Math.floor(from / 60) ? from % 60 : 0; m < 60; m++) if (minute.values.has(m)) return h * 60 + m;
  }
  return undefined;
}
