import { createHash } from "node:crypto";

/** What a page is made of that stands alone, as text. */
export interface StandaloneSources {
  readonly title: string;
  readonly script: string;
  readonly style: string;
  /** JSON of what is shown. */
  readonly embedded: string;
}

/** A run as one file: it loads nothing, and runs no script but its own. */
export function standalonePage({ title, script, style, embedded }: StandaloneSources): string {
  // An end tag inside a script would end it; so written, it says the same in every string.
  const run = script.replaceAll("</script", "<\\/script");
  const policy = [
    "default-src 'none'",
    `script-src ${hashed(run)}`,
    `style-src ${hashed(style)}`,
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</title>
<style>${style}</style>
</head>
<body>
<div id="page"></div>
<script type="application/json" id="picture">${embedded.replaceAll("<", "\\u003c")}</script>
<script>${run}</script>
</body>
</html>
`;
}

function hashed(text: string): string {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}
