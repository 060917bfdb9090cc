import { version } from "../../../package.json";
import type { Checked, CheckedFile } from "../lint/checked.ts";
import { framedLines } from "../report/frame.ts";
import { notCheckedIn } from "../report/trouble.ts";
import type { Part } from "./part.ts";

/** Of longer lines the merged report shows nothing. */
const longestLine = 20_000;

/** What `headroom merge` has to know of a part besides its findings. */
export function shardOf(checked: Checked, { index, count }: Part): object {
  const { files, ignored, problems, failures, fromRoot, used = [] } = checked;
  const told = files.filter(({ foreign, findings }) => foreign === undefined || findings.length > 0);
  return {
    headroom: version,
    index,
    count,
    files: told.map((file) => ({
      name: file.name,
      fromRoot: fromRoot(file.name),
      order: files.indexOf(file),
      documents: file.documents,
      foreign: file.foreign === true,
      lines: linesOf(file),
    })),
    used,
    ignored,
    problems,
    failures: notCheckedIn({ problems: [], failures }),
  };
}

/** The lines that findings stand in, by their numbers from zero. */
function linesOf({ lines, findings }: CheckedFile): Record<string, string> {
  const numbers = new Set(findings.flatMap(({ range }) => [range.start.line, ...framedLines(lines, range)]));
  const texts = [...numbers].map(
    (line) => [line, lines.text.slice(lines.lineStart(line), lines.lineEnd(line))] as const,
  );
  return Object.fromEntries(texts.filter(([, text]) => text.length <= longestLine));
}
