import { existsSync } from "node:fs";
import { kinds } from "../../server/kinds/registry.ts";
import { notBuilt } from "../../server/rules/not-built.ts";
import { rules } from "../../server/rules/registry.ts";
import { apiHeads } from "./api-heads.ts";
import { configSchema } from "./config-schema.ts";
import type { EppPlugins } from "./epp-data.ts";
import { pluginTypes } from "./epp-plugin-types.ts";
import { retiredPlugins } from "./epp-retired.ts";
import { eppSchema } from "./epp-schema.ts";
import { kindsPage } from "./kinds-page.ts";
import { notBuiltPage, rulePage, rulesIndex } from "./rule-pages.ts";
import { snippetFiles } from "./snippets.ts";

/** Every printed file with its text. `read` gives the present text of files that are only partly printed. */
export function printedFiles(read: (file: string) => string): Map<string, string> {
  const files = new Map<string, string>();
  for (const rule of rules) files.set(`docs/rules/${rule.id}.md`, rulePage(rule));
  files.set("docs/rules/README.md", rulesIndex(rules));
  files.set("docs/rules/not-built.md", notBuiltPage(notBuilt));
  const readSchema = (schema: string) => {
    const file = `schemas/${schema}.schema.json`;
    const generated = !existsSync(file);
    return { json: JSON.parse(read(generated ? `.generated/${file}` : file)), generated };
  };
  files.set("docs/kinds.md", kindsPage(kinds, readSchema));
  files.set("server/kinds/api-heads.ts", apiHeads(kinds, readSchema));
  files.set("schemas/headroom-config.schema.json", configSchema(rules));
  const plugins: EppPlugins = JSON.parse(read("schemas/data/epp-plugins.json"));
  files.set("schemas/endpoint-picker-config.schema.json", eppSchema(plugins));
  files.set("server/kinds/epp/retired.ts", retiredPlugins(plugins));
  files.set("server/kinds/epp/plugin-types.ts", pluginTypes(plugins));
  for (const [file, text] of snippetFiles(read)) files.set(file, text);
  return files;
}
