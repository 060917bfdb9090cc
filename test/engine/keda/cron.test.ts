import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { civilDay, dayNumber, dayOfWeek } from "../../../server/engine/keda/cron/calendar.ts";
import { CronError } from "../../../server/engine/keda/cron/error.ts";
import { nextFiring } from "../../../server/engine/keda/cron/next.ts";
import { parseSchedule } from "../../../server/engine/keda/cron/schedule.ts";
import { cronReading, isInWindow, parseWindow } from "../../../server/engine/keda/cron/window.ts";
import { fixedZone, utc, type Zone } from "../../../server/engine/keda/cron/zone.ts";

const at = (text: string) => Date.parse(text) / 1000;
const iso = (seconds: number | undefined) =>
  seconds === undefined ? "never" : new Date(seconds * 1000).toISOString().slice(0, 16);
/** Central European time of 2026: summer time from 29 March to 25 October, each at 01:00 UTC. */
const berlin: Zone = {
  name: "Europe/Berlin",
  offsets: [
    { from: Number.NEGATIVE_INFINITY, seconds: 3600 },
    { from: at("2026-03-29T01:00Z"), seconds: 7200 },
    { from: at("2026-10-25T01:00Z"), seconds: 3600 },
  ],
};

describe("a schedule fires next", () => {
  // robfig/cron v3 spec_test.go, its five-field cases in own words.
  const table: readonly (readonly [schedule: string, after: string, next: string, zone?: Zone])[] = [
    ["* * * * *", "2026-11-28T19:55:30Z", "2026-11-28T19:56"],
    ["* * * * *", "2026-11-28T19:55:00Z", "2026-11-28T19:56"],
    ["0 8 * * *", "2026-11-28T07:59:59Z", "2026-11-28T08:00"],
    ["0 8 * * *", "2026-11-28T08:00:00Z", "2026-11-29T08:00"],
    ["0/15 * * * *", "2026-07-09T14:45:00Z", "2026-07-09T15:00"],
    ["20-35/15 * * * *", "2026-07-09T14:45:00Z", "2026-07-09T15:20"],
    ["*/15 * * * *", "2026-12-31T23:45:00Z", "2027-01-01T00:00"],
    ["0 0 9 feb ?", "2026-07-09T14:45:00Z", "2027-02-09T00:00"],
    ["0 0 * feb mon", "2026-07-09T14:45:00Z", "2027-02-01T00:00"],
    ["0 9 1,15 * *", "2026-11-02T00:00:00Z", "2026-11-15T09:00"],
    ["30 8 * * MON-FRI", "2026-11-27T09:00:00Z", "2026-11-30T08:30"],
    ["0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00"],
    ["0 0 30 2 *", "2026-01-01T00:00:00Z", "never"],
    // Both day fields given: either is enough; with a * one decides alone; */2 is no *.
    ["0 0 13 * fri", "2026-11-28T00:00:00Z", "2026-12-04T00:00"],
    ["0 0 * * fri", "2026-11-28T00:00:00Z", "2026-12-04T00:00"],
    ["0 0 */2 * sun", "2026-11-28T00:00:00Z", "2026-11-29T00:00"],
    ["0 0 */2 * wed", "2026-11-30T00:00:00Z", "2026-12-01T00:00"],
    // Wall time of a zone.
    ["0 8 * * *", "2026-11-28T06:30:00Z", "2026-11-28T07:00", berlin],
    ["0 8 * * *", "2026-07-01T00:00:00Z", "2026-07-01T06:00", berlin],
    ["0 8 * * *", "2026-11-28T00:00:00Z", "2026-11-28T02:30", fixedZone("Asia/Kolkata", 5.5 * 3600)],
    // 02:30 is skipped on 29 March and comes twice on 25 October.
    ["0 3 29 3 *", "2026-03-29T00:00:00Z", "2026-03-29T01:00", berlin],
    ["30 2 * * *", "2026-03-29T00:00:00Z", "2026-03-30T00:30", berlin],
    ["30 2 * * *", "2026-10-25T00:00:00Z", "2026-10-25T00:30", berlin],
    ["30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-25T01:30", berlin],
    ["30 2 * * *", "2026-10-25T01:30:00Z", "2026-10-26T01:30", berlin],
  ];
  for (const [schedule, after, next, zone = utc] of table) {
    test(`${schedule} after ${after} in ${zone.name}: ${next}`, () => {
      assert.equal(iso(nextFiring(parseSchedule(schedule), at(after), zone)), next);
    });
  }
});

