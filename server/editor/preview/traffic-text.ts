import { isAbsolute } from "node:path";
import { formOf } from "../../forecast/traffic.ts";
import { joinPath } from "../../graph/paths.ts";
import type { Found } from "../../scenario/found.ts";
import type { WorkspaceFiles } from "../disk.ts";
import { diskPath, uriBelow } from "../uris.ts";
import type { Files } from "./inquiry.ts";

/** The text of the file that a traffic is called by: a URI, an absolute path or one below the folder. Empty: a preset. */
export async function trafficText(
  name: string,
  { base }: Files,
  disk: WorkspaceFiles,
): Promise<Found<{ readonly text: string }>> {
  const form = formOf(name);
  if (typeof form === "object") return form;
  if (form === "preset") return { text: "" };
  const path = pathOf(name, base);
  const found = path === undefined ? undefined : await disk.read(path);
  if (found === undefined) return { mistake: `${name}: No such file or directory.` };
  return "reason" in found ? { mistake: `${name}: ${found.reason}` } : found;
}

function pathOf(name: string, base: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]+:/i.test(name)) return diskPath(name);
  return isAbsolute(name) ? name : diskPath(uriBelow(base, joinPath("", name)));
}
