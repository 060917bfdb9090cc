/**
 * Globs, matched in time linear in pattern and path: patterns come from a workspace's configuration, which may be
 * hostile, and every matcher that goes over a regular expression can be made to run for minutes.
 *
 * `*` and `?` stay within a folder, `**` crosses folders, hidden ones too; `[a-z]`, `[!a-z]` and `{a,b}` as in a shell;
 * `\` takes the next character as it is; a leading `!` inverts.
 */

type Test = (char: string) => boolean;

type Part =
  | { readonly type: "char"; readonly test: Test; readonly literal: boolean }
  | { readonly type: "any"; readonly test: Test }
  | { readonly type: "folders" }
  | { readonly type: "either"; readonly of: readonly (readonly Part[])[] };

/** A longer one is not a pattern but an accident. */
const maxLength = 1000;
const maxCached = 500;
const matchers = new Map<string, (path: string) => boolean>();

export function matchGlob(pattern: string, path: string): boolean {
  if (pattern === "" || pattern.length > maxLength) return false;
  let matcher = matchers.get(pattern);
  if (matcher === undefined) {
    if (matchers.size >= maxCached) matchers.clear();
    matcher = matcherOf(pattern);
    matchers.set(pattern, matcher);
  }
  return matcher(path);
}

/** Whether text is a pattern rather than the name of one file. */
export function isGlob(text: string): boolean {
  if (text === "" || text.length > maxLength) return false;
  return text.startsWith("!") || parse(text).some((part) => part.type !== "char" || !part.literal);
}

function matcherOf(pattern: string): (path: string) => boolean {
  if (pattern.startsWith("!")) {
    const inner = matcherOf(pattern.slice(1));
    return (path) => !inner(path);
  }
  const machine = new Machine();
  const start = machine.build(parse(pattern.replace(/^(?:\.\/)+/, "")), machine.end);
  return (path) => machine.accepts(start, path);
}

const inFolder: Test = (char) => char !== "/";

function parse(pattern: string): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < pattern.length; ) {
    const [part, length] = partAt(pattern, at);
    parts.push(part);
    at += length;
  }
  return parts;
}

function partAt(pattern: string, at: number): [Part, length: number] {
  const char = pattern[at] as string;
  if (char === "\\" && at + 1 < pattern.length) return [literal(pattern[at + 1] as string), 2];
  if (char === "?") return [{ type: "char", test: inFolder, literal: false }, 1];
  if (char === "*") return starAt(pattern, at);
  if (char === "[") return classAt(pattern, at) ?? [literal(char), 1];
  if (char === "{") return bracesAt(pattern, at) ?? [literal(char), 1];
  return [literal(char), 1];
}

function literal(char: string): Part {
  return { type: "char", test: (other) => other === char, literal: true };
}

function starAt(pattern: string, at: number): [Part, number] {
  const stars = /^\*+/.exec(pattern.slice(at))?.[0].length ?? 1;
  const opens = at === 0 || "/{,".includes(pattern[at - 1] as string);
  const after = pattern[at + stars];
  if (stars < 2 || !opens) return [{ type: "any", test: inFolder }, stars];
  if (after === "/") return [{ type: "folders" }, stars + 1];
  return [{ type: "any", test: after === undefined || "},".includes(after) ? () => true : inFolder }, stars];
}

function classAt(pattern: string, at: number): [Part, number] | undefined {
  const found = /^\[([!^]?)([^\]/][^\]/]*)\]/.exec(pattern.slice(at));
  if (found === null) return undefined;
  const [whole, not, members = ""] = found;
  const ranges = [...members.matchAll(/([\s\S])-([\s\S])|[\s\S]/g)].map(
    ([one, from = one, to = one]) => [from, to] as const,
  );
  const isMember: Test = (char) => ranges.some(([from, to]) => from <= char && char <= to);
  return [
    { type: "char", test: (char) => inFolder(char) && isMember(char) === (not === ""), literal: false },
    whole.length,
  ];
}

/** `{a,b}`, also inside each other. Without a comma, or without its end, a brace is a character. */
function bracesAt(pattern: string, at: number): [Part, number] | undefined {
  const commas: number[] = [];
  let depth = 0;
  for (let end = at; end < pattern.length; end++) {
    if (pattern[end] === "\\") end++;
    else if (pattern[end] === "{") depth++;
    else if (pattern[end] === "," && depth === 1) commas.push(end);
    else if (pattern[end] === "}" && --depth === 0) {
      if (commas.length === 0) return undefined;
      const cuts = [at, ...commas, end];
      const of = cuts.slice(1).map((cut, index) => parse(pattern.slice((cuts[index] as number) + 1, cut)));
      return [{ type: "either", of }, end + 1 - at];
    }
  }
  return undefined;
}

/** An automaton of which all states that a path may have reached are kept at once. */
class Machine {
  /** From a state without a character to others, and with one to the next. */
  private readonly free: number[][] = [[]];
  private readonly step: ({ readonly test: Test; readonly to: number } | undefined)[] = [undefined];
  readonly end = 0;

  /** The state from which the parts lead to `next`. */
  build(parts: readonly Part[], next: number): number {
    return parts.reduceRight((then, part) => this.buildPart(part, then), next);
  }

  accepts(start: number, path: string): boolean {
    let reached = this.closure([start]);
    for (const char of path) {
      const next: number[] = [];
      for (const state of reached) {
        const step = this.step[state];
        if (step?.test(char)) next.push(step.to);
      }
      if (next.length === 0) return false;
      reached = this.closure(next);
    }
    return reached.has(this.end);
  }

  private buildPart(part: Part, then: number): number {
    if (part.type === "char") return this.add([], { test: part.test, to: then });
    if (part.type === "any") return this.addLoop(part.test, then);
    if (part.type === "either") return this.add(part.of.map((parts) => this.build(parts, then)));
    // Nothing at all, or anything that ends in a slash.
    const slash = this.add([], { test: (char) => char === "/", to: then });
    return this.add([then, this.addLoop(() => true, slash)]);
  }

  private addLoop(test: Test, then: number): number {
    const state = this.add([then]);
    this.step[state] = { test, to: state };
    return state;
  }

  private add(free: number[], step?: { readonly test: Test; readonly to: number }): number {
    this.step.push(step);
    return this.free.push(free) - 1;
  }

  private closure(states: readonly number[]): Set<number> {
    const reached = new Set<number>();
    const open = [...states];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      if (reached.has(state)) continue;
      reached.add(state);
      open.push(...(this.free[state] as number[]));
    }
    return reached;
  }
}
