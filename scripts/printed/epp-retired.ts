import type { EppPlugins, Lifetime } from "./epp-data.ts";

/** The plugins that some routers had and the newest has not, for the server, which does not read the whole table. */
export function retiredPlugins({ retired, featureGates }: EppPlugins): string {
  const rows = retired.flatMap(({ type, versions }) => row(type, versions));
  const gates = featureGates.flatMap(({ name, versions }) => row(name, versions));
  return `// Printed by \`npm run generate\` from schemas/data/epp-plugins.json.

/** Types of plugins that are gone, with the routers that had them. */
export const retiredPlugins: ReadonlyMap<string, { readonly since?: string; readonly until?: string }> = new Map([
${rows.join("\n")}
]);

/** The same of feature gates. */
export const retiredGates: ReadonlyMap<string, { readonly since?: string; readonly until?: string }> = new Map([
${gates.join("\n")}
]);
`;
}

function row(name: string, versions: Lifetime | undefined): string[] {
  if (versions === undefined) return [];
  const life = Object.entries(versions).map(([end, version]) => `${end}: "${version}"`);
  return [`  ["${name}", { ${life.join(", ")} }],`];
}
