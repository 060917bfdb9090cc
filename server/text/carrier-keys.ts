/** Keys whose values may hold documents inside documents; `embedded.ts` decides. */
export const carrierKeys: ReadonlySet<string> = new Set(["data", "pluginsCustomConfig", "args", "command"]);
