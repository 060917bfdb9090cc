// A folder that is on no disk, as of a repository that is opened without being cloned.

export const name = "virtual";
export const folder = "test/vscode/workspace";
export const api = "test/vscode/api/virtual.ts";
