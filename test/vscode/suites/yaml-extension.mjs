// Beside Red Hat's YAML extension: it answers for our schemas, and nothing is said twice.

import { installYamlExtension } from "../host/yaml-extension.mjs";

export const name = "yaml-extension";
export const folder = "test/vscode/workspace";
export const api = "test/vscode/api/yaml-extension.ts";
export const prepare = installYamlExtension;
