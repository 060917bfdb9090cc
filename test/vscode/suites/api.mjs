// What the extension looks like to another extension.

export const name = "api";
export const folder = "test/vscode/workspace";
export const api = "test/vscode/api/suite.ts";
