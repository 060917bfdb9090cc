import { fingerprints } from "../../findings/fingerprint.ts";
import { inOrder } from "../../rules/emit.ts";
import { unusedSuppression } from "../../rules/suppression/unused.ts";
import { Lines } from "../../text/lines.ts";
import type { InputProblem } from "../inputs/input.ts";
import type { Checked, CheckedFile, CheckedFinding, Failure, Place } from "../lint/checked.ts";
import { beyondLimits, shortHash } from "../lint/judgement.ts";
import { listed } from "../report/words.ts";
import type { ShardFile, ShardReport } from "./read.ts";

/** What one run over everything would have found. A mistake is a sentence. */
export function merged(reports: readonly ShardReport[]): Checked | { readonly mistake: string } {
  const mistake = whyNotWhole(reports);
  if (mistake !== undefined) return { mistake };
  const shards = reports.map(({ shard }) => shard);
  const used = new Set(shards.flatMap((shard) => shard.used.map(keyOf)));
  const found = groupedBy(
    reports.flatMap(({ findings }) => findings).filter((finding) => !isUsed(finding, used)),
    ({ file }) => file,
  );
  const known = groupedBy(
    shards.flatMap((shard) => shard.files),
    ({ name }) => name,
  );
  const files = [...known.values()]
    .map((of) => ({ order: of[0]?.order ?? 0, file: fileFrom(of, found.get(of[0]?.name ?? "") ?? []) }))
    .sort((a, b) => a.order - b.order)
    .map(({ file }) => file);
  const names = new Map(shards.flatMap((shard) => shard.files.map(({ name, fromRoot }) => [name, fromRoot])));
  const limits = files.flatMap(beyondLimits);
  const isLimit = ({ path, reason }: InputProblem) => limits.some((one) => one.path === path && one.reason === reason);
  return {
    files,
    ignored: Math.max(...shards.map(({ ignored }) => ignored)),
    problems: [...eachOnce(shards.flatMap(({ problems }) => problems)).filter((one) => !isLimit(one)), ...limits],
    failures: eachOnce(shards.flatMap(({ failures }) => failures)).map(failureFrom),
    fromRoot: (name) => names.get(name) ?? name,
  };
}

/** All parts of one whole have to be here, each once. */
function whyNotWhole(reports: readonly ShardReport[]): string | undefined {
  const shards = reports.map(({ shard }) => shard);
  const [first] = shards;
  if (first === undefined) return "There is nothing to merge: name the reports of all parts.";
  const odd = shards.find(({ count, headroom }) => count !== first.count || headroom !== first.headroom);
  if (odd !== undefined) {
    const told = [first, odd].map(({ index, count, headroom }) => `part ${index} of ${count} by ${headroom}`);
    return `These reports are not of one run: ${told.join(", ")}.`;
  }
  const indices = Array.from({ length: Math.min(first.count, 1000) }, (_, at) => at + 1);
  const counts = indices.map((index) => shards.filter((shard) => shard.index === index).length);
  const missing = indices.filter((_, at) => counts[at] === 0);
  if (missing.length > 0)
    return `Of ${first.count} parts ${listed(missing.map(String))} ${missing.length === 1 ? "is" : "are"} missing.`;
  const twice = indices.filter((_, at) => (counts[at] ?? 0) > 1);
  return twice.length > 0 || shards.length !== first.count
    ? `Part ${listed(twice.map(String))} is here more than once.`
    : undefined;
}

function keyOf({ file, line, character }: Place): string {
  return `${line}:${character} ${file}`;
}

/** One part alone cannot know that nothing uses a suppression. */
function isUsed({ rule, file, range: { start } }: CheckedFinding, used: ReadonlySet<string>): boolean {
  return rule === unusedSuppression.id && used.has(keyOf({ file, ...start }));
}

function fileFrom(of: readonly ShardFile[], found: readonly CheckedFinding[]): CheckedFile {
  const [{ name, fromRoot }] = of as [ShardFile];
  const lines = new Lines(sparse(of.map(({ lines }) => lines)));
  const findings = inOrder(found);
  const names = fingerprints({ file: fromRoot, lines, findings }, shortHash);
  return {
    name,
    lines,
    documents: of.reduce((sum, { documents }) => sum + documents, 0),
    findings: findings.map((finding, index) => ({ ...finding, fingerprint: names[index] ?? "" })),
  };
}

/** A text with the lines that are known where they belong, and nothing in the others. */
function sparse(known: readonly ShardFile["lines"][]): string {
  const texts = new Map(known.flatMap((lines) => Object.entries(lines)).map(([line, text]) => [Number(line), text]));
  const most = Math.min(Math.max(-1, ...texts.keys()), 10_000_000);
  return Array.from({ length: most + 1 }, (_, line) => texts.get(line) ?? "").join("\n");
}

function failureFrom({ path, reason }: InputProblem): Failure {
  const at = reason.indexOf(" failed: ");
  return { what: reason.slice(0, at), file: path, error: reason.slice(at + " failed: ".length) };
}

function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function eachOnce(problems: readonly InputProblem[]): InputProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify([problem.path, problem.reason]), problem])).values()];
}
