import type { StackObject } from "../kinds/stack-object.ts";
import { isOpen, readServers, type VllmServer } from "../kinds/vllm/command-line.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import type { CommandWord } from "../text/command-words.ts";

/** The name by which a workload's vLLM serves its model: `model_name` on its metrics. */
export interface ServedName {
  readonly text: string;
  readonly word: CommandWord;
  /** What says it, for messages. */
  readonly by: "--served-model-name" | "--model" | "vllm serve";
}

/** Absent where no server says it, where it is filled in later, or where two servers differ. */
export function servedNameOf({ view }: StackObject<Workload>): ServedName | undefined {
  const servers = (view.template?.containers ?? []).flatMap((container) => readServers(container, undefined));
  const names = servers.map(nameOf);
  const [first] = names;
  return names.every((name) => name !== undefined && name.text === first?.text) ? first : undefined;
}

function nameOf({ command, arguments: given, model }: VllmServer): ServedName | undefined {
  // A file of flags, or words that could not be read, may say another name.
  const hidden = given.some(({ name, match }) => name === "--config" || match === "ambiguous");
  if (!command.complete || hidden) return undefined;
  for (const by of ["--served-model-name", "--model"] as const) {
    const flag = given.findLast(({ name }) => name === by);
    // Of several names the first stands on the metrics.
    if (flag !== undefined) return told(flag.values[0], by);
  }
  return model === undefined ? undefined : told({ text: model.text, word: model }, "vllm serve");
}

function told(value: { text: string; word: CommandWord } | undefined, by: ServedName["by"]): ServedName | undefined {
  return value === undefined || value.text === "" || isOpen(value.text) ? undefined : { ...value, by };
}
