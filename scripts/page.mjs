// How the preview's page is bundled: one script and one sheet, for a webview and for a file that somebody saved.

/** Chromium of VS Code 1.91, and browsers of its time. */
export const page = {
  bundle: true,
  entryPoints: { preview: "client/preview/page/main.ts" },
  outdir: "dist",
  platform: "browser",
  format: "iife",
  target: "chrome122",
  minify: true,
  metafile: true,
  legalComments: "inline",
  logLevel: "warning",
};
