import type { Finding } from "../../server/findings/finding.ts";
import type { Files } from "./lint.ts";

/** What a comment at the end of a line says is wrong on that line. */
export interface Mark {
  readonly file: string;
  /** Zero-based, as positions are. */
  readonly line: number;
  readonly rule: string;
  /** Words that the message must hold. */
  readonly part: string;
  /** Only where the other files of the stack are there too. */
  readonly together: boolean;
}

const comment = /# want(?<together>-together)?(?<wants>(?: [a-z]+\/[\w-]+ "[^"]*")+)\s*$/;

/** Reads `# want rule/id "part of the message"`, and `# want-together …` for what several files show. */
export function marksIn(files: Files): Mark[] {
  return Object.entries(files).flatMap(([file, text]) =>
    text.split("\n").flatMap((content, line) => {
      const found = comment.exec(content)?.groups;
      if (found === undefined && content.includes("# want")) throw new Error(`${file}:${line + 1}: no mark is so`);
      const wants = found?.["wants"]?.matchAll(/([a-z]+\/[\w-]+) "([^"]*)"/g) ?? [];
      const together = found?.["together"] !== undefined;
      return [...wants].map(([, rule = "", part = ""]) => ({ file, line, rule, part, together }));
    }),
  );
}

/** What was found but not wanted, and what was wanted but not found; empty when they agree. */
export function differences(found: readonly Finding[], marks: readonly Mark[]): string[] {
  const left = [...marks];
  const unwanted = found.flatMap((finding) => {
    const index = left.findIndex((mark) => isMeant(mark, finding));
    if (index >= 0) left.splice(index, 1);
    return index >= 0
      ? []
      : [`found  ${place(finding.file, finding.range.start.line)} ${finding.rule}: ${finding.message}`];
  });
  return [...unwanted, ...left.map(({ file, line, rule, part }) => `wanted ${place(file, line)} ${rule} "${part}"`)];
}

function isMeant({ file, line, rule, part }: Mark, finding: Finding): boolean {
  return (
    finding.file === file &&
    finding.range.start.line === line &&
    finding.rule === rule &&
    finding.message.includes(part)
  );
}

function place(file: string, line: number): string {
  return `${file}:${line + 1}`;
}
