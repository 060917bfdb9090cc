import type { Rule } from "../../server/rules/rule.ts";

const fixes = {
  safe: "Headroom mends it: `quick fix` in the editor.",
  suggestion: "Headroom suggests a fix in the editor; it waits for your decision.",
  none: "There is no automatic fix.",
};

/** The page of one rule. */
export function rulePage(rule: Rule): string {
  const { docs, examples } = rule;
  const refs = rule.refs.length === 0 ? "" : ` · expresses ${rule.refs.join(", ")}`;
  return `<!-- Printed by \`npm run generate\` from the rule itself. -->
# ${rule.id}

**${rule.title}** · ${rule.severity} · since ${rule.since}${refs}

${docs.summary}

## Why

${docs.why}

## Mend

${docs.mend}

${fixes[rule.fixable === false ? "none" : rule.fixable]}

## Wrong

\`\`\`yaml
${examples.bad.trimEnd()}
\`\`\`

## Right

\`\`\`yaml
${examples.good.trimEnd()}
\`\`\`

## Sources

${docs.sources.map((source) => `- ${source}`).join("\n")}
`;
}

/** All rules by subject. */
export function rulesIndex(rules: readonly Rule[]): string {
  const subjects = new Map<string, Rule[]>();
  for (const rule of rules) {
    const subject = rule.id.slice(0, rule.id.indexOf("/"));
    subjects.set(subject, [...(subjects.get(subject) ?? []), rule]);
  }
  const sections = [...subjects]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([subject, members]) => {
      const rows = members
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map(
          (rule) =>
            `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${rule.title} | ${rule.fixable === false ? "" : rule.fixable} |`,
        );
      return `## ${subject}\n\n| rule | severity | finds | fix |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`;
    });
  return `<!-- Printed by \`npm run generate\` from the rules themselves. -->\n# Rules\n\n${sections.join("\n")}`;
}

/** What was left out on purpose. */
export function notBuiltPage(reasons: Readonly<Record<string, string>>): string {
  const rows = Object.entries(reasons).map(([id, reason]) => `| ${id} | ${reason} |`);
  return `<!-- Printed by \`npm run generate\` from server/rules/not-built.ts. -->
# Not built

Checks that were considered and are no rule, each with the reason.

| check | why not |
| --- | --- |
${rows.map((row) => `${row}\n`).join("")}`;
}
