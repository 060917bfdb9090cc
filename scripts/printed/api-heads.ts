import type { Kind } from "../../server/kinds/kind.ts";
import type { KnownSchema } from "./kinds-page.ts";

interface ApiSchema {
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, { readonly const?: string; readonly enum?: readonly string[] }>>;
}

interface Row {
  readonly versions: readonly string[];
  readonly spec: boolean;
  readonly about: string;
  readonly lists?: string;
}

/** Kinds that share a schema, and are mostly about a list. */
const ofOneSchema: readonly (readonly [string, Row])[] = [
  [
    "Kustomization",
    {
      versions: ["kustomize.config.k8s.io/v1beta1"],
      spec: false,
      about: "Manifests that kustomize puts together, and how it changes them. The file is called kustomization.yaml.",
      lists: "resources",
    },
  ],
  [
    "Component",
    {
      versions: ["kustomize.config.k8s.io/v1alpha1"],
      spec: false,
      about: "Changes that several kustomizations take in by `components`. The file is called kustomization.yaml.",
      lists: "patches",
    },
  ],
];

/** What objects of each kind write at their head, as their schemas say it. */
export function apiHeads(kinds: readonly Kind[], read: (schema: string) => KnownSchema): string {
  const rows = new Map<string, Row>(ofOneSchema);
  const said = new Set(rows.keys());
  for (const { recognise, schema } of kinds) {
    if (!("group" in recognise) || recognise.when !== undefined || schema === undefined || said.has(recognise.kind))
      continue;
    const { description = "", required = [], properties = {} } = read(schema).json as ApiSchema;
    const { const: only, enum: several = only === undefined ? [] : [only] } = properties["apiVersion"] ?? {};
    const known = rows.get(recognise.kind) ?? { versions: [], spec: required.includes("spec"), about: description };
    rows.set(recognise.kind, { ...known, versions: [...new Set([...known.versions, ...several])] });
  }
  const printed = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, row]) => `  ${JSON.stringify({ kind, ...row }).replace(/([{,])"(\w+)":/g, "$1 $2: ")},\n`);
  return `// Printed by \`npm run generate\` from the schemas of the kinds.

/** What an object of a kind writes at its head. */
export interface ApiHead {
  readonly kind: string;
  /** The one to write first. */
  readonly versions: readonly string[];
  /** Whether it wants a \`spec\`. */
  readonly spec: boolean;
  /** The list that it is mostly about, for what has no name of its own. */
  readonly lists?: string;
  readonly about: string;
}

export const apiHeads: readonly ApiHead[] = [
${printed.join("")}];
`;
}
