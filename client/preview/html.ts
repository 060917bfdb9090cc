/** What the page is made of, as addresses that its webview may load. */
export interface PageSources {
  /** New for each load. */
  readonly nonce: string;
  /** Where a webview may load from: `Webview.cspSource`. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  /** Loaded by the page when its topology is looked at. */
  readonly topology: string;
}

/** The empty page: its script does the rest. Nothing is loaded but our own files, and nothing inline runs without the nonce. */
export function pageHtml({ nonce, cspSource, script, style, topology }: PageSources): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(contentSecurity(nonce, cspSource))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Scaling Preview</title>
<link rel="stylesheet" href="${escaped(style)}" nonce="${escaped(nonce)}">
</head>
<body data-topology="${escaped(topology)}">
<div id="page"></div>
<script src="${escaped(script)}" nonce="${escaped(nonce)}"></script>
</body>
</html>
`;
}

export function contentSecurity(nonce: string, cspSource: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}' ${cspSource}`,
    `img-src ${cspSource} data: blob:`,
    "font-src 'none'",
    // The page loads the script of the topology's frame, which cannot load it itself.
    `connect-src ${cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
