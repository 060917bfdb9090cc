/** What a page is made of that stands alone, as text. */
export interface StandaloneSources {
  readonly title: string;
  /** The page's own script and sheet, as the build leaves them. */
  readonly script: string;
  readonly style: string;
  /** What is shown: a forecast and its question. */
  readonly shown: object;
}

/** A run as one file: nothing is loaded, and nothing runs but the one script that stands here. `sha256` digests to base64. */
export function standalonePage(sources: StandaloneSources, sha256: (text: string) => string): string {
  // An end tag would end the element; so written, it says the same to the script and the sheet.
  const script = sources.script.replace(/<\/(?=script)/gi, "<\\/").replace(/<!--/g, "\\x3c!--");
  const style = sources.style.replace(/<\/(?=style)/gi, "<\\/");
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha256(script)}'`,
    `style-src 'sha256-${sha256(style)}'`,
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
<title>${escaped(sources.title)}</title>
<style>${style}</style>
</head>
<body>
<div id="page"></div>
<script type="application/json" id="picture">${asJson(sources.shown)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Within a script element only `<` could end or open anything. */
function asJson(value: object): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
