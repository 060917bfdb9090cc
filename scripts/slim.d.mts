import type { Plugin } from "esbuild";

export const slimYamlService: Plugin;
export const largest: Readonly<Record<string, number>>;
