import { type Trial, whatToTry } from "../../engine/capacity/advice.ts";
import { concurrencyAt } from "../../engine/capacity/block-pool.ts";
import type { Figure } from "../../engine/capacity/budget.ts";
import type { Capacity } from "../../engine/capacity/capacity.ts";
import { costPerHour } from "../../engine/capacity/cost.ts";
import { ranksOf } from "../../engine/capacity/parallel.ts";
import { inGib } from "../../engine/units.ts";
import { counted, grouped } from "../report/words.ts";
import { type Style, styleOf } from "../terminal/style.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visible } from "../terminal/visible.ts";
import { hang, wrap } from "../terminal/wrap.ts";
import { budgetBar, parts, unused } from "./bar.ts";
import type { Asked } from "./flags.ts";
import type { Answer, Question } from "./question.ts";

/** What was found out of one server, for people. */
export function answerInText({ question, capacity }: Answer, workload: Asked["workload"], terminal: Terminal): string {
  const style = styleOf(terminal);
  const { width } = terminal;
  const lines = [
    ...wrap(style.strong(visible(heading(question, capacity))), width),
    "",
    "Memory of each GPU",
    `  ${budgetBar(capacity.budget, Math.min(width, 80) - 4)}`,
    ...memoryRows(capacity, width),
    "",
    "KV cache",
    ...cacheRows(question, capacity, workload).flatMap((row) => hang("", row, width, "  ")),
    "",
    ...verdictRows(capacity, style, width),
    ...trialRows(whatToTry(question.request), width),
    ...priceRows(question, capacity, width),
  ];
  return `${lines.join("\n")}\n`;
}

function heading({ title, model, gpu, request }: Question, { settled }: Capacity): string {
  const ranks = ranksOf(settled.parallel);
  const { tensor, pipeline } = settled.parallel;
  const stages = pipeline === 1 ? `tensor parallel ${tensor}` : `tensor ${tensor} x pipeline ${pipeline}`;
  const spread = ranks === 1 ? "" : ` (${stages})`;
  const release = `${settled.version.join(".")}${request.version === undefined ? " (assumed)" : ""}`;
  const what = `${model.model.id} on ${ranks === 1 ? "one" : ranks} ${gpu.id}${spread}, vLLM ${release}`;
  return title === undefined ? what : `${title}: ${what}`;
}

function memoryRows({ budget }: Capacity, width: number): string[] {
  const rest: Figure = {
    bytes: unused(budget),
    error: budget.requested.error,
    exact: budget.requested.exact,
    because: "",
  };
  const { share, because } = budget.utilization;
  const why = `utilization ${share} (${because}) of ${inGib(budget.physical.bytes).toFixed(2)} GiB (${budget.physical.because})`;
  const rows = [
    ...parts.map(({ key, name, letter }) => row(letter, name, budget[key], budget[key].because)),
    row(".", "left alone", rest, why),
  ];
  return rows.flatMap(({ label, says }) => hang(label, says, width, "  "));
}

function row(letter: string, name: string, { bytes, error, exact }: Figure, because: string) {
  const size = `${inGib(bytes).toFixed(2).padStart(7)} GiB`;
  const unsure = error === 0 ? "assumed " : `± ${inGib(error).toFixed(2).padStart(5)} `;
  const band = exact ? "exact   " : unsure;
  return { label: `${letter} ${name.padEnd(13)} ${size}  ${band}  `, says: because };
}

