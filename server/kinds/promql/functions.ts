/** What a part of a query is: one number, a text, series with one sample each, or series over a range of time. */
export type QueryType = "scalar" | "string" | "instant" | "range";

/** A function or an aggregation of PromQL. */
export interface QueryFunction {
  readonly name: string;
  readonly aggregates: boolean;
  readonly takes: readonly QueryType[];
  /** How many of them must be there. */
  readonly least: number;
  /** The last one may come several times. */
  readonly endless: boolean;
  readonly gives: QueryType;
  readonly about: string;
}

/** Prometheus, promql/parser/functions.go and docs/querying/functions.md, 3.x. `?`: may be left out, `*`: any number. */
const functions = `
abs | instant | Values without their sign.
absent | instant | One series with value 1 when nothing matches; the way to ask whether a metric is missing.
absent_over_time | range | The same over a range: 1 when there was no sample at all.
acos | instant | Inverse cosine.
acosh | instant | Inverse hyperbolic cosine.
asin | instant | Inverse sine.
asinh | instant | Inverse hyperbolic sine.
atan | instant | Inverse tangent.
atanh | instant | Inverse hyperbolic tangent.
avg_over_time | range | Mean of each series over the range. Smooths a gauge before an autoscaler reads it.
ceil | instant | Rounds up.
changes | range | How often the value changed.
clamp | instant scalar scalar | Keeps values between a least and a most.
clamp_max | instant scalar | Keeps values at or below a number.
clamp_min | instant scalar | Keeps values at or above a number: a floor under a desired replica count.
cos | instant | Cosine.
cosh | instant | Hyperbolic cosine.
count_over_time | range | Number of samples.
day_of_month | instant? | Day of the month, from 1, in UTC.
day_of_week | instant? | Day of the week, Sunday is 0, in UTC.
day_of_year | instant? | Day of the year, from 1, in UTC.
days_in_month | instant? | Number of days of the month.
deg | instant | Radians as degrees.
delta | range | Last value less the first one. For gauges; counters want increase().
deriv | range | Change per second by linear regression. For gauges.
double_exponential_smoothing | range scalar scalar | Smoothed value with trend, for gauges. An experiment that has to be switched on.
end | : scalar | Where the query ends, as seconds since 1970. An experiment that has to be switched on.
exp | instant | e to the power of the value.
first_over_time | range | Oldest sample of the range.
floor | instant | Rounds down.
histogram_avg | instant | Mean of a native histogram.
histogram_count | instant | Number of observations of a native histogram.
histogram_fraction | scalar scalar instant | Part of the observations between two bounds.
histogram_quantile | scalar instant | Quantile of a histogram: histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m]))).
histogram_quantiles | instant string scalar scalar* | Several quantiles at once, told apart by a label. An experiment that has to be switched on.
histogram_stddev | instant | Standard deviation of a native histogram.
histogram_stdvar | instant | Variance of a native histogram.
histogram_sum | instant | Sum of a native histogram.
hour | instant? | Hour of the day, 0 to 23, in UTC.
idelta | range | Difference of the last two samples. For gauges.
increase | range | Growth of a counter over the range, restarts taken into account.
info | instant instant? | Adds the labels of info metrics. An experiment that has to be switched on.
irate | range | Growth per second between the last two samples. Jumps too much for autoscaling; rate() is steadier.
label_join | instant string string string* | Joins labels into a new one.
label_replace | instant string string string string | Writes a label from another one by a regular expression.
last_over_time | range | Newest sample of the range, however old. Bridges gaps between scrapes.
ln | instant | Natural logarithm.
log10 | instant | Logarithm to base 10.
log2 | instant | Logarithm to base 2.
mad_over_time | range | Median of the distances from the median. An experiment that has to be switched on.
max_over_time | range | Highest value of the range. Keeps short peaks visible.
min_over_time | range | Lowest value of the range.
minute | instant? | Minute of the hour, in UTC.
month | instant? | Month, 1 to 12, in UTC.
pi | : scalar | 3.14159…
predict_linear | range scalar | Where a gauge will be in so many seconds, by linear regression.
present_over_time | range | 1 for each series that had a sample.
quantile_over_time | scalar range | Quantile of the samples of each series.
rad | instant | Degrees as radians.
range | : scalar | How long the query's time is, in seconds. An experiment that has to be switched on.
rate | range | Growth of a counter per second over the range, restarts taken into account. The range wants at least two scrapes, better four.
resets | range | How often a counter began anew.
round | instant scalar? | Rounds to whole numbers, or to multiples of a number.
scalar | instant : scalar | The one series as a plain number; NaN when there is not exactly one.
sgn | instant | 1, 0 or -1.
sin | instant | Sine.
sinh | instant | Hyperbolic sine.
sort | instant | Sorts by value.
sort_by_label | instant string* | Sorts by labels. An experiment that has to be switched on.
sort_by_label_desc | instant string* | Sorts by labels, downwards. An experiment that has to be switched on.
sort_desc | instant | Sorts by value, downwards.
sqrt | instant | Square root.
start | : scalar | Where the query begins, as seconds since 1970. An experiment that has to be switched on.
stddev_over_time | range | Standard deviation over the range.
stdvar_over_time | range | Variance over the range.
step | : scalar | Seconds between two evaluations. An experiment that has to be switched on.
sum_over_time | range | Sum of the samples.
tan | instant | Tangent.
tanh | instant | Hyperbolic tangent.
time | : scalar | The time of evaluation, as seconds since 1970.
timestamp | instant | When each sample was taken.
ts_of_first_over_time | range | When the oldest sample was taken. An experiment that has to be switched on.
ts_of_last_over_time | range | When the newest sample was taken. An experiment that has to be switched on.
ts_of_max_over_time | range | When the highest sample was taken. An experiment that has to be switched on.
ts_of_min_over_time | range | When the lowest sample was taken. An experiment that has to be switched on.
vector | scalar | A number as a series without labels: \`x or vector(0)\` is 0 where x is missing.
year | instant? | Year, in UTC.
`;

