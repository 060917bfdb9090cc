import type { Files } from "./lint.ts";

export interface Example {
  readonly files: Files;
  /** `path:line` (zero-based) of every line that ends in the mark `# <-`. */
  readonly marks: readonly string[];
}

const mark = /[ \t]*# <-[ \t]*$/;

/** Reads the YAML of a rule's example: `# file: path` begins another file, `# <-` marks a line with a finding. */
export function readExample(text: string): Example {
  const files: Record<string, string> = {};
  const marks: string[] = [];
  let path = "manifest.yaml";
  let lines: string[] = [];
  const close = () => {
    if (lines.some((line) => line.trim() !== "")) files[path] = lines.join("\n");
    lines = [];
  };
  for (const line of text.split("\n")) {
    const named = /^# file: (\S+)$/.exec(line);
    if (named !== null) {
      close();
      path = named[1] as string;
      continue;
    }
    if (mark.test(line)) marks.push(`${path}:${lines.length}`);
    lines.push(line.replace(mark, ""));
  }
  close();
  return { files, marks };
}
