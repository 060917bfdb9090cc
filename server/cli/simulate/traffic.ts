import { resolve } from "node:path";
import type { AskedTraffic } from "../../forecast/question.ts";
import { formOf, type ReadTraffic, trafficFrom } from "../../forecast/traffic.ts";
import type { Found } from "../../scenario/found.ts";
import { limits } from "../../text/limits.ts";
import { readNamed } from "../capacity/catalogue.ts";

/** Bytes of a trace; the largest of the public ones have some hundred megabytes. */
const longestTrace = 512 * 1024 * 1024;

/** A preset by its name, a file of kind Traffic, or a trace. */
export function trafficFor(asked: AskedTraffic, cwd: string): Found<ReadTraffic> {
  const { name, rate } = asked;
  const form = formOf(name);
  if (typeof form === "object") return form;
  // A trace with a rate is refused before it is read: some are large.
  if (form === "preset" || (form === "trace" && rate !== undefined)) return trafficFrom(asked, "");
  const limit = form === "trace" ? longestTrace : limits.fileLength;
  const read = readNamed(resolve(cwd, name), name, limit);
  return "mistake" in read ? read : trafficFrom(asked, read.text);
}
