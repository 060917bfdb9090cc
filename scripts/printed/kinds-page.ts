import type { Kind } from "../../server/kinds/kind.ts";
import type { Lifetime } from "../../server/schemas/compiled.ts";
import { titleOf } from "../../server/schemas/lifetimes.ts";

/** A schema, and whether it is generated rather than written by hand. */
export interface KnownSchema {
  readonly json: unknown;
  readonly generated: boolean;
}

/** The page of all kinds: what each is, how it is recognised, the schema it follows, and the versions this knows. */
export function kindsPage(kinds: readonly Kind[], read: (schema: string) => KnownSchema): string {
  const rows = kinds
    .filter(({ id }) => id !== "kubernetes-object")
    .map((kind) => {
      const schema = kind.schema === undefined ? undefined : read(kind.schema);
      return `| ${kind.title} | ${recognisedBy(kind)} | ${linkTo(kind, schema)} | ${versionsOf(schema?.json)} |`;
    })
    .sort();
  return `<!-- Printed by \`npm run generate\` from the kinds themselves. -->
# Kinds

What Headroom knows a document as. Everything else that has an apiVersion and a kind is known by its name alone, so that others
may refer to it. Schemas that say "generated" are made at build time from published type definitions, with our own words and
bounds laid over them.

The versions are those of the API that the schema describes, and behind them the versions of products between which its keys and
values come and go: with the version that runs in headroom.config.yaml, [schema/other-version](rules/schema/other-version.md)
says which of them do nothing. An object of another version of the API is recognised, but its keys are not checked.
An EndpointPickerConfig of \`inference.networking.x-k8s.io\` had eight forms under one apiVersion: it is checked where the router's
version is known, by the configuration or by the image that runs it.

| kind | recognised by | schema | versions |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}

function recognisedBy({ recognise }: Kind): string {
  if ("content" in recognise)
    return `keys such as \`${recognise.hints.slice(0, 3).join("`, `")}\`, and where it stands`;
  const group = recognise.group === "" ? "core" : recognise.group;
  return `\`${group}\` ${recognise.kind}${recognise.when === undefined ? "" : ", by its name or content"}`;
}

function linkTo({ schema }: Kind, known: KnownSchema | undefined): string {
  if (schema === undefined || known === undefined) return "";
  return known.generated ? `${schema} (generated)` : `[${schema}](../schemas/${schema}.schema.json)`;
}

function versionsOf(schema: unknown): string {
  const { properties = {} } = (schema ?? {}) as { properties?: Record<string, { const?: string; enum?: string[] }> };
  const { const: only, enum: several } = properties["apiVersion"] ?? {};
  const api = (several ?? (only === undefined ? [] : [only])).map((version) => version.replace(/^.*\//, ""));
  return [...api, ...rangesOf(lifetimesIn(schema))].join(", ");
}

/** `KEDA 2.14 to 2.20`: the first and the last version that a product's lifetimes speak of. */
function rangesOf(lifetimes: readonly Lifetime[]): string[] {
  const products = [...new Set(lifetimes.map(({ product }) => product))].sort();
  return products.map((product) => {
    const named = lifetimes.flatMap((one) =>
      one.product === product ? [one.since ?? [], one.until ?? []].flat() : [],
    );
    const [first, ...others] = [...new Set(named)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    const last = others.at(-1);
    return `${titleOf(product)} ${first}${last === undefined ? "" : ` to ${last}`}`;
  });
}

function lifetimesIn(node: unknown): Lifetime[] {
  if (node === null || typeof node !== "object") return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === "x-versions" ? [value as Lifetime | Lifetime[]].flat() : lifetimesIn(value),
  );
}