describe("a schedule that KEDA's parser refuses is refused", () => {
  const table = [
    ["", "a schedule has 5 fields, this one 0"],
    ["* * * *", "a schedule has 5 fields, this one 4"],
    ["0 0 8 * * *", "a schedule has 5 fields, this one 6"],
    ["@daily", "a schedule has 5 fields, this one 1"],
    ["60 * * * *", "60 is outside 0-59 (minute)"],
    ["* 24 * * *", "24 is outside 0-23 (hour)"],
    ["* * 0 * *", "0 is outside 1-31 (day of month)"],
    ["* * * 13 *", "13 is outside 1-12 (month)"],
    ["* * * * 7", "7 is outside 0-6 (day of week)"],
    ["* * * * sunday", "sunday is no day of week"],
    ["9-5 * * * *", "9-5 ends before it begins (minute)"],
    ["*/0 * * * *", "the step of */0 (minute) is 0"],
    ["1/2/3 * * * *", "1/2/3 is no minute"],
    ["1-2-3 * * * *", "1-2-3 is no minute"],
    ["-5 * * * *", "-5 is no minute"],
    [`${"1,".repeat(200)} * * * *`, "a schedule of more than 256 characters is not read"],
  ] as const;
  for (const [schedule, message] of table) {
    test(message, () => assert.throws(() => parseSchedule(schedule), { name: "CronError", message }));
  }

  test("any text is a schedule or a CronError", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fc.constantFrom("*", "?", "/", "-", ",", "5", "mon", " "), { maxLength: 30 }).map((p) => p.join("")),
        ),
        (text) => {
          try {
            parseSchedule(text);
          } catch (error) {
            assert.ok(error instanceof CronError);
          }
        },
      ),
    );
  });
});

describe("the window of a cron trigger", () => {
  const metadata = { timezone: "UTC", start: "0 8 * * *", end: "0 20 * * *", desiredReplicas: "6" };

  test("is open from its start up to its end", () => {
    const window = parseWindow(metadata);
    const read = (time: string) => cronReading(window, at(`2026-11-28T${time}Z`), utc);
    assert.deepEqual(read("07:59:59"), { value: 1, active: false });
    assert.deepEqual(read("08:00:00"), { value: 6, active: true });
    assert.deepEqual(read("19:59:59"), { value: 6, active: true });
    assert.deepEqual(read("20:00:00"), { value: 1, active: false });
  });

  test("spans midnight when it ends before it starts", () => {
    const window = parseWindow({ ...metadata, start: "0 22 * * *", end: "0 6 * * *" });
    const open = ["21:59", "22:00", "23:59", "00:00", "05:59", "06:00"].map((time) =>
      isInWindow(window, at(`2026-11-28T${time}Z`), utc),
    );
    assert.deepEqual(open, [false, true, true, true, true, false]);
  });

  test("keeps weekends out", () => {
    const window = parseWindow({ ...metadata, start: "0 8 * * mon-fri", end: "0 20 * * mon-fri" });
    assert.equal(isInWindow(window, at("2026-11-27T12:00Z"), utc), true);
    assert.equal(isInWindow(window, at("2026-11-28T12:00Z"), utc), false);
  });

  test("does not close at an end that is also a start", () => {
    const window = parseWindow({ ...metadata, end: "0 8,20 * * *" });
    assert.equal(isInWindow(window, at("2026-11-28T07:00Z"), utc), true);
    assert.equal(isInWindow(window, at("2026-11-28T21:00Z"), utc), true);
  });

  // Go's zero time lies before every other (keda pkg/scalers/cron_scaler.go).
  test("is always open when its start never comes, never when its end does not", () => {
    const never = "0 0 30 2 *";
    assert.equal(isInWindow(parseWindow({ ...metadata, start: never }), at("2026-11-28T03:00Z"), utc), true);
    assert.equal(isInWindow(parseWindow({ ...metadata, end: never }), at("2026-11-28T12:00Z"), utc), false);
  });

  const refused = [
    [{ start: "" }, "start is missing"],
    [{ timezone: "" }, "timezone is missing"],
    [{ end: "0 8 * * *" }, "start and end are the same"],
    [{ desiredReplicas: "0" }, "desiredReplicas is 0"],
    [{ desiredReplicas: "six" }, "desiredReplicas is no whole number"],
    [{ end: "0 25 * * *" }, "25 is outside 0-23 (hour)"],
  ] as const;
  for (const [change, message] of refused) {
    test(message, () => assert.throws(() => parseWindow({ ...metadata, ...change }), { name: "CronError", message }));
  }
});

