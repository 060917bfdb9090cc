import { docsOf, type Rule } from "../../rules/rule.ts";
import { nearest } from "../../text/spelling.ts";
import { styleOf } from "../terminal/style.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visible } from "../terminal/visible.ts";
import { wrap } from "../terminal/wrap.ts";
import { excerpt } from "./excerpt.ts";
import { listed } from "./words.ts";

const fixes = {
  safe: "Headroom mends it: quick fix in the editor.",
  suggestion: "Headroom suggests a fix in the editor; it waits for your decision.",
};

/** The page of a rule, as docs/rules has it. */
export function explained(rule: Rule, { colour, width }: Pick<Terminal, "colour" | "width">): string {
  const style = styleOf({ colour });
  const { docs, examples, refs } = rule;
  const expresses = refs.length === 0 ? "" : `, expresses ${refs.join(", ")}`;
  const said = (text: string) => wrap(text, width - 2).map((line) => `  ${line}`);
  const yaml = (text: string) => {
    const lines = text.trimEnd().split("\n");
    return lines.map((line) => `    ${excerpt(line, 0, 0, width - 4).text}`.trimEnd());
  };
  const section = (title: string, lines: readonly string[]) => ["", style.strong(title), ...lines];
  return [
    `${style.strong(rule.id)}  ${style[rule.severity](rule.severity)}${style.quiet(`, since ${rule.since}${expresses}`)}`,
    ...wrap(rule.title, width),
    "",
    ...said(docs.summary),
    ...section("Why", said(docs.why)),
    ...section("How to mend it", said(docs.mend)),
    ...(rule.fixable === false ? [] : said(fixes[rule.fixable]).map(style.offer)),
    ...section("Wrong", yaml(examples.bad)),
    ...section("Right", yaml(examples.good)),
    ...section(
      "Sources",
      docs.sources.map((source) => `  ${source}`),
    ),
    "",
    style.quiet(docsOf(rule.id)),
    "",
  ].join("\n");
}

/** What to say of an id that no rule has. */
export function unknownRule(id: string | undefined, rules: readonly Rule[]): string {
  if (id === undefined) return "Which rule? headroom explain RULE; headroom rules lists them.\n";
  const ids = rules.map((rule) => rule.id);
  const near = nearest(id, ids) ?? nearest(id, ids.map(nameOf));
  const meant = ids.filter((known) => known === near || nameOf(known) === near);
  const hint = meant.length === 0 ? "headroom rules lists them." : `Did you mean ${listed(meant, "or")}?`;
  return `There is no rule "${visible(id)}". ${hint}\n`;
}

function nameOf(id: string): string {
  return id.slice(id.indexOf("/") + 1);
}
