import { severities } from "../../findings/finding.ts";
import type { Range } from "../../text/lines.ts";
import type { CheckedFile, CheckedFinding } from "../lint/checked.ts";
import type { Style } from "../terminal/style.ts";
import { shortened, visible } from "../terminal/visible.ts";
import { hang } from "../terminal/wrap.ts";
import { frame } from "./frame.ts";
import { counted } from "./words.ts";

/** Past these a report of one file is no longer read. */
const mostFindings = 200;
/** Past these the places of one finding say nothing new. */
const mostPlaces = 5;
/** Characters. What is longer carries somebody's document in it. */
const longest = 600;

/** What was found in one file. */
export function textReport({ name, lines, findings }: CheckedFile, width: number, style: Style): string {
  const blocks = worst(findings).map((finding) => block(finding, lines, width, style).join("\n"));
  const more = findings.length - mostFindings;
  if (more > 0) {
    const rest = `${counted(more, "more finding")} in ${shown(name)}; --format json shows all`;
    blocks.push(style.strong(rest));
  }
  return blocks.map((text) => `${text}\n\n`).join("");
}

/** As many as are shown, in the order in which they stand: the worst ones, so that no error hides behind hints. */
function worst(findings: readonly CheckedFinding[]): readonly CheckedFinding[] {
  if (findings.length <= mostFindings) return findings;
  const bySeverity = severities.flatMap((wanted) => findings.filter(({ severity }) => severity === wanted));
  const kept = new Set(bySeverity.slice(0, mostFindings));
  return findings.filter((finding) => kept.has(finding));
}

function block(finding: CheckedFinding, lines: CheckedFile["lines"], width: number, style: Style): string[] {
  const { severity, rule, message, range, related, fixes } = finding;
  const paint = style[severity];
  return [
    `${paint(severity)} ${style.strong(placeOf(finding))} ${style.quiet(rule)}`,
    ...hang("", shown(message), width, "  "),
    "",
    ...frame(lines, range, width, { quiet: style.quiet, mark: paint }),
    ...related
      .slice(0, mostPlaces)
      .flatMap((place) => hang("see: ", `${placeOf(place)} ${shown(place.message)}`, width, "  ")),
    ...(related.length > mostPlaces ? [`       and ${counted(related.length - mostPlaces, "more place")}`] : []),
    ...fixes.flatMap(({ title }) => hang("fix: ", shown(title), width, "  ").map(style.offer)),
  ];
}

interface Placed {
  readonly file: string;
  readonly range: Range;
  readonly rendered?: true;
}

/** As terminals and editors link it: lines and characters from one. */
function placeOf({ file, range, rendered }: Placed): string {
  if (rendered) return `${visible(file)} (line ${range.start.line + 1} as rendered)`;
  return `${visible(file)}:${range.start.line + 1}:${range.start.character + 1}`;
}

function shown(text: string): string {
  return visible(shortened(text, longest));
}
