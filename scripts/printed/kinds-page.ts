import type { Kind } from "../../server/kinds/kind.ts";

/** The page of all kinds: what each is, how it is recognised, and the schema it follows. */
export function kindsPage(kinds: readonly Kind[], handMade: (schema: string) => boolean): string {
  const rows = kinds
    .filter(({ id }) => id !== "kubernetes-object")
    .map((kind) => `| ${kind.title} | ${recognisedBy(kind)} | ${schemaOf(kind, handMade)} |`)
    .sort();
  return `<!-- Printed by \`npm run generate\` from the kinds themselves. -->
# Kinds

What Headroom knows a document as. Everything else that has an apiVersion and a kind is known by its name alone, so that others
may refer to it. Schemas that say "generated" are made at build time from published type definitions, with our own words and
bounds laid over them.

| kind | recognised by | schema |
| --- | --- | --- |
${rows.join("\n")}
`;
}

function recognisedBy({ recognise }: Kind): string {
  if ("content" in recognise)
    return `keys such as \`${recognise.hints.slice(0, 3).join("`, `")}\`, and where it stands`;
  const group = recognise.group === "" ? "core" : recognise.group;
  return `\`${group}\` ${recognise.kind}${recognise.when === undefined ? "" : ", by its name or content"}`;
}

function schemaOf({ schema }: Kind, handMade: (schema: string) => boolean): string {
  if (schema === undefined) return "";
  return handMade(schema) ? `[${schema}](../schemas/${schema}.schema.json)` : `${schema} (generated)`;
}
