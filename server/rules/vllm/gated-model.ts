import { volumeBehind } from "../../graph/mounts.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { has, modelName, placeOf } from "../../kinds/vllm/setting.ts";
import { type Container, gpusOf } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { at, itemsAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { addVariable } from "./mend.ts";
import { servingContainers, templatesOf } from "./servers.ts";

const example = (env: readonly string[], mark = "") =>
  serverExample({
    args: [`meta-llama/Llama-3.1-8B-Instruct${mark}`],
    container: ["resources: {limits: {nvidia.com/gpu: 1}}", ...env],
  });

/** Repositories on Hugging Face that give files only to accounts which accepted their licence (November 2026). */
const gated =
  /^(?:meta-llama\/|google\/(?:gemma-[123]|gemma-[27]b|codegemma|paligemma|medgemma)|mistralai\/(?:Mistral-Large|Pixtral-Large|Codestral|Ministral-8B))/i;

/** Variables that bring a token or make it unnecessary. */
const answers = /^(?:HF_|HUGGING_FACE_|HUGGINGFACE_|TRANSFORMERS_OFFLINE$|TRANSFORMERS_CACHE$|VLLM_USE_MODELSCOPE$)/;

export const gatedModel = defineRule({
  id: "vllm/gated-model",
  title: "Model behind a licence, without a token",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["VLM-19", "S2"],
  docs: {
    summary:
      "A container of vLLM's own image downloads a model that Hugging Face gives to known accounts only, and gets no token.",
    why: "The hub answers 401, vLLM stops, and the pod restarts for ever, with a GPU reserved. It works on the machine of whoever logged in there once.",
    mend: "Put a token into a Secret and give it to the container as HF_TOKEN. Silent where a volume, an init container or a variable may bring the weights.",
    sources: ["https://huggingface.co/docs/hub/models-gated", "https://docs.vllm.ai/en/latest/deployment/k8s/"],
  },
  examples: {
    bad: example([], " # <-"),
    good: example(["env:", "  - {name: HF_TOKEN, valueFrom: {secretKeyRef: {name: hub, key: token}}}"]),
  },
  messages: {
    none: "{object}: {model} is gated on Hugging Face, and the container has no token for it: the download fails and the server never starts. Set HF_TOKEN from a Secret.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    for (const { container, servers, title } of servingContainers(object, settings)) {
      const [server, another] = servers;
      const model = server === undefined ? undefined : modelName(server);
      if (server === undefined || another !== undefined || model === undefined || !gated.test(model)) continue;
      const place = placeOf(server, "--model");
      if (place === undefined || gpusOf(container) === undefined || !isOwnImage(container)) continue;
      if (has(server, "--hf-token", "--download-dir", "--load-format") || bringsWeights(object, container)) continue;
      report({
        at: place,
        message: "none",
        slots: { object: title, model },
        fixes: addVariable(container, {
          name: "HF_TOKEN",
          valueFrom: { secretKeyRef: { name: "hf-token", key: "HF_TOKEN" } },
        }),
      });
    }
  },
});

/** Images that others build may hold the weights. */
function isOwnImage({ image }: Container): boolean {
  return /^(?:docker\.io\/)?vllm\/vllm-openai(?:[:@]|$)/.test(image?.value ?? "");
}

function bringsWeights(object: StackObject<Workload>, { root, env, mounts }: Container): boolean {
  if (at(root, "envFrom") !== undefined || env.length < itemsAt(root, "env").length) return true;
  if (env.some(({ name }) => answers.test(name)) || mounts.length < itemsAt(root, "volumeMounts").length) return true;
  if (templatesOf(object).some(({ initContainers }) => initContainers.length > 0)) return true;
  const volumes = mounts.map((mount) => volumeBehind(object.view, mount)?.type);
  return volumes.some((type) => type !== "emptyDir" && type !== "configMap");
}