/** Prometheus, docs/querying/operators.md, 3.x. */
const aggregations = `
avg | instant | Mean over the series. For what is a ratio already, such as KV cache usage.
bottomk | scalar instant | The smallest so many series.
count | instant | Number of series.
count_values | string instant | Number of series with each value, the value as a label.
group | instant | 1 for each group.
limit_ratio | scalar instant | A part of the series. An experiment that has to be switched on.
limitk | scalar instant | Any so many series. An experiment that has to be switched on.
max | instant | Highest of the series.
min | instant | Lowest of the series.
quantile | scalar instant | Quantile over the series.
stddev | instant | Standard deviation over the series.
stdvar | instant | Variance over the series.
sum | instant | Sum over the series. KEDA wants one series: an aggregation without labels gives it.
topk | scalar instant | The largest so many series.
`;

export const queryFunctions: ReadonlyMap<string, QueryFunction> = new Map(
  [...rowsOf(functions, false), ...rowsOf(aggregations, true)].map((one) => [one.name, one]),
);

function rowsOf(table: string, aggregates: boolean): QueryFunction[] {
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", signature = "", about = ""] = line.split(" | ");
      const [takes = "", gives = "instant"] = signature.split(/: ?/);
      const words = takes.split(" ").filter((word) => word !== "");
      return {
        name,
        aggregates,
        takes: words.map((word) => word.replace(/[?*]$/, "") as QueryType),
        least: words.filter((word) => !/[?*]$/.test(word)).length,
        endless: words.at(-1)?.endsWith("*") ?? false,
        gives: gives as QueryType,
        about,
      };
    });
}

const words: Readonly<Record<QueryType, string>> = {
  scalar: "number",
  string: "text",
  instant: "vector",
  range: "range",
};

/** `histogram_quantile(number, vector)`. */
export function signatureOf({ name, takes, least, endless }: QueryFunction): string {
  const parts = takes.map((type, index) => (index < least ? words[type] : `[${words[type]}]`));
  return `${name}(${parts.join(", ")}${endless ? "…" : ""})`;
}

/** Words between operands and behind them. */
export const queryWords = {
  and: "Series of the left side that have a partner on the right.",
  or: "Series of the left side, and those of the right that have no partner there.",
  unless: "Series of the left side that have no partner on the right.",
  offset: "Looks so far into the past: offset 5m.",
  by: "Keeps these labels alone.",
  without: "Keeps all labels but these.",
} as const;

/** Ranges that people write, with what they are good for. */
export const usualRanges = [
  ["1m", "Two to four scrapes: quick, and easily empty."],
  ["2m", "Quick enough for autoscaling."],
  ["5m", "The usual range of rate()."],
  ["10m", "Smooth: reacts late."],
  ["30m", "For trends."],
  ["1h", "For alerts on slow changes."],
] as const;
