import { isAbsolute } from "node:path";
import { formOf } from "../../forecast/traffic.ts";
import { joinPath } from "../../graph/paths.ts";
import type { Buffers } from "../buffers.ts";
import type { WorkspaceFiles } from "../disk.ts";
import { diskPath, diskUri, normalUri, uriBelow } from "../uris.ts";
import type { Files } from "./inquiry.ts";

/** The text of a traffic's file, and which one it is. */
export type TrafficText = { readonly uri?: string } & ({ readonly text: string } | { readonly mistake: string });

/** Bytes of a trace; the largest of the public ones have some hundred megabytes, which an editor should not hold. */
const longestTrace = 64 * 1024 * 1024;

/** By a URI, an absolute path or one below the folder. A preset has no text. */
export function trafficText(name: string, { base }: Files, buffers: Buffers, disk: WorkspaceFiles): TrafficText {
  const form = formOf(name);
  if (typeof form === "object") return form;
  if (form === "preset") return { text: "" };
  const uri = uriOf(name, base);
  const open = buffers.get(uri)?.getText();
  if (open !== undefined) return { uri, text: open };
  const path = diskPath(uri);
  const found = path === undefined ? undefined : disk.read(path, form === "trace" ? longestTrace : undefined);
  if (found === undefined) return { uri, mistake: `${name}: No such file or directory.` };
  return "reason" in found ? { uri, mistake: `${name}: ${found.reason}` } : { uri, text: found.text };
}

function uriOf(name: string, base: string): string {
  if (/^[a-z][a-z0-9+.-]+:/i.test(name)) return normalUri(name);
  return isAbsolute(name) ? diskUri(name) : uriBelow(base, joinPath("", name));
}
