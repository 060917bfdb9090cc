import type { FromPage } from "../../messages.ts";
import type { Shown } from "../shown.ts";
import type { Timelines } from "../tabs/timelines.ts";
import { paletteOf } from "../theme.ts";
import { csvOf } from "./csv.ts";
import { markdownOf } from "./markdown.ts";
import { pngOf } from "./png.ts";

type Format = "png" | "csv" | "html" | "markdown";

/** What leaves the page: a data URL of a picture, text, or for a page that stands alone what it has to have embedded. */
export function exported(format: Format, { forecast, question }: Shown, charts: Timelines): string | undefined {
  const picture = forecast?.picture;
  if (forecast === undefined || picture === undefined) return undefined;
  switch (format) {
    case "csv":
      return csvOf(picture);
    case "markdown":
      return markdownOf(forecast);
    case "html":
      return JSON.stringify({ forecast, question });
    case "png":
      return pngOf(`${picture.model}, ${picture.traffic}`, picture.sentence, charts.drawn(), paletteOf(charts.node));
  }
}

/** Handed to the host, which asks where to; a page that stands alone saves or copies by itself. */
export function save(format: Format, shown: Shown, charts: Timelines, say: (message: FromPage) => void): void {
  const data = exported(format, shown, charts);
  if (data === undefined) return;
  if (!shown.isAlone) say({ type: "export", format, data });
  else if (format === "markdown") void navigator.clipboard?.writeText(data);
  else if (format !== "html")
    download(`headroom.${format}`, format === "png" ? data : `data:text/csv;charset=utf-8,${encodeURIComponent(data)}`);
}

function download(name: string, address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}
