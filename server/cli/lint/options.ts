import { severities } from "../../findings/finding.ts";
import type { Options, Values } from "../arguments.ts";
import { formatNames } from "../report/formats/names.ts";

/** What `headroom lint` can be told. */
export const lintOptions = {
  format: {
    each: formatNames,
    into: "FILE",
    says: `how findings are told: ${formatNames.join(", ")} (default ${formatNames[0]}); into a file with =FILE, and then several at once`,
  },
  "fail-on": { of: [...severities, "never"], says: "exit with 1 from this severity on" },
} as const satisfies Options;

export type LintValues = Values<typeof lintOptions>;
