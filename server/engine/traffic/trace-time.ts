/** `2023-11-16 18:15:46.6805900`, and with the zone of the traces of 2024. Digits behind the second are up to nine. */
const dated = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):?(\d\d))?$/;
/** Seconds, as BurstGPT has them. */
const plain = /^\d{1,12}(?:\.\d{1,12})?$/;

/** Seconds since whatever the trace counts from; nothing where the text is no time. */
export function traceSeconds(text: string): number | undefined {
  if (plain.test(text)) return Number(text);
  const found = dated.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const zone = (found[8] === "-" ? -1 : 1) * (Number(found[9] ?? 0) * 60 + Number(found[10] ?? 0)) * 60;
  return (
    daysBefore(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second + Number(`0.${found[7] ?? 0}`) - zone
  );
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysIn = (year: number, month: number) => (month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] ?? 0));

/** Days of the Gregorian calendar from year 1 to 2000: counted from there, seconds of our years keep their microseconds. */
const daysTo2000 = 730_119;

/** Days from January 1, 2000. */
function daysBefore(year: number, month: number, day: number): number {
  const past = year - 1;
  let days = past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) + day - 1 - daysTo2000;
  for (let n = 1; n < month; n++) days += daysIn(year, n);
  return days;
}
