import { severities } from "../../findings/finding.ts";
import { docsOf, type Rule } from "../../rules/rule.ts";
import { styleOf } from "../terminal/style.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { wrap } from "../terminal/wrap.ts";
import { printed } from "./json.ts";
import { counted } from "./words.ts";

export function rulesInJson(rules: readonly Rule[]): string {
  return printed({
    version: 1,
    rules: [...rules].sort(byId).map((rule) => ({
      id: rule.id,
      severity: rule.severity,
      title: rule.title,
      refs: rule.refs,
      subject: subjectOf(rule),
      fixable: rule.fixable,
      docs: docsOf(rule.id),
    })),
  });
}

const fixes: Readonly<Record<string, string>> = { safe: " [safe fix]", suggestion: " [fix]" };

const severityWidth = Math.max(...severities.map(({ length }) => length));

/** A table for each subject. */
export function rulesInText(rules: readonly Rule[], terminal: Pick<Terminal, "colour" | "width">): string {
  const style = styleOf(terminal);
  const idWidth = Math.max(...rules.map(({ id }) => id.length));
  const indent = 2 + idWidth + 2 + severityWidth + 2;
  const row = ({ id, severity, title, fixable }: Rule): string => {
    const told = wrap(`${title}${fixes[String(fixable)] ?? ""}`, terminal.width - indent);
    const label = `  ${id.padEnd(idWidth)}  ${style[severity](severity.padEnd(severityWidth))}  `;
    return label + told.join(`\n${" ".repeat(indent)}`);
  };
  const subjects = [...new Set(rules.map(subjectOf))].sort();
  const tables = subjects.map((subject) => {
    const members = rules.filter((rule) => subjectOf(rule) === subject).sort(byId);
    return `${style.strong(subject)}\n${members.map(row).join("\n")}\n`;
  });
  return `${tables.join("\n")}\n${counted(rules.length, "rule")}. headroom explain RULE says more of each.\n`;
}

function subjectOf({ id }: Rule): string {
  return id.slice(0, id.indexOf("/"));
}

function byId(a: Rule, b: Rule): number {
  return a.id < b.id ? -1 : 1;
}
