import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Forecast } from "../../editor/preview/messages.ts";
import type { Question } from "../../forecast/question.ts";
import type { Found } from "../../scenario/found.ts";
import { exists } from "../inputs/exists.ts";
import { readText } from "../inputs/read.ts";

/** What the page shows: all of it stands in the page. */
export interface Shown {
  readonly forecast: Forecast;
  readonly question: Question;
}

/** The page's own script and sheet, as the build leaves them. */
interface Bundle {
  readonly script: string;
  readonly style: string;
}

/** Bytes; far above what either is. */
const largest = 16 * 1024 * 1024;

/** Writes a page that needs nothing beside it. Absent: it is written. */
export async function writePage(
  file: string,
  shown: Shown,
  { cwd, dist }: { readonly cwd: string; readonly dist: string },
): Promise<{ readonly mistake: string } | undefined> {
  if (!/\.html?$/i.test(file)) return { mistake: `--html takes the name of an .html file, not "${file}".` };
  const bundle = await bundleIn(dist);
  if ("mistake" in bundle) return bundle;
  try {
    await writeFile(resolve(cwd, file), pageWith(shown, bundle));
    return undefined;
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    return { mistake: `${file}: It cannot be written (${code}).` };
  }
}

async function bundleIn(dist: string): Promise<Found<Bundle>> {
  const [script, style] = await Promise.all(["preview.js", "preview.css"].map((name) => textOf(join(dist, name))));
  if (script === undefined || style === undefined)
    return { mistake: `--html needs ${join(dist, "preview.js")} and preview.css, which npm run build makes.` };
  return { script, style };
}

async function textOf(path: string): Promise<string | undefined> {
  const read = (await exists(path)) ? await readText(path, largest) : undefined;
  return read !== undefined && "text" in read ? read.text : undefined;
}

/** Nothing is loaded, and nothing runs but the one script that stands here. */
export function pageWith(shown: Shown, bundle: Bundle): string {
  const script = bundle.script.replace(/<\/(?=script)/gi, "<\\/").replace(/<!--/g, "\\x3c!--");
  const style = bundle.style.replace(/<\/(?=style)/gi, "<\\/");
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const { picture } = shown.forecast;
  const title = picture === undefined ? "Headroom" : `${picture.model}: ${picture.traffic}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<div id="page"></div>
<script type="application/json" id="picture">${asJson(shown)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** Within a script element only `<` could end or open anything. */
function asJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
