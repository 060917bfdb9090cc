// Without Red Hat's YAML extension we do everything; when it is installed later, it takes its part at once.

import { packYamlExtension } from "../host/yaml-extension.mjs";

export const name = "yaml-extension-later";
export const folder = "test/vscode/workspace";
export const api = "test/vscode/api/yaml-extension-later.ts";
export const prepare = packYamlExtension;
