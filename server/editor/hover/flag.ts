import type { Workspace } from "../../graph/workspace.ts";
import { outwardEnd } from "../../text/projection.ts";
import { wordPointedAt } from "../completion/command-line.ts";
import { flagNamed, wants } from "../completion/vllm-words.ts";
import type { Place } from "../schema/place.ts";
import type { InDocument } from "../schema/service.ts";
import { code } from "./markdown.ts";

/** What a flag on vLLM's command line does. */
export function flagAt(place: Place, workspace: Workspace): { texts: string[]; range: InDocument } | undefined {
  const found = wordPointedAt(place, workspace);
  const written = /^--?[\w-]+/.exec(found?.word.text ?? "")?.[0] ?? "";
  const flag = flagNamed(written);
  if (found === undefined || flag === undefined || found.at > written.length) return undefined;
  const { projection } = found.word;
  const about = flag.instead === undefined ? [flag.about] : [`Gone. Write ${code(flag.instead)}.`];
  return {
    texts: [`${code(flag.name)}: ${wants(flag)}`, ...about.filter((text) => text !== "")],
    range: { start: projection.outward(0), end: outwardEnd(projection, 0, written.length) },
  };
}
