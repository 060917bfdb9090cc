/** Lines around a change that a reader gets to see it in. */
const context = 3;
/** Past so many differing lines the stretch between is shown as replaced: finding the least would take long. */
const mostEdits = 1000;

interface Step {
  readonly sign: " " | "-" | "+";
  readonly line: string;
}

/** Two texts as a unified diff that `git apply` and `patch -p1` take; empty when they are the same. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  const steps = stepsBetween(linesOf(before), linesOf(after));
  return [`--- ${quoted(`a/${path}`)}\n`, `+++ ${quoted(`b/${path}`)}\n`, ...hunks(steps)].join("");
}

/** With their breaks. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function stepsBetween(before: readonly string[], after: readonly string[]): Step[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - start;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return [
    ...before.slice(0, start).map(same),
    ...changed(before.slice(start, before.length - tail), after.slice(start, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ];
}

function same(line: string): Step {
  return { sign: " ", line };
}

/** The fewest lines to take out and to put in (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986). */
function changed(before: readonly string[], after: readonly string[]): Step[] {
  const trace: Map<number, number>[] = [];
  const reached = new Map([[1, 0]]);
  const most = Math.min(before.length + after.length, mostEdits);
  for (let edits = 0; edits <= most; edits++) {
    trace.push(new Map(reached));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = isDown(reached, diagonal, edits)
        ? (reached.get(diagonal + 1) ?? 0)
        : (reached.get(diagonal - 1) ?? 0) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
      reached.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return walkedBack(trace, before, after);
    }
  }
  return [
    ...before.map((line) => ({ sign: "-", line }) as const),
    ...after.map((line) => ({ sign: "+", line }) as const),
  ];
}

function isDown(reached: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  if (diagonal === -edits) return true;
  return diagonal !== edits && (reached.get(diagonal - 1) ?? 0) < (reached.get(diagonal + 1) ?? 0);
}

function walkedBack(
  trace: readonly ReadonlyMap<number, number>[],
  before: readonly string[],
  after: readonly string[],
): Step[] {
  const steps: Step[] = [];
  let x = before.length;
  let y = after.length;
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const reached = trace[edits] ?? new Map<number, number>();
    const diagonal = x - y;
    const from = isDown(reached, diagonal, edits) ? diagonal + 1 : diagonal - 1;
    const fromX = reached.get(from) ?? 0;
    const fromY = fromX - from;
    while (x > Math.max(fromX, 0) && y > Math.max(fromY, 0)) {
      steps.push(same(before[--x] ?? ""));
      y--;
    }
    if (edits === 0) break;
    if (x > fromX) steps.push({ sign: "-", line: before[--x] ?? "" });
    else steps.push({ sign: "+", line: after[--y] ?? "" });
  }
  return steps.reverse();
}

function hunks(steps: readonly Step[]): string[] {
  const shown = new Set<number>();
  steps.forEach(({ sign }, index) => {
    if (sign !== " ") for (let near = index - context; near <= index + context; near++) shown.add(near);
  });
  const found: string[] = [];
  let old = 1;
  let young = 1;
  for (let index = 0; index < steps.length; ) {
    const from = index;
    while (index < steps.length && shown.has(index)) index++;
    const hunk = steps.slice(from, index);
    const olds = hunk.filter(({ sign }) => sign !== "+").length;
    const youngs = hunk.filter(({ sign }) => sign !== "-").length;
    if (hunk.length > 0) {
      found.push(`@@ -${span(old, olds)} +${span(young, youngs)} @@\n`, ...hunk.map(written));
      old += olds;
      young += youngs;
    }
    if (index < steps.length && !shown.has(index)) {
      index++;
      old++;
      young++;
    }
  }
  return found;
}

/** A stretch of nothing stands behind the line before it. */
function span(start: number, count: number): string {
  return count === 0 ? `${start - 1},0` : `${start},${count}`;
}

function written({ sign, line }: Step): string {
  return line.endsWith("\n") ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`;
}

/** As git writes names that hold what would end or break the line (`core.quotePath` off). */
function quoted(path: string): string {
  if (!/["\\\p{Cc}]/u.test(path)) return path;
  const escaped = path.replace(/["\\]/g, "\\$&").replace(/\p{Cc}/gu, (character) => {
    return `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;
  });
  return `"${escaped}"`;
}
