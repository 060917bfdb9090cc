import type { EppPlugins } from "./epp-data.ts";

/** What each type of plugin is, for the server, which does not read the whole table. */
export function pluginTypes({ plugins }: EppPlugins): string {
  const rows = plugins.map(({ type, roles, stability, parameters, exactlyOneOf }) => {
    const needs =
      exactlyOneOf !== undefined || Object.values(parameters ?? {}).some(({ required }) => required === true);
    const marks = [
      `roles: [${roles.map((role) => `"${role}"`).join(", ")}]`,
      ...(stability === "alpha" ? ["experimental: true"] : []),
      ...(needs ? ["needsParameters: true"] : []),
    ];
    return `  ["${type}", { ${marks.join(", ")} }],`;
  });
  return `// Printed by \`npm run generate\` from schemas/data/epp-plugins.json.

/** What a type of plugin can be: of one kind or of several at once. */
export interface PluginType {
  readonly roles: readonly string[];
  /** Router 0.10 starts it only with \`--allow-experimental-plugins\`. */
  readonly experimental?: true;
  /** It does not start without parameters. */
  readonly needsParameters?: true;
}

/** The types that the newest known router has. */
export const pluginTypes: ReadonlyMap<string, PluginType> = new Map<string, PluginType>([
${rows.join("\n")}
]);
`;
}
