import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { exists } from "../../disk/exists.ts";
import { readText } from "../../disk/read.ts";
import type { Forecast } from "../../editor/preview/messages.ts";
import type { Question } from "../../forecast/question.ts";
import { standalonePage } from "../../forecast/standalone-page.ts";
import type { Found } from "../../scenario/found.ts";

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
  const bundle = bundleIn(dist);
  if ("mistake" in bundle) return bundle;
  try {
    await writeFile(resolve(cwd, file), pageWith(shown, bundle));
    return undefined;
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    return { mistake: `${file}: It cannot be written (${code}).` };
  }
}

function bundleIn(dist: string): Found<Bundle> {
  const [script, style] = ["preview.js", "preview.css"].map((name) => textOf(join(dist, name)));
  if (script === undefined || style === undefined)
    return { mistake: `--html needs ${join(dist, "preview.js")} and preview.css, which npm run build makes.` };
  return { script, style };
}

function textOf(path: string): string | undefined {
  const read = exists(path) ? readText(path, largest) : undefined;
  return read !== undefined && "text" in read ? read.text : undefined;
}

export function pageWith(shown: Shown, bundle: Bundle): string {
  const { picture } = shown.forecast;
  const title = picture === undefined ? "Headroom" : `${picture.model}: ${picture.traffic}`;
  return standalonePage({ title, ...bundle, shown }, (text) => createHash("sha256").update(text).digest("base64"));
}
