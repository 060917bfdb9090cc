import type { PodTemplate } from "../engine/cluster/input.ts";
import { given } from "../engine/sourced.ts";
import { type PodStartup, startupAnnotation } from "../graph/pod-startup.ts";
import { servingContainer } from "../graph/serving.ts";
import { startBudget } from "../kinds/workload/probe.ts";
import { at, numberAt } from "../text/read.ts";
import { within } from "./bounds.ts";
import type { Fills } from "./fills.ts";
import type { Sources } from "./origin.ts";
import type { ServingWorkload } from "./variants.ts";

/** kubernetes pkg/apis/core/v1/defaults.go */
const usualGrace = 30;
const usualPeriod = 10;
const longestWait = 86_400;

/** How a pod starts and ends. Of its start mostly one sum is known: all of it counts as loading. */
export function podOf(
  { object, name }: ServingWorkload,
  gpus: number,
  startup: PodStartup,
  { startTime }: Pick<Fills, "startTime">,
  sources: Sources,
): PodTemplate {
  const container = servingContainer(object);
  const probe = container?.startupProbe ?? container?.readinessProbe;
  const isMeasured = startTime !== undefined || startup.source === "annotation" || startup.source === "configuration";
  if (!isMeasured)
    sources.lacks(
      `${name}: how long a pod starts`,
      startup.source === "default"
        ? `nothing says it; ${startup.seconds} s are taken`
        : `the ${startup.source} grants ${startup.seconds} s, which are taken; how long it really takes nobody says`,
      `the annotation ${startupAnnotation}, or podStartup in headroom.config.yaml`,
    );
  const written = startup.node === undefined ? `default: ${startup.source}` : sources.place(startup.node);
  const origin = startTime === undefined ? written : "flag: --start-time";
  const seconds = within(startTime ?? startup.seconds, 0, longestWait);
  const load = sources.said(`${name}: start of a pod, s`, seconds, origin);
  const spec = at(object.view.template?.root, "spec");
  const grace = numberAt(spec, "terminationGracePeriodSeconds");
  const place = probe === undefined ? "default: Kubernetes" : sources.place(probe.node);
  const startupProbe = container?.startupProbe;
  // A start that is taken from the probe's own budget would end at the very moment at which the probe gives up.
  const givesUp = isMeasured && startupProbe !== undefined && startBudget(startupProbe) > 0;
  return {
    gpus,
    pool: name,
    startUp: {
      image: given(0, origin),
      fetch: given(0, origin),
      load,
      compile: given(0, origin),
      probe: {
        initialDelay: given(within(probe?.initialDelaySeconds ?? 0, 0, longestWait), place),
        period: sources.said(
          `${name}: period of its probe, s`,
          within(probe?.periodSeconds ?? usualPeriod, 1, longestWait),
          place,
        ),
        ...(givesUp ? { failureThreshold: given(within(startupProbe.failureThreshold, 1, longestWait), place) } : {}),
      },
      seen: given(0, "default: at once"),
    },
    terminationGracePeriod: sources.said(
      `${name}: terminationGracePeriodSeconds`,
      within(grace?.value ?? usualGrace, 0, longestWait),
      grace === undefined ? "default: Kubernetes" : sources.place(grace.node),
    ),
  };
}
