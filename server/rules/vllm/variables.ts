import type { RawFix } from "../../findings/raw-finding.ts";
import { vllmFlags } from "../../kinds/vllm/flags.ts";
import { argumentFor, vllmVariables } from "../../kinds/vllm/variables.ts";
import type { EnvVariable } from "../../kinds/workload/container.ts";
import { setScalar } from "../../text/edits.ts";
import { at, itemsAt, resolve, scalarAt } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { appendWord, fixOf, removeVariable } from "./mend.ts";
import type { ServingContainer } from "./servers.ts";

/** Platforms' plugins, and what images say of their own build. */
const ofPlugin = /^VLLM_(?:ASCEND|HPU|GAUDI|SPYRE|NEURON|OMNI|RBLN|METAL|TT|FL|MUSA|KUNLUN|MLU|BUILD|IMAGE|ENV|XFT)_/;

/** Whether somebody else reads the variable: a plugin, or a script or another variable that names it. */
export function isOfOthers({ container: { root, env } }: ServingContainer, name: string): boolean {
  if (ofPlugin.test(name)) return true;
  const uses = new RegExp(`\\$[({]?${name}\\b`);
  const items = [...itemsAt(root, "command"), ...itemsAt(root, "args"), ...env.map(({ node }) => at(node, "value"))];
  return items.some((item) => {
    const node = resolve(item);
    return node?.type === "scalar" && uses.test(node.text);
  });
}

/** The variable or the flag that was meant. */
export function guessFor(name: string): string | undefined {
  const known = [...vllmVariables().variables.keys()].filter((other) => other.startsWith("VLLM_"));
  const guess = nearest(
    name.slice("VLLM_".length),
    known.map((other) => other.slice("VLLM_".length)),
  );
  if (guess !== undefined) return `VLLM_${guess}`;
  const flags = [...vllmFlags().flags.values()].filter(
    ({ life, name: flag }) => life.last === undefined && flag.length > 8,
  );
  return nearest(
    name.slice("VLLM_".length),
    flags.map((flag) => flag.name),
  );
}

/** Another variable in its place, an argument with its value, or nothing. */
export function replaceBy(
  { container, servers }: ServingContainer,
  { node, value }: EnvVariable,
  instead: string,
): RawFix[] {
  const removal = removeVariable(container, node);
  if (/^nothing\b/.test(instead)) return fixOf("Delete it", false, removal);
  const name = scalarAt(node, "name");
  if (/^[A-Z][A-Z0-9_]+$/.test(instead)) {
    return name === undefined ? [] : fixOf(`Write ${instead}`, false, setScalar(name, instead));
  }
  const [server, another] = servers;
  const argument = /^--[\w-]+$/.test(instead) && value !== undefined ? argumentFor(instead, value.value) : undefined;
  if (argument === undefined || server === undefined || another !== undefined) return [];
  const present = server.arguments.some(({ name: flag }) => flag === instead);
  if (present) return fixOf(`Delete it: ${instead} is there`, false, removal);
  return fixOf(`Write ${argument} in its place`, false, appendWord(container, server, argument), removal);
}
