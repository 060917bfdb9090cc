import { CronError } from "../../engine/keda/cron/error.ts";
import { parseSchedule } from "../../engine/keda/cron/schedule.ts";
import { scaledObject, type Trigger } from "../../kinds/keda/scaled-object.ts";
import { numberAt, stringAt } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { replicaBounds } from "./bounds.ts";
import { example, queue } from "./example.ts";
import { text } from "./mends.ts";
import { knownZones } from "./zones.ts";

const bounds = "  minReplicaCount: 1\n  maxReplicaCount: 8\n";
const cron = (zone: string) => `${queue}    - type: cron
      metadata:
        timezone: ${zone}
        start: 45 7 * * 1-5
        end: 0 20 * * 1-5
        desiredReplicas: "4"
`;

export const cronWindow = defineRule({
  id: "keda/cron-window",
  title: "Cron window that KEDA cannot read or that the maximum cuts",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["K-28"],
  docs: {
    summary:
      "start or end of a cron trigger is no schedule of five fields, both are the same, or the time zone is not known. desiredReplicas above the maximum is a warning.",
    why: "KEDA builds the scaler when the object is applied; one that cannot be built makes the whole ScaledObject fail, and the other triggers with it. What the window asks for goes through the HPA, which cuts it to the maximum.",
    mend: "Write minute, hour, day of month, month and day of week, in the wall time of a zone such as Europe/Berlin. Open the window a pod start before the load comes: Headroom cannot know when that is.",
    sources: [
      "https://keda.sh/docs/latest/scalers/cron/",
      "https://github.com/kedacore/keda/blob/main/pkg/scalers/cron_scaler.go",
    ],
  },
  examples: { bad: example(bounds, cron("Europe/Berln # <-")), good: example(bounds, cron("Europe/Berlin")) },
  messages: {
    same: '{object}: the cron window starts and ends at "{end}", so KEDA refuses the trigger and with it the whole object. Write another end.',
    schedule:
      '{object}: KEDA cannot read {key} "{value}" of the cron trigger: {fault}. It refuses the trigger and with it the whole object.',
    zone: '{object}: "{value}" is no time zone that KEDA knows; it refuses the trigger and with it the whole object. {hint}',
    capped:
      "{object}: the cron window asks for {replicas} replicas, but maxReplicaCount is {max}{default}: {max} is all that comes. Raise the maximum or lower desiredReplicas.",
  },
  reads: [scaledObject],
  check({ object, report }) {
    const limits = replicaBounds(object);
    for (const [index, trigger] of object.view.triggers.entries()) {
      if (trigger.type !== "cron") continue;
      const { metadata } = trigger;
      const keys = ["spec", "triggers", index, "metadata"];
      const faults = (["start", "end"] as const).flatMap((key) => scheduleFault(trigger, key) ?? []);
      for (const { key, value, node, fault } of faults) {
        report({ at: node, message: "schedule", slots: { object: object.title, key, value, fault } });
      }
      const [start, end] = [stringAt(metadata, "start"), stringAt(metadata, "end")];
      if (faults.length === 0 && end !== undefined && start?.value === end.value) {
        report({ at: end.node, message: "same", slots: { object: object.title, end: end.value } });
      }
      const zone = stringAt(metadata, "timezone");
      if (zone !== undefined && zone.value !== "" && !isZone(zone.value)) {
        const near = nearest(zone.value, knownZones());
        const hint = near === undefined ? "Write one such as Europe/Berlin." : `Did you mean "${near}"?`;
        const fixes = near === undefined ? [] : text(object.root, [...keys, "timezone"], near, `Change to "${near}"`);
        report({ at: zone.node, message: "zone", slots: { object: object.title, value: zone.value, hint }, fixes });
      }
      const wanted = numberAt(metadata, "desiredReplicas");
      if (limits === undefined || wanted === undefined || wanted.value <= limits.max) continue;
      const { maxReplicas } = object.view;
      report({
        at: wanted.node,
        message: "capped",
        slots: {
          object: object.title,
          replicas: wanted.value,
          max: limits.max,
          default: maxReplicas === undefined ? " (KEDA's default)" : "",
        },
        severity: "warning",
        related: maxReplicas === undefined ? [] : [{ at: maxReplicas.node, message: `the maximum is ${limits.max}` }],
      });
    }
  },
});

function scheduleFault({ metadata }: Trigger, key: "start" | "end") {
  const written = stringAt(metadata, key);
  if (written === undefined || written.value === "") return undefined;
  try {
    parseSchedule(written.value);
    return undefined;
  } catch (error) {
    if (error instanceof CronError) return { key, value: written.value, node: written.node, fault: error.message };
    throw error;
  }
}

/** Go reads names of the tz database, letter for letter; `Local` and the empty name are the operator's own zone. */
function isZone(name: string): boolean {
  if (name === "UTC" || name === "Local") return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}
