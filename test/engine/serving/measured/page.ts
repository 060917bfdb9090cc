import { gatesOf } from "./gates.ts";
import { type Group, groups, type MeasuredPoint, measuredPoints } from "./point.ts";
import { prefillRate } from "./predict.ts";
import { assumedHit, firstErrors, type Held, holdAgainst, outputErrors, plainErrors, scoreOf } from "./scores.ts";

/** Peaks that llm-d publishes in its guide on token-aware autoscaling, in chunks of 8192 tokens. */
export const prefillPeaks = [
  { engine: "vLLM", gpu: "H100-SXM", ranks: 2, tokensPerSecond: 15_928 },
  { engine: "SGLang", gpu: "H100-SXM", ranks: 2, tokensPerSecond: 30_720 },
  { engine: "vLLM", gpu: "TPU-v6e", ranks: 8, tokensPerSecond: 26_290 },
] as const;

/** The tables of docs/fidelity.md. */
export function fidelityTables(): string {
  const points = measuredPoints();
  const held = holdAgainst(points);
  return [summary(points), plainTable(points), gateTable(held), peakTable(), everyPoint(held)].join("\n\n");
}

function summary(points: readonly MeasuredPoint[]): string {
  const rows = (Object.keys(groups) as Group[]).flatMap((group) => {
    const some = points.filter((point) => point.group === group);
    if (!group.startsWith("open loop")) return [scoreRow(groups[group], group, holdAgainst(some))];
    return [
      scoreRow(`${groups[group]}; nothing cached`, group, holdAgainst(some, 0)),
      scoreRow(`the same; ${100 * assumedHit} % of each prompt cached, which is assumed`, group, holdAgainst(some)),
    ];
  });
  return table(
    "Time of an output token, and of the first one, against what was measured",
    ["points", "n", "output token: median", "90 of 100", "bias", "first token: median", "bias"],
    rows,
  );
}

function scoreRow(title: string, group: Group, held: readonly Held[]): string[] {
  const output = scoreOf(outputErrors(held));
  const first = scoreOf(firstErrors(held));
  const open = group.startsWith("open loop") || group === "NIM";
  const told = open ? [percent(first.median), signed(first.bias)] : ["below", "below"];
  return [title, String(held.length), percent(output.median), percent(output.p90), signed(output.bias), ...told];
}

function plainTable(points: readonly MeasuredPoint[]): string {
  const rows = (Object.keys(groups) as Group[])
    .filter((group) => group !== "saturated")
    .flatMap((group) => {
      const some = points.filter((point) => point.group === group);
      const hits = group.startsWith("open loop") ? [0, assumedHit] : [0];
      return hits.map((hit) => {
        const [own, bare] = [scoreOf(outputErrors(holdAgainst(some, hit))), scoreOf(plainErrors(some, hit))];
        const title = hit === 0 ? group : `${group}, ${100 * hit} % cached`;
        return [title, String(some.length), ...[own.median, bare.median, own.p90, bare.p90].map(percent)];
      });
    });
  return table(
    "The engine, and the bare law in one formula",
    ["points", "n", "engine: median", "law", "engine: 90 of 100", "law"],
    rows,
  );
}

function gateTable(held: readonly Held[]): string {
  const rows = gatesOf(held).map(({ name, value, limit, ok }) => [
    name,
    value.toFixed(1),
    limit.toFixed(0),
    ok ? "holds" : "does not hold",
  ]);
  return table("What a test holds it to", ["gate", "now", "limit", ""], rows);
}

function peakTable(): string {
  const rows = prefillPeaks.map(({ engine, gpu, ranks, tokensPerSecond }) => {
    const own = prefillRate({ model: "Qwen/Qwen3-32B", gpu, ranks, weights: "bf16" }, 8192) ?? Number.NaN;
    const error = signed(100 * (own / tokensPerSecond - 1));
    return [`${engine} on ${ranks} x ${gpu}`, String(tokensPerSecond), own.toFixed(0), error];
  });
  return table("Prompt tokens a second of Qwen3-32B", ["published by llm-d", "tokens/s", "engine", "error"], rows);
}

function everyPoint(held: readonly Held[]): string {
  const rows = held.map(({ point, prediction }) => [
    `${point.model} in ${point.weights} on ${point.ranks} x ${point.gpu}, ${point.engine}`,
    `${point.inputTokens}/${point.outputTokens}`,
    "rate" in point.load ? `${point.load.rate}/s` : String(point.load.requests),
    `${point.outputToken} → ${prediction.outputToken.toFixed(1)}`,
    signed(100 * (prediction.outputToken / point.outputToken - 1)),
    `${point.firstToken} → ${told(prediction.firstToken, prediction.burst)}`,
  ]);
  return table(
    "Every point: measured → said, in milliseconds",
    ["", "tokens in/out", "load", "output token", "error", "first token (alone to all at once)"],
    rows,
  );
}

function told(alone: number, burst: number | undefined): string {
  return burst === undefined ? alone.toFixed(0) : `${alone.toFixed(0)} to ${burst.toFixed(0)}`;
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [`### ${title}`, "", line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function percent(value: number): string {
  return `${value.toFixed(1)} %`;
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(1)} %`;
}
