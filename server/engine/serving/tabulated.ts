import type { SteadyReplica, SteadyState } from "./steady.ts";

const figures = ["decodes", "running", "cacheUsage", "outputTokenTime", "firstTokenTime"] as const;
type Figure = (typeof figures)[number];

/**
 * The same replica, its states worked out at so many rates beforehand and read between them in a straight line: for a
 * simulation that asks a million times.
 */
export function tabulated(replica: SteadyReplica, points = 256): SteadyReplica {
  const { mostRate, most } = replica;
  if (mostRate <= 0) return replica;
  const columns = {} as Record<Figure, Float64Array>;
  for (const figure of figures) columns[figure] = new Float64Array(points + 1);
  for (let point = 0; point <= points; point++) {
    const state = point === points ? most : replica.at((mostRate * point) / points);
    for (const figure of figures) columns[figure][point] = state[figure];
  }
  const read = (figure: Figure, place: number): number => {
    const whole = Math.floor(place);
    const [before = 0, after = before] = [columns[figure][whole], columns[figure][whole + 1]];
    return before + (place - whole) * (after - before);
  };
  return {
    ...replica,
    at(rate): SteadyState {
      const utilization = rate / mostRate;
      if (utilization >= 1) return { ...most, utilization };
      const place = utilization * points;
      return {
        served: rate,
        decodes: read("decodes", place),
        running: read("running", place),
        cacheUsage: read("cacheUsage", place),
        outputTokenTime: read("outputTokenTime", place),
        firstTokenTime: read("firstTokenTime", place),
        utilization,
        isSaturated: false,
      };
    },
  };
}
