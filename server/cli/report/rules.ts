import { docsOf, type Rule } from "../../rules/rule.ts";
import { styleOf } from "../terminal/style.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { hang } from "../terminal/wrap.ts";
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

/** A table for each subject. */
export function rulesInText(rules: readonly Rule[], terminal: Pick<Terminal, "colour" | "width">): string {
  const style = styleOf(terminal);
  const idWidth = Math.max(...rules.map(({ id }) => id.length));
  const row = (rule: Rule): string => {
    const label = `${rule.id.padEnd(idWidth)}  ${rule.severity.padEnd(7)}  `;
    const [first = "", ...rest] = hang(
      label,
      `${rule.title}${fixes[String(rule.fixable)] ?? ""}`,
      terminal.width,
      "  ",
    );
    // Painted when laid out: codes of colour take no column.
    const text = first.slice(2 + label.length);
    return [`  ${rule.id.padEnd(idWidth)}  ${style[rule.severity](rule.severity.padEnd(7))}  ${text}`, ...rest].join(
      "\n",
    );
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
