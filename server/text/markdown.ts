/** The opening line of a fenced block, in a list or a quotation too (CommonMark 0.31, 4.5). */
const opening = /^([\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?[\s>]*)(`{3,}|~{3,})[ \t]*(\w*)/;

interface Fence {
  readonly mark: string;
  readonly isYaml: boolean;
  readonly isQuoted: boolean;
}

/**
 * The YAML in the fenced blocks of a Markdown text, with every character where it stands there: each block is a document
 * of its own, and blanks take the place of everything else.
 */
export function yamlInMarkdown(text: string): string {
  let fence: Fence | undefined;
  const lines = text.split("\n").map((line) => {
    if (fence !== undefined && closes(line, fence)) {
      const { isYaml } = fence;
      fence = undefined;
      return isYaml ? marker("...", line) : blank(line);
    }
    if (fence !== undefined) return fence.isYaml ? content(line, fence) : blank(line);
    fence = opened(line);
    return fence?.isYaml ? marker("---", line) : blank(line);
  });
  return lines.join("\n");
}

function opened(line: string): Fence | undefined {
  const [whole, prefix = "", mark = "", word = ""] = opening.exec(line) ?? [];
  // Behind backticks a backtick makes it code within a line.
  if (whole === undefined || (mark.startsWith("`") && line.slice(whole.length).includes("`"))) return undefined;
  return { mark, isYaml: /^ya?ml$/i.test(word), isQuoted: prefix.includes(">") };
}

function closes(line: string, { mark }: Fence): boolean {
  const bare = line.replace(/^[\s>]*/, "").trimEnd();
  return bare.length >= mark.length && bare === (mark[0] ?? "").repeat(bare.length);
}

/** A fence is at least as long as the marks of a document's beginning and end. */
function marker(mark: "---" | "...", line: string): string {
  return mark + blank(line.slice(mark.length));
}

function content(line: string, { isQuoted }: Fence): string {
  return isQuoted ? line.replace(/^\s*(?:>\s?)+/, blank) : line;
}

function blank(text: string): string {
  return text.replace(/[^\r]/g, " ");
}
