import type { StackObject } from "../kinds/stack-object.ts";
import type { Topology, TopologyNode } from "./topology.ts";

/** What was found wrong about an object. */
export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
}

/** Longer names stand in the file. */
const longest = 60;

/** Shapes of mermaid's nodes, by what an object is. */
const shapes: Partial<Record<TopologyNode["role"], readonly [string, string]>> = {
  gateway: ["([", "])"],
  pool: ["[[", "]]"],
  autoscaler: ["{{", "}}"],
  variant: ["{{", "}}"],
  configuration: ["[/", "/]"],
  thresholds: ["[/", "/]"],
};

/** A topology in mermaid's language (https://mermaid.js.org/syntax/flowchart.html). */
export function mermaidText({ nodes, edges }: Topology, countsOf: (object: StackObject) => FindingCounts): string {
  const told = nodes.map((node) => ({ node, counts: countsOf(node.object) }));
  const withClass = (name: string, ids: readonly string[]) =>
    ids.length === 0 ? [] : [`  class ${ids.join(",")} ${name}`];
  const wrong = told.filter(({ counts }) => counts.errors > 0).map(({ node }) => node.id);
  const doubtful = told.filter(({ counts }) => counts.errors === 0 && counts.warnings > 0).map(({ node }) => node.id);
  const lines = [
    "flowchart LR",
    ...told.map(({ node, counts }) => `  ${nodeText(node, counts)}`),
    ...edges.map(({ from, to, label }) => `  ${from} -->|${escaped(label)}| ${to}`),
    ...(wrong.length > 0 ? ["  classDef wrong stroke:#d13438,stroke-width:3px"] : []),
    ...(doubtful.length > 0 ? ["  classDef doubtful stroke:#bf8803,stroke-width:3px"] : []),
    ...withClass("wrong", wrong),
    ...withClass("doubtful", doubtful),
  ];
  return `${lines.join("\n")}\n`;
}

function nodeText({ id, role, kind, name }: TopologyNode, counts: FindingCounts): string {
  const [open, close] = shapes[role] ?? ["[", "]"];
  const findings = findingsText(counts);
  const lines = [kind, name, ...(findings === undefined ? [] : [findings])];
  return `${id}${open}"${lines.map(escaped).join("<br/>")}"${close}`;
}

function findingsText({ errors, warnings }: FindingCounts): string | undefined {
  const said = [
    ...(errors > 0 ? [`${errors} ${errors === 1 ? "error" : "errors"}`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? "warning" : "warnings"}`] : []),
  ];
  return said.length === 0 ? undefined : said.join(", ");
}

/** Letters and digits of all scripts, and what means nothing to mermaid inside quotes. */
const plain = /[\p{L}\p{N} _.,/:()-]/u;

/** Text that is nothing but text: everything else goes by its number, as mermaid has it (`#35;`). */
export function escaped(text: string): string {
  const cut = [...text].length > longest ? `${[...text].slice(0, longest - 1).join("")}…` : text;
  return [...cut]
    .map((char) => {
      if (plain.test(char)) return char;
      const code = char.codePointAt(0) ?? 0;
      // Controls, halves of pairs and what turns the direction of text have no place in a picture.
      return code < 32 || /[\p{C}\p{Zl}\p{Zp}]/u.test(char) ? " " : `#${code};`;
    })
    .join("");
}
