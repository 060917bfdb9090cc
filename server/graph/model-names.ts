import { isOpen, readServers, type VllmServer } from "../kinds/vllm/command-line.ts";
import { envOf } from "../kinds/workload/container.ts";
import type { PodTemplate } from "../kinds/workload/pod-template.ts";

/**
 * Every name of a model or an adapter that the pods of a template answer to. Absent where a server's words are not all
 * here, or where adapters may be loaded while it runs.
 */
export function modelNamesOf({ containers }: PodTemplate): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const container of containers) {
    const servers = readServers(container, undefined);
    if (servers.length > 0 && envOf(container, "VLLM_ALLOW_RUNTIME_LORA_UPDATING") !== undefined) return undefined;
    for (const server of servers) {
      const own = namesOf(server);
      if (own === undefined) return undefined;
      for (const name of own) names.add(name);
    }
  }
  return names.size === 0 ? undefined : names;
}

function namesOf({ command, arguments: given, model }: VllmServer): string[] | undefined {
  if (!command.complete || given.some(({ name, match }) => name === "--config" || match === "ambiguous"))
    return undefined;
  const served = given.findLast(({ name }) => name === "--served-model-name")?.values.map(({ text }) => text);
  const told = given.findLast(({ name }) => name === "--model")?.values[0]?.text ?? model?.text;
  const base = served ?? (told === undefined ? [] : [told]);
  const adapters = given
    .filter(({ name }) => name === "--lora-modules")
    .flatMap(({ values }) => values)
    .map(({ text }) => adapterName(text));
  const all = [...base, ...adapters];
  return base.length === 0 || all.some((name) => name === undefined || isOpen(name)) ? undefined : (all as string[]);
}

/** `name=path`, or JSON with a name. */
function adapterName(text: string): string | undefined {
  if (!text.startsWith("{")) return /^([^=]+)=/.exec(text)?.[1];
  try {
    const { name } = JSON.parse(text);
    return typeof name === "string" ? name : undefined;
  } catch {
    return undefined;
  }
}
