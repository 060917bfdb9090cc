import { oneRank } from "../../engine/capacity/parallel.ts";
import { weightsOf } from "../../engine/capacity/weights.ts";
import { mountOf, volumeBehind } from "../../graph/mounts.ts";
import { settingOf } from "../../kinds/vllm/setting.ts";
import { type Container, envOf } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { modelOfServer } from "../../scenario/model-fit.ts";
import { type ModelServer, modelServers } from "../../scenario/model-server.ts";
import { setAll } from "../../text/edits.ts";
import { at, mapAt, quantityAt } from "../../text/read.ts";
import { formatBytes, numberOf } from "../../text/values/quantity.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";

const example = (size: string) =>
  serverExample({
    args: ["Qwen/Qwen3-8B"],
    container: ["env:", "  - {name: HF_HOME, value: /cache}", "volumeMounts:", "  - {name: cache, mountPath: /cache}"],
    spec: ["volumes:", "  - name: cache", `    emptyDir: {sizeLimit: ${size}`],
  });

export const modelVolume = defineRule({
  id: "vllm/model-volume",
  title: "Volume too small for the model that is downloaded to it",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["VLM-26"],
  docs: {
    summary: "The emptyDir that the hub's cache lies on has a sizeLimit below the weights of a known model.",
    why: "The kubelet evicts a pod whose emptyDir grows past its limit: the download never ends, the next pod begins it anew, and so on.",
    mend: "Make it a fifth larger than the weights, or put the weights on a volume that survives the pod.",
    sources: [
      "https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
      "https://huggingface.co/docs/huggingface_hub/guides/manage-cache",
    ],
  },
  examples: { bad: example("4Gi} # <-"), good: example("20Gi}") },
  messages: {
    small:
      "{object}: {model} is {weights} of weights, and the emptyDir they are downloaded to may hold {limit}: the pod is evicted before it is there. Write {wanted} or more.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    for (const server of modelServers(object, settings)) {
      const found = modelOfServer(server, settings);
      const path = cachePath(server);
      const mount = path === undefined ? undefined : mountOf(server.container, path)?.mount;
      const volume = mount === undefined ? undefined : volumeBehind(object.view, mount);
      const limit = quantityAt(volume?.node, "emptyDir", "sizeLimit");
      if (found === undefined || volume === undefined || limit === undefined) continue;
      const weights = weightsOf(found.model, found.quantization ?? found.model.quantization, oneRank);
      const allowed = numberOf(limit.value);
      // A limit of zero is none.
      if (weights === undefined || allowed <= 0 || allowed >= weights.perRank * (1 - weights.error)) continue;
      const wanted = `${Math.ceil((weights.perRank * 1.2) / 2 ** 30)}Gi`;
      const map = mapAt(volume.node, "emptyDir");
      const edits = map === undefined ? undefined : setAll(map, ["sizeLimit"], wanted);
      report({
        at: limit.node,
        message: "small",
        slots: {
          object: server.title,
          model: found.model.id,
          weights: `${(weights.perRank / 2 ** 30).toFixed(1)} GiB`,
          limit: formatBytes(allowed),
          wanted,
        },
        fixes: edits === undefined ? [] : [{ title: `Set sizeLimit to ${wanted}`, safe: false, edits }],
      });
    }
  },
});

/** Where the hub's files go: by flag, by variable, or below the home of the image's user. A path is no download. */
function cachePath({ command, container, model }: ModelServer): string | undefined {
  if (model === undefined || /^[./]|:\/\//.test(model) || at(container.root, "envFrom") !== undefined) return undefined;
  const flag = settingOf(command, "--download-dir");
  if (flag === "unknown") return undefined;
  return flag === "default" ? cacheByVariable(container) : flag.text;
}

function cacheByVariable(container: Container): string | undefined {
  for (const [name, below] of [
    ["HF_HUB_CACHE", ""],
    ["HF_HOME", "/hub"],
    ["XDG_CACHE_HOME", "/huggingface/hub"],
  ] as const) {
    const variable = envOf(container, name);
    if (variable !== undefined) return variable.value === undefined ? undefined : variable.value.value + below;
  }
  return "/root/.cache/huggingface/hub";
}