const minuteField = fc.constantFrom("0", "15", "*/20", "7,37", "50-55/2");
const hourField = fc.constantFrom("*", "0", "8-18/3", "2,3", "23");
const dayFields = fc.constantFrom("* * *", "1,15 * *", "* * mon-fri", "*/3 * sun", "29 2 *", "* jun,nov ?");
const schedules = fc.tuple(minuteField, hourField, dayFields).map((fields) => fields.join(" "));
const minutes = fc.integer({ min: at("2026-01-01T00:00Z") / 60, max: at("2026-12-31T00:00Z") / 60 });

describe("time is divided consistently", () => {
  test("nothing fires between a moment and the next firing, and it fires then", () => {
    fc.assert(
      fc.property(schedules, minutes, fc.integer({ min: 0, max: 59 }), (text, minute, second) => {
        const schedule = parseSchedule(text);
        const moment = minute * 60 + second;
        const next = nextFiring(schedule, moment, berlin);
        assert.ok(next !== undefined && next > moment && next % 60 === 0);
        assert.equal(nextFiring(schedule, next - 1, berlin), next);
        assert.equal(nextFiring(schedule, Math.floor((moment + next - 1) / 2), berlin), next);
      }),
    );
  });

  test("a window opens only when it starts and closes only when it ends", () => {
    fc.assert(
      fc.property(schedules, schedules, minutes, (start, end, minute) => {
        fc.pre(start !== end);
        const window = parseWindow({ timezone: "Europe/Berlin", desiredReplicas: "3", start, end });
        let moment = minute * 60;
        for (let step = 0; step < 20; step++) {
          const before = isInWindow(window, moment, berlin);
          const change = Math.min(
            nextFiring(window.start, moment, berlin) ?? 0,
            nextFiring(window.end, moment, berlin) ?? 0,
          );
          assert.equal(isInWindow(window, change - 1, berlin), before);
          const starts = nextFiring(window.start, change - 1, berlin) === change;
          const ends = nextFiring(window.end, change - 1, berlin) === change;
          const after = isInWindow(window, change, berlin);
          if (after && !before) assert.ok(starts);
          if (before && !after) assert.ok(ends);
          moment = change;
        }
      }),
    );
  });

  test("the calendar agrees with JavaScript's", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), (days) => {
        const date = new Date(days * 86_400_000);
        const civil = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
        assert.deepEqual(civilDay(days), civil);
        assert.equal(dayNumber(civil), days);
        assert.equal(dayOfWeek(days), date.getUTCDay());
      }),
    );
  });
});