function cacheRows({ request }: Question, capacity: Capacity, workload: Asked["workload"]): string[] {
  const { settled, bytesPerToken, pool, tokens } = capacity;
  const group = pool.groups[0];
  const kinds = pool.groups.length > 1 ? `, ${pool.groups.length} groups of ${group?.layers ?? 0} layers` : "";
  const band =
    tokens.least === tokens.value && tokens.most === tokens.value
      ? ""
      : ` (${grouped(tokens.least)} to ${grouped(tokens.most)})`;
  const length = settled.maxModelLen;
  const dtype = settled.cacheDtype === "auto" ? "the model's precision" : settled.cacheDtype;
  return [
    `${grouped(bytesPerToken)} bytes a token and GPU in ${dtype}, blocks of ${grouped(group?.blockSize ?? 0)} tokens${kinds}: exact`,
    `${grouped(tokens.value)} tokens${band}${capacity.tokensAreLogged ? ", as logged" : ""}`,
    `${capacity.concurrency.toFixed(2)} requests of ${grouped(length)} tokens at once, the maximum length`,
    ...(workload === undefined ? [] : [workloadRow(workload, capacity)]),
    ...(capacity.isUpperBound ? ["At most: its linear layers keep states besides, whose size is not known."] : []),
    ...(request.model.doubt === undefined ? [] : [request.model.doubt]),
  ];
}

/** At the end of its answer a request takes most. */
function workloadRow({ input, output }: NonNullable<Asked["workload"]>, { pool, blocks, settled }: Capacity): string {
  const fits = Math.floor(concurrencyAt(pool, blocks, input + output, settled.pool));
  const most = Math.min(fits, settled.maxNumSeqs);
  const by =
    fits > settled.maxNumSeqs ? `, as many as --max-num-seqs allows; the cache has room for ${grouped(fits)}` : "";
  return `${grouped(most)} requests of ${grouped(input)} + ${grouped(output)} tokens at once${by}`;
}

function verdictRows(capacity: Capacity, style: Style, width: number): string[] {
  const { verdict, verdictIsSure } = capacity;
  const sure = verdictIsSure ? "" : " Within the error it may be otherwise.";
  const paint = verdict === "fits" ? style.offer : style.error;
  return wrap(`${verdictText(capacity)}${sure}`, width).map((line, index) => (index === 0 ? paint(line) : line));
}

function verdictText({ verdict, budget, startup, settled }: Capacity): string {
  if (verdict === "fits") return "It fits.";
  if (verdict === "weights-do-not-fit") {
    const over = inGib(budget.requested.bytes) - inGib(budget.kvCache.bytes);
    return `It does not fit: without any KV cache it takes ${over.toFixed(1)} GiB of each GPU, and ${inGib(budget.requested.bytes).toFixed(1)} GiB are asked for.`;
  }
  const needed = `${inGib(startup.needed).toFixed(2)} GiB of KV cache`;
  const there = `${inGib(budget.kvCache.bytes).toFixed(2)} GiB`;
  return `vLLM refuses to start: one request of ${grouped(settled.maxModelLen)} tokens needs ${needed}, and ${there} are left. ${grouped(startup.longest)} tokens would fit.`;
}

function trialRows(trials: readonly Trial[], width: number): string[] {
  if (trials.length === 0) return [];
  const flagWidth = Math.max(...trials.map(({ flag }) => flag.length));
  const gains = trials.map((trial) => gainOf(trial));
  const gainWidth = Math.max(...gains.map(({ length }) => length));
  const rows = trials.flatMap(({ flag, costs }, index) =>
    hang(`${flag.padEnd(flagWidth)}  ${(gains[index] ?? "").padStart(gainWidth)}  `, costs, width, "  "),
  );
  return ["", "What to try", ...rows];
}

function gainOf({ gain, after }: Trial): string {
  const fits = after.verdict === "fits" ? "" : ", does not fit";
  return gain === 0 ? "it fits then" : `+${counted(gain, "token")}${fits}`;
}

function priceRows({ gpu }: Question, { settled }: Capacity, width: number): string[] {
  const [price] = gpu.prices;
  if (price === undefined) return [];
  const count = ranksOf(settled.parallel);
  const cost = costPerHour(count, price.dollarsPerGpuHour);
  const told = `${cost.toFixed(2)} dollars an hour at ${price.dollarsPerGpuHour} a GPU (${visible(price.seller)}, ${price.date}). Sellers differ; say yours under gpus in headroom.config.yaml.`;
  return ["", ...wrap(told, width)];
}
