// How the frame of the preview's topology is bundled: mermaid comes with it, and is loaded only when somebody looks.
import { flowchartOnly } from "./flowchart-only.mjs";

/** Chromium of VS Code 1.91, and browsers of its time. */
export const topology = {
  bundle: true,
  entryPoints: { topology: "client/preview/topology/main.ts" },
  outdir: "dist",
  platform: "browser",
  format: "iife",
  target: "chrome122",
  minify: true,
  metafile: true,
  legalComments: "linked",
  logLevel: "warning",
  plugins: [flowchartOnly],
};
