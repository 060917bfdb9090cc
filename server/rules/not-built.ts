/** Checks of the reference that no rule expresses, each with the reason. Printed to docs/rules/not-built.md. */
export const notBuilt: Readonly<Record<string, string>> = {};
