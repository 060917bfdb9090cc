import type { Lines } from "../text/lines.ts";
import type { Finding } from "./finding.ts";

/** Characters of a line that count: enough to tell lines apart, and a file that is one line stays cheap. */
const mostText = 400;

/**
 * A name for each finding of a file that stays when lines move: from its rule, its file, the object it is about and
 * the line it begins in. Equal ones are told apart by their order.
 */
export function fingerprints(
  { file, lines, findings }: { readonly file: string; readonly lines: Lines; readonly findings: readonly Finding[] },
  hash: (text: string) => string,
): string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const traits = JSON.stringify([finding.rule, file, finding.object, textAround(finding, lines)]);
    const before = seen.get(traits) ?? 0;
    seen.set(traits, before + 1);
    return hash(before === 0 ? traits : `${traits} ${before}`);
  });
}

/** Without indentation and the width of gaps, so that a nested or aligned text is the same one. */
function textAround({ range: { start } }: Finding, lines: Lines): string {
  const from = Math.max(start.character - mostText / 2, 0);
  const offset = lines.lineStart(start.line) + from;
  const end = Math.min(lines.lineEnd(start.line), offset + mostText);
  return lines.text.slice(offset, end).replace(/\s+/g, " ").trim();
}
