import type { RawFix } from "../../findings/raw-finding.ts";
import { vllmFlags } from "../../kinds/vllm/flags.ts";
import { newestKnown } from "../../kinds/vllm/life.ts";
import { argumentFor, flagOfVariable, vllmVariables } from "../../kinds/vllm/variables.ts";
import { compareVersions } from "../../kinds/vllm/version.ts";
import type { EnvVariable } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import { at, itemsAt, resolve, scalarAt } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { appendWord, fixOf, mendText, removeVariable } from "./mend.ts";
import { argumentsOf, isReleasedVllm, type ServingContainer, servingContainers, versionText } from "./servers.ts";

const example = (args: string, env: string) => `apiVersion: apps/v1
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
${args}          env:
${env}            - name: VLLM_LOGGING_LEVEL
              value: INFO
`;

export const unknownVariable = defineRule({
  id: "vllm/unknown-variable",
  title: "Environment variable that vLLM does not read",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["VLM-13", "S2", "S3"],
  docs: {
    summary:
      "A container that runs vLLM sets a `VLLM_…` variable that vLLM does not know, or no longer knows. An error where --fail-on-environ-validation makes vLLM refuse it.",
    why: 'vLLM logs "Unknown vLLM environment variable detected" and goes on without it, so the setting has no effect and nobody notices. Most settings are arguments: VLLM_GPU_MEMORY_UTILIZATION, VLLM_MAX_NUM_SEQS and VLLM_ENABLE_PREFIX_CACHING never existed.',
    mend: "Write the argument or the variable that is named, and delete this one.",
    sources: [
      "https://docs.vllm.ai/en/latest/configuration/env_vars/",
      "https://github.com/vllm-project/vllm/blob/main/vllm/envs.py",
    ],
  },
  examples: {
    bad: example("", '            - name: VLLM_MAX_NUM_SEQS # <-\n              value: "256"\n'),
    good: example("            - --max-num-seqs=256\n", ""),
  },
  messages: {
    argument: "{object}: vLLM does not read {name}{effect}. It is an argument: {flag}.",
    other: "{object}: vLLM does not read {name}{effect}. {mend}",
    gone: "{object}: vLLM {version} no longer reads {name} (gone by {gone}){effect}. {mend}",
    near: "{object}: vLLM does not read {name}{effect}. Did you mean {guess}?",
    listed: "{object}: vLLM {version} does not read {name}{effect}.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    for (const serving of servingContainers(object, settings)) {
      const { container, title, version, release } = serving;
      const strict = argumentsOf(serving).some(({ argument }) => argument.name === "--fail-on-environ-validation");
      const effect = strict ? ", and --fail-on-environ-validation keeps the server from starting" : " and ignores it";
      const runs = version ?? (release === "latest" ? newestKnown : undefined);
      const { variables, gone, foreign } = vllmVariables();
      for (const variable of container.env) {
        const { name, node } = variable;
        const place = scalarAt(node, "name");
        if (!/^VLLM_\w+$/.test(name) || variables.has(name) || place === undefined) continue;
        if (ofPlugin.test(name) || isUsed(serving, name)) continue;
        const slots = { object: title, name, effect };
        const severity = strict ? "error" : "warning";
        const old = gone.get(name);
        const instead = foreign.get(name);
        const flag = flagOfVariable(name);
        if (old !== undefined) {
          if (runs === undefined || compareVersions(runs, old.gone) < 0) continue;
          const told = { ...slots, version: versionText(version ?? newestKnown), gone: versionText(old.gone) };
          const fixes = replaceBy(serving, variable, old.instead);
          report({ at: place, message: "gone", slots: { ...told, mend: mendText(old.instead) }, severity, fixes });
        } else if (instead !== undefined) {
          const fixes = replaceBy(serving, variable, instead);
          report({ at: place, message: "other", slots: { ...slots, mend: mendText(instead) }, severity, fixes });
        } else if (flag !== undefined) {
          const fixes = replaceBy(serving, variable, flag);
          report({ at: place, message: "argument", slots: { ...slots, flag }, severity, fixes });
        } else {
          const guess = guessFor(name);
          if (guess !== undefined) {
            report({
              at: place,
              message: "near",
              slots: { ...slots, guess },
              severity,
              fixes: replaceBy(serving, variable, guess),
            });
          } else if (isReleasedVllm(serving) && release === "listed") {
            report({ at: place, message: "listed", slots: { ...slots, version: versionText(version) }, severity });
          }
        }
      }
    }
  },
});

/** Platforms' plugins, and what images say of their own build. */
const ofPlugin = /^VLLM_(?:ASCEND|HPU|GAUDI|SPYRE|NEURON|OMNI|RBLN|METAL|TT|FL|MUSA|KUNLUN|MLU|BUILD|IMAGE|ENV|XFT)_/;

/** A script or another variable may read it by name. */
function isUsed({ container: { root, env } }: ServingContainer, name: string): boolean {
  const uses = new RegExp(`\\$[({]?${name}\\b`);
  const items = [...itemsAt(root, "command"), ...itemsAt(root, "args"), ...env.map(({ node }) => at(node, "value"))];
  return items.some((item) => {
    const node = resolve(item);
    return node?.type === "scalar" && uses.test(node.text);
  });
}

/** The variable or the flag that was meant. */
function guessFor(name: string): string | undefined {
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
function replaceBy({ container, servers }: ServingContainer, { node, value }: EnvVariable, instead: string): RawFix[] {
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
