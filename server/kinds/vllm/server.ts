import type { CommandWord } from "../../text/command-words.ts";
import { at } from "../../text/read.ts";
import { remembered } from "../../text/remembered.ts";
import type { Container } from "../workload/container.ts";
import { baseName, linesOf } from "./words.ts";

/** A command that starts vLLM's server, as it stands in a container. */
export interface ServerCommand {
  /** What follows `vllm serve`. */
  readonly words: readonly CommandWord[];
  /** The words are items of `args` or `command`; otherwise a script has them. */
  readonly items: boolean;
  /** Nothing on the line is unread. */
  readonly complete: boolean;
}

/** The vLLM servers that a container starts: one as a rule, several where a script chooses. */
export const serverCommands = remembered((container: Container): readonly ServerCommand[] => {
  const { root, image } = container;
  const lines = linesOf(container);
  const started = lines.flatMap(({ words, items, complete }) => {
    const start = startOf(words.map(({ text }) => text));
    return start === undefined ? [] : [{ words: words.slice(start), items, complete }];
  });
  if (started.length > 0) return started;
  const [line] = lines;
  const bare = at(root, "command") === undefined && line?.items === true && line.words.length > 0;
  return bare && image !== undefined && startsServer(image.value) ? [line] : [];
});

/** The renderers of a container, `vllm launch render`: they tokenize, and load no model. They take the flags of a server. */
export const renderCommands = remembered((container: Container): readonly ServerCommand[] =>
  linesOf(container).flatMap(({ words, items, complete }) => {
    const texts = words.map(({ text }) => text);
    const start = texts.findIndex(
      (text, index) => baseName(text) === "vllm" && texts[index + 1] === "launch" && texts[index + 2] === "render",
    );
    return start < 0 ? [] : [{ words: words.slice(start + 3), items, complete }];
  }),
);

/** Words that print or look for others, and so start nothing. */
const quoting = new Set(["echo", "printf", "pgrep", "pkill"]);

/** Where the server's own words begin. */
function startOf(words: readonly string[]): number | undefined {
  if (quoting.has(baseName(words[0] ?? ""))) return undefined;
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    if (baseName(word) === "vllm" && next === "serve") return index + 2;
    if (word !== "-m") continue;
    if (next === "vllm.entrypoints.openai.api_server") return index + 2;
    if (next === "vllm.entrypoints.cli.main" && words[index + 2] === "serve") return index + 3;
  }
  return undefined;
}

/**
 * Images whose entry point is vLLM's server, so that `args` are all it takes. Simulators, routers and sidecars of the same
 * projects have names of their own: llm-d-inference-sim, llm-d-routing-sidecar, vllm-router.
 */
const serverImages = [
  /(?:^|\/)vllm-openai(?:-[a-z]+)?$/,
  /(?:^|\/)rhaiis\/vllm-[a-z]+-rhel\d$/,
  /(?:^|\/)rhoai\/odh-vllm-[a-z0-9-]+$/,
  /(?:^|\/)llm-d\/llm-d(?:-(?:cuda|aws|gke|rocm|xpu|hpu|cpu))?(?:-dev)?$/,
];

export function startsServer(image: string): boolean {
  const name = image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
  return serverImages.some((pattern) => pattern.test(name));
}
