import ignore, { type Ignore } from "ignore";
import { wayDown } from "./path-name.ts";

/** What the `.gitignore` files read so far say about everything below `root`. */
export interface IgnoreRules {
  readonly root: string;
  readonly ignoresCase: boolean;
  /** Absent while none was read. */
  readonly patterns?: Ignore;
}

export function noRules(root: string, ignoresCase = false): IgnoreRules {
  return { root, ignoresCase };
}

/**
 * The rules with those of one more `.gitignore`. All stand in one list, the deepest last, because git lets the last
 * match decide, and a deeper file take back for its directory what one above said.
 */
export function withGitignore(rules: IgnoreRules, directory: string, text: string): IgnoreRules {
  const way = wayDown(rules.root, directory) ?? "";
  const added = text.split("\n").map((line) => ({ pattern: fromRoot(way, line) }));
  const patterns = ignore({ ignoreCase: rules.ignoresCase })
    .add(rules.patterns ?? [])
    .add(added);
  return { ...rules, patterns };
}

export function ignores({ root, patterns }: IgnoreRules, path: string, is: "file" | "directory"): boolean {
  const way = patterns && wayDown(root, path);
  if (patterns === undefined || way === undefined || way === "") return false;
  return patterns.ignores(is === "directory" ? `${way}/` : way);
}

/**
 * A line of the `.gitignore` in a directory, as it would stand in the one at the root; "" for a line that says nothing.
 */
function fromRoot(way: string, line: string): string {
  if (line.startsWith("#")) return "";
  if (way === "") return line;
  const not = line.startsWith("!") ? "!" : "";
  const pattern = line.slice(not.length);
  const bare = withoutTrailingSpaces(pattern.replace(/\r$/, ""));
  if (bare === "" || bare === "/") return "";
  // A slash, unless at the end, binds a pattern to the directory of its file (gitignore, "pattern format").
  if (bare.slice(0, -1).includes("/")) return `${not}/${literally(way)}/${pattern.replace(/^\//, "")}`;
  return `${not}/${literally(way)}/**/${pattern}`;
}

function literally(way: string): string {
  return way.replace(/[\\*?[\]]/g, "\\$&");
}

function withoutTrailingSpaces(pattern: string): string {
  let end = pattern.length;
  while (pattern[end - 1] === " ") end--;
  return pattern.slice(0, end);
}
