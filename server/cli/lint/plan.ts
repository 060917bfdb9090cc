import { type RuleSeverity, ruleSeverities } from "../../config/settings.ts";
import type { Rule } from "../../rules/rule.ts";
import { nearest } from "../../text/spelling.ts";
import { unknownRule } from "../report/explain.ts";
import { type Routes, routesIn } from "../report/routes.ts";
import { listed } from "../report/words.ts";
import { type Part, partIn } from "../shard/part.ts";
import type { LintValues } from "./options.ts";

/** What the options say, when they can all be done together. */
export interface Plan {
  readonly routes: Routes;
  readonly severities: ReadonlyMap<string, RuleSeverity>;
  readonly mostWarnings: number;
  /** The part of the files whose objects are judged; absent for all. */
  readonly part: Part | undefined;
  /** With standard input among them where it was given a name. */
  readonly paths: readonly string[];
}

interface Mistake {
  readonly mistake: string;
}

/** A mistake is a sentence. */
export function planOf(
  values: LintValues,
  operands: readonly string[],
  cwd: string,
  rules: readonly Rule[],
): Plan | Mistake {
  const paths = values["stdin-filename"] === undefined || operands.includes("-") ? operands : [...operands, "-"];
  const clash = clashIn(values, paths);
  if (clash !== undefined) return { mistake: clash };
  const routes = routesIn(values.format, cwd);
  if ("mistake" in routes) return routes;
  const severities = severitiesIn(values.rule, rules);
  if ("mistake" in severities) return severities;
  const mostWarnings = warningsIn(values["max-warnings"]);
  if (typeof mostWarnings !== "number") return mostWarnings;
  const part = values.shard === undefined ? undefined : partIn(values.shard);
  if (values.shard !== undefined && part === undefined) {
    return { mistake: `--shard takes a part of the whole, such as 2/4, not "${values.shard}".` };
  }
  return { routes, severities: severities.found, mostWarnings, part, paths };
}

export function warningsIn(most: string | undefined): number | Mistake {
  if (most === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d{1,9}$/.test(most)) return { mistake: `--max-warnings takes a whole number, not "${most}".` };
  return Number(most);
}

function clashIn(values: LintValues, paths: readonly string[]): string | undefined {
  const fixes = values.fix ? "--fix" : values["fix-dry-run"] ? "--fix-dry-run" : undefined;
  if (values.fix && values["fix-dry-run"]) return "--fix writes and --fix-dry-run does not: give one of them.";
  if (fixes !== undefined && paths.includes("-")) {
    return `${fixes} mends files, and standard input is none: give the path of a file.`;
  }
  if (values.changed !== false) {
    if (fixes !== undefined) return `${fixes} and --changed do not go together: fix first, then look at what changed.`;
    if (values["update-baseline"]) return "--update-baseline needs all findings, and --changed leaves most out.";
  }
  const alone = clashAlone(values, paths);
  if (alone !== undefined) return alone;
  if (values.shard !== undefined) {
    if (fixes !== undefined) return `${fixes} needs the whole, and --shard judges a part of it.`;
    if (values.baseline !== undefined || values["update-baseline"]) {
      return "A baseline needs the whole, and --shard judges a part of it: give it to headroom merge.";
    }
    if (values.changed !== false) return "--shard and --changed do not go together.";
  }
  if (values["fix-dry-run"] && values.format.some(({ into }) => into === undefined)) {
    return "--fix-dry-run prints a diff: give each --format a file, as in --format json=FILE.";
  }
  return undefined;
}

function clashAlone(values: LintValues, paths: readonly string[]): string | undefined {
  const inPart = values.shard !== undefined || values.changed !== false;
  if (values.markdown && inPart) return "--markdown goes neither with --shard nor with --changed.";
  const renders = values.kustomize.length > 0 ? "--kustomize" : values.helm.length > 0 ? "--helm" : undefined;
  if (renders !== undefined && inPart) return `${renders} goes neither with --shard nor with --changed.`;
  if (values.values.length > 0 && values.helm.length === 0) return "--values is for --helm, and no chart is named.";
  if (!values.watch) return undefined;
  const writing = (["fix", "fix-dry-run", "update-baseline"] as const).find((name) => values[name]);
  if (writing !== undefined) return `--watch looks on, and --${writing} is done once: they do not go together.`;
  if (inPart || paths.includes("-")) return "--watch goes neither with standard input nor with --shard or --changed.";
  return undefined;
}

function severitiesIn(
  written: readonly string[],
  rules: readonly Rule[],
): { readonly found: ReadonlyMap<string, RuleSeverity> } | Mistake {
  const found = new Map<string, RuleSeverity>();
  for (const pair of written) {
    const at = pair.indexOf("=");
    const id = at < 0 ? pair : pair.slice(0, at);
    const word = at < 0 ? "" : pair.slice(at + 1);
    if (!rules.some((rule) => rule.id === id)) return { mistake: `--rule: ${unknownRule(id, rules).trimEnd()}` };
    const severity = ruleSeverities.find((one) => one === word);
    if (severity === undefined) {
      const near = nearest(word, ruleSeverities);
      const hint = near === undefined ? "" : ` Did you mean ${near}?`;
      return { mistake: `--rule ${id}= takes ${listed(ruleSeverities, "or")}, not "${word}".${hint}` };
    }
    found.set(id, severity);
  }
  return { found };
}
