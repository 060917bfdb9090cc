// The same through VS Code's own interface: diagnostics with their codes, and a fix that another file receives.

export const name = "diagnostics";
export const folder = "examples/broken";
export const api = "test/vscode/api/diagnostics.ts";
