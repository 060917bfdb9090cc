import { usualAnswers } from "../init/answers.ts";
import { gpuNames } from "../init/gpus.ts";
import { init } from "../init/init.ts";
import { listed } from "../report/words.ts";
import { defineCommand } from "./command.ts";

const usual = usualAnswers();

export const initCommand = defineCommand({
  name: "init",
  summary: "write the manifests of a stack",
  operands: { usage: "[stack]", most: 1 },
  options: {
    out: { takes: "DIR", says: "where to write (default: the working directory)" },
    model: { takes: "MODEL", says: `on Hugging Face (default ${usual.model})` },
    name: { takes: "NAME", says: "of the model server (default: that of the model)" },
    namespace: { takes: "NAMESPACE", says: `for all that is not the cluster's (default ${usual.namespace})` },
    gpu: { takes: "GPU", says: `${listed(gpuNames, "or")} (default ${usual.gpu})` },
    "tensor-parallel": { takes: "N", says: `GPUs for a replica (default ${usual.tensorParallel})` },
    "max-replicas": { takes: "N", says: `most replicas (default ${usual.maxReplicas})` },
    yes: { says: "do not ask: what is not said is as usual" },
  },
  about: [
    "Writes the files of a stack to start from: one for each subject, a kustomization.yaml over them, and a headroom.config.yaml unless one counts there already. headroom lint has nothing to say about them; their comments tell where the numbers come from. Without a stack it lists them.",
    "On a terminal it asks for what the options do not say. It writes all files or none, and never over one that is there; the exit code is then 2.",
  ],
  examples: [
    { line: "headroom init wva-hpa --out deploy/chat", says: "asks for the rest, on a terminal" },
    {
      line: "headroom init pd --gpu H200 --yes",
      says: "does not ask",
    },
  ],
  run: init,
});
