import { severities } from "../../findings/finding.ts";
import type { Options, Values } from "../arguments.ts";
import { formatNames } from "../report/formats/names.ts";

/** How a result is told, and what comes of it. */
export const tellingOptions = {
  format: {
    each: formatNames,
    into: "FILE",
    says: `how findings are told: ${formatNames.join(", ")} (default ${formatNames[0]}); into a file with =FILE, and then several at once`,
  },
  "fail-on": { of: [...severities, "never"], says: "exit with 1 from this severity on" },
  "max-warnings": { takes: "N", says: "exit with 1 when there are more warnings" },
  quiet: { says: "tell errors only; the rest is counted" },
  baseline: { takes: "FILE", says: "leave out the findings that this file knows" },
  "update-baseline": { says: "write all findings into the baseline (default headroom.baseline.json)" },
} as const satisfies Options;

/** What `headroom lint` can be told. */
export const lintOptions = {
  ...tellingOptions,
  rule: { takesEach: "ID=SEVERITY", says: "severity of a rule, or off; outranks headroom.config.yaml" },
  changed: {
    mayTake: "REF",
    says: "tell only of what changed since HEAD, or since REF was left, and what that affects",
  },
  shard: { takes: "I/N", says: "judge one of N parts, for headroom merge: --format json=FILE" },
  markdown: { says: "check the YAML in the fenced blocks of Markdown files too" },
  kustomize: { takesEach: "DIR", says: "check what kustomize builds from a directory" },
  helm: { takesEach: "CHART", says: "check what helm renders a chart to" },
  values: { takesEach: "FILE", says: "values for --helm" },
  watch: { says: "check again whenever a file changes, until interrupted" },
  fix: { says: "apply all safe fixes" },
  "fix-dry-run": { says: "print what --fix would do, as a diff" },
  "stdin-filename": { takes: "PATH", says: "the file that standard input stands for" },
  "print-config": { takes: "FILE", says: "print the settings of a file, and where each is from" },
} as const satisfies Options;

export type TellingValues = Values<typeof tellingOptions>;
export type LintValues = Values<typeof lintOptions>;
