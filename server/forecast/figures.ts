/** What a figure of a whole run is counted in. Of requests and replicas a fluid has fractions, which nobody ever sees. */
export type FigureUnit = "whole" | "share" | "seconds" | "dollars" | "hours" | "plain";

/** Figures of a summary by their paths in it, as people call them. */
const titles: Readonly<Record<string, readonly [title: string, unit: FigureUnit]>> = {
  arrived: ["requests that came", "whole"],
  finished: ["requests finished", "whole"],
  dropped: ["requests dropped", "whole"],
  "attainment.both": ["within both objectives", "share"],
  "attainment.ttft": ["within the TTFT objective", "share"],
  "attainment.itl": ["within the ITL objective", "share"],
  "ttft.mean": ["TTFT, mean", "seconds"],
  "ttft.p50": ["TTFT p50", "seconds"],
  "ttft.p95": ["TTFT p95", "seconds"],
  "ttft.p99": ["TTFT p99", "seconds"],
  "itl.mean": ["ITL, mean", "seconds"],
  "itl.p50": ["ITL p50", "seconds"],
  "itl.p95": ["ITL p95", "seconds"],
  "itl.p99": ["ITL p99", "seconds"],
  outputTokens: ["output tokens", "whole"],
  replicaHours: ["replica hours", "hours"],
  mostReplicas: ["most replicas at once", "whole"],
  scaleUps: ["scale-ups", "whole"],
  scaleDowns: ["scale-downs", "whole"],
  cut: ["generations cut off", "whole"],
  dollars: ["cost", "dollars"],
  dollarsPerMillionTokens: ["cost of a million output tokens", "dollars"],
  "gpuHours.paid": ["GPU hours paid", "hours"],
  "gpuHours.starting": ["GPU hours of starting", "hours"],
  "gpuHours.serving": ["GPU hours of serving", "hours"],
  "gpuHours.idle": ["GPU hours idle", "hours"],
  violations: ["breaches", "whole"],
  violatedSeconds: ["time in breach", "seconds"],
  longestViolation: ["longest breach", "seconds"],
};

/** All of them, in the order in which they are told. */
export const figureNames: readonly string[] = Object.keys(titles);

export function figureTitle(name: string): string {
  return Object.hasOwn(titles, name) ? (titles[name]?.[0] ?? name) : name;
}

export function figureUnit(name: string): FigureUnit {
  return Object.hasOwn(titles, name) ? (titles[name]?.[1] ?? "plain") : "plain";
}

/** Figures that people ask for first. */
export const foremost: readonly string[] = [
  "attainment.both",
  "ttft.p95",
  "itl.p95",
  "dropped",
  "mostReplicas",
  "scaleUps",
  "scaleDowns",
  "replicaHours",
  "dollars",
  "dollarsPerMillionTokens",
];

/** Those that people ask for first, the others behind them. */
export function foremostFirst<Figure extends { readonly name: string }>(figures: readonly Figure[]): readonly Figure[] {
  const last = foremost.length + figureNames.length;
  const place = ({ name }: Figure) => {
    const [early, late] = [foremost.indexOf(name), figureNames.indexOf(name)];
    return early >= 0 ? early : late >= 0 ? foremost.length + late : last;
  };
  return figures.toSorted((a, b) => place(a) - place(b));
}
