import { isWorkload } from "../../graph/scale-target.ts";
import { type ServerArgument, serverArguments } from "../../kinds/lmcache/server-command.ts";
import { templatesOf } from "../../rules/vllm/servers.ts";
import { spanOfWord } from "../../text/command-words.ts";
import type { Span } from "../../text/node.ts";
import type { Scope } from "../completion/candidate.ts";

/** A flag of `lmcache server`, or the value behind it: what it does, and its default. */
export function cacheServerFlagAt({ cursor }: Scope, offset: number): { texts: string[]; range: Span } | undefined {
  const { object } = cursor;
  if (!isWorkload(object) || !/(?:^|\.)(?:args|command)\[\]$/.test(cursor.path)) return undefined;
  const containers = templatesOf(object).flatMap(({ containers, initContainers }) => [
    ...containers,
    ...initContainers,
  ]);
  for (const argument of containers.flatMap(serverArguments)) {
    const range = spansOf(argument).find(({ doc, start, end }) => {
      return doc === object.doc && start <= offset && offset <= end;
    });
    const { flag } = argument;
    if (range === undefined || flag === undefined) continue;
    const byDefault = flag.default === undefined ? "" : ` Default: ${flag.default}.`;
    return { texts: [`\`${flag.name}\`: ${flag.about}${byDefault}`], range };
  }
  return undefined;
}

function spansOf({ word, name, value }: ServerArgument): Span[] {
  const own = spanOfWord(word, 0, name.length);
  return value === undefined ? [own] : [own, spanOfWord(value.word, value.start)];
}
