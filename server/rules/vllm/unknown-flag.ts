import type { VllmArgument } from "../../kinds/vllm/command-line.ts";
import { vllmFlags } from "../../kinds/vllm/flags.ts";
import { newestKnown, presenceIn } from "../../kinds/vllm/life.ts";
import type { Version } from "../../kinds/vllm/version.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { serversIn, servingCharts } from "./chart-servers.ts";
import { fixOf, mendFlag, mendText, renameFlag, rewrite } from "./mend.ts";
import { argumentsOf, isReleasedVllm, versionText } from "./servers.ts";

const example = (flag: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          args:
            - meta-llama/Llama-3.1-8B-Instruct
            - ${flag}
            - --port=8000
`;

export const unknownFlag = defineRule({
  id: "vllm/unknown-flag",
  title: "Flag that vLLM does not have",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VLM-13", "VLM-14", "S4"],
  docs: {
    summary:
      "A container starts vLLM with a flag that no version of it has, with an abbreviation of several flags, or with a flag and its value in one word.",
    why: "vLLM reads its command line with argparse, which prints the usage and exits on the first word it does not know. The container then restarts for ever (CrashLoopBackOff), and a rollout stops at its first pod. Flags of other engines (--enable-chunked-context of TensorRT-LLM) and flags that sound right (--enable-prometheus, --metrics-port) come from guides.",
    mend: "Write the flag that is named. Metrics need none: vLLM serves them at /metrics of its API port. A list item is one word: write `--flag=value`, or flag and value as two items.",
    sources: [
      "https://docs.vllm.ai/en/latest/cli/serve/",
      "https://github.com/vllm-project/vllm/blob/main/vllm/engine/arg_utils.py",
      "https://github.com/vllm-project/vllm/blob/main/vllm/entrypoints/openai/cli_args.py",
    ],
  },
  examples: {
    bad: example("--enable-chunked-context # <-"),
    good: example("--enable-chunked-prefill"),
  },
  messages: {
    other: "{object}: vLLM has no {flag}: argument parsing fails and the server never starts. {mend}",
    near: "{object}: vLLM has no {flag}: argument parsing fails and the server never starts. Did you mean {guess}?",
    listed: "{object}: vLLM {version} has no {flag}: argument parsing fails and the server never starts.",
    newest:
      "{object}: no vLLM up to {newest} has {flag}. Unless a later one has it, argument parsing fails and the server never starts.{hint}",
    ambiguous:
      "{object}: {flag} may be short for {candidates}: argument parsing fails and the server never starts. Write the whole name.",
    joined:
      '{object}: "{word}" is one word for vLLM, and no flag has a space in its name: argument parsing fails and the server never starts. Write {flag}= and the value, or two words.',
  },
  reads: [deployment, statefulSet, leaderWorkerSet, ...servingCharts],
  check({ object, settings, report }) {
    for (const serving of serversIn(object, settings)) {
      const { container, title, version, release } = serving;
      for (const { server, argument } of argumentsOf(serving)) {
        if (!server.command.complete) continue;
        const at = spanOfWord(argument.word, 0, argument.length);
        const flag = argument.word.text.slice(0, argument.length);
        const slots = { object: title, flag };
        if (argument.match === "joined") {
          const word = argument.word.text.trim();
          report({ at, message: "joined", slots: { object: title, word, flag }, fixes: joinedFix(argument) });
        }
        if (argument.match !== "unknown" && argument.match !== "ambiguous") continue;
        const instead = vllmFlags().foreign.get(argument.name);
        const guess = guessFor(argument, version);
        const certain = release === "listed" || guess === guessFor(argument, version, 1);
        if (instead !== undefined) {
          const fixes = mendFlag(container, argument, instead);
          report({ at, message: "other", slots: { ...slots, mend: mendText(instead) }, fixes });
        } else if (guess !== undefined && certain) {
          const severity = release === "newer" ? "warning" : "error";
          report({ at, message: "near", slots: { ...slots, guess }, severity, fixes: renameFlag(argument, guess) });
        } else if (argument.match === "ambiguous") {
          report({ at, message: "ambiguous", slots: { ...slots, candidates: oneOf(argument.candidates) } });
        } else if (isReleasedVllm(serving) && release === "listed") {
          report({ at, message: "listed", slots: { ...slots, version: versionText(version) } });
        } else if (isReleasedVllm(serving) && release !== "newer") {
          const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
          const newest = versionText(newestKnown);
          const fixes = guess === undefined ? [] : renameFlag(argument, guess);
          report({ at, message: "newest", slots: { ...slots, newest, hint }, severity: "warning", fixes });
        }
      }
    }
  },
});

/**
 * The flag that was meant, of those that the version has, with so many slips at most. An abbreviation of several is
 * misspelt only in its dashes.
 */
function guessFor(
  { name, match }: VllmArgument,
  version: Version | undefined,
  slips = name.length > 14 ? 3 : undefined,
): string | undefined {
  const present = [...vllmFlags().spellings].flatMap(([spelling, { flag }]) => {
    const gone = version === undefined ? flag.life.last !== undefined : presenceIn(flag.life, version) === "gone";
    return gone ? [] : [spelling];
  });
  return nearest(name, present, match === "ambiguous" ? 0 : slips);
}

function oneOf(names: readonly string[]): string {
  const shown = names.slice(0, 4);
  return names.length > shown.length
    ? `${shown.join(", ")} and others`
    : `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}

/** One plain value moves behind `=`; quotes in it would become part of it. */
function joinedFix({ word, length, name, values: [value] }: VllmArgument) {
  if (value === undefined || !/^[^\s"'\\]+\s*$/.test(value.text)) return [];
  const text = `${name}=${value.text.trim()}`;
  return length === 0 ? [] : fixOf(`Write ${text}`, false, rewrite(word, 0, word.text.length, text));
}
