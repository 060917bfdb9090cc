import { newestKnown } from "../../kinds/vllm/life.ts";
import { flagOfVariable, vllmVariables } from "../../kinds/vllm/variables.ts";
import { compareVersions } from "../../kinds/vllm/version.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { scalarAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { mendText } from "./mend.ts";
import { argumentsOf, isReleasedVllm, servingContainers, versionText } from "./servers.ts";
import { guessFor, isOfOthers, replaceBy } from "./variables.ts";

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
        if (isOfOthers(serving, name)) continue;
        const slots = { object: title, name, effect };
        const severity = strict ? "error" : "warning";
        const told = (instead: string) =>
          ({ at: place, severity, fixes: replaceBy(serving, variable, instead) }) as const;
        const old = gone.get(name);
        const other = foreign.get(name);
        const flag = flagOfVariable(name);
        const guess = flag ?? guessFor(name);
        if (old !== undefined) {
          if (runs === undefined || compareVersions(runs, old.gone) < 0) continue;
          const versions = { version: versionText(runs), gone: versionText(old.gone) };
          report({
            ...told(old.instead),
            message: "gone",
            slots: { ...slots, ...versions, mend: mendText(old.instead) },
          });
        } else if (other !== undefined) {
          report({ ...told(other), message: "other", slots: { ...slots, mend: mendText(other) } });
        } else if (flag !== undefined) {
          report({ ...told(flag), message: "argument", slots: { ...slots, flag } });
        } else if (guess !== undefined) {
          report({ ...told(guess), message: "near", slots: { ...slots, guess } });
        } else if (isReleasedVllm(serving) && release === "listed") {
          report({ at: place, message: "listed", slots: { ...slots, version: versionText(version) }, severity });
        }
      }
    }
  },
});
