import type { RawFix } from "../../findings/raw-finding.ts";
import type { VllmArgument } from "../../kinds/vllm/command-line.ts";
import type { Flag } from "../../kinds/vllm/flag.ts";
import { compareVersions } from "../../kinds/vllm/version.ts";
import type { Container } from "../../kinds/workload/container.ts";
import { fixOf, removeWord, rewrite } from "./mend.ts";
import type { ServingContainer } from "./servers.ts";

/** Up to 0.8 these read `true` and `false` from the next word. */
const oldSwitches = new Set([
  "--enable-chunked-prefill",
  "--multi-step-stream-outputs",
  "--disable-logprobs-during-spec-decoding",
]);

export function tookValues({ name }: Flag, { version, release }: ServingContainer): boolean {
  if (!oldSwitches.has(name)) return false;
  return version === undefined ? release !== "latest" : compareVersions(version, [0, 9]) < 0;
}

/** The spelling of what was meant by a switch with a value. */
export function switchedBy({ name, flag }: VllmArgument, value: string): string | undefined {
  if (/^(?:true|yes|on|1)$/i.test(value)) return name;
  if (!/^(?:false|no|off|0)$/i.test(value) || flag?.type.is !== "bool") return undefined;
  const opposite = flag.name.replace("--", "--no-");
  return name === opposite ? flag.name : opposite;
}

export function switchFix(container: Container, argument: VllmArgument, right: string | undefined): RawFix[] {
  if (right === undefined) return [];
  const { word, inline, stray, length } = argument;
  if (inline) return fixOf(`Write ${right}`, false, rewrite(word, 0, word.text.length, right));
  if (stray === undefined) return [];
  const renamed = right === argument.name ? [] : [rewrite(word, 0, length, right)];
  return fixOf(`Write ${right}`, false, ...renamed, removeWord(container, stray.word));
}
