import { findModel } from "../../engine/catalogue/find-model.ts";
import { keepsState, type ModelShape } from "../../engine/catalogue/model-shape.ts";
import { cacheServerOf } from "../../graph/cache-server-of.ts";
import { serverFlag } from "../../kinds/lmcache/server-command.ts";
import { isOpen, readServers } from "../../kinds/vllm/command-line.ts";
import { kvTransferOf } from "../../kinds/vllm/connectors.ts";
import type { Container } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { modelOf } from "../../kinds/workload/engine-arguments.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

const example = (connector: string, mark: string) =>
  engineExample({
    args: `--kv-transfer-config\n'{"kv_connector":"${connector}","kv_role":"kv_both"}'${mark}`,
    mounts: "- name: shm\n  mountPath: /dev/shm\n",
    volumes: "- name: shm\n  hostPath: {path: /dev/shm}",
  }).replace("meta-llama/Llama-3.1-8B-Instruct", "openai/gpt-oss-20b");

export const hybridModel = defineRule({
  id: "lmcache/hybrid-model",
  title: "Connector that a hybrid model does not go with",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["LMC-066", "LMC-067"],
  docs: {
    summary:
      "A model whose layers are of several kinds (gpt-oss, Gemma, Qwen3.5) is served with a connector that cannot tell them apart (warning), or with LMCacheMPConnector without what models with Mamba or linear attention need (error).",
    why: "With LMCacheConnectorV1 or OffloadingConnector vLLM switches its hybrid cache manager off, and every layer keeps every token: a model with as many sliding as full layers has room for about half the tokens. LMCacheMPConnector keeps the manager. For layers with a state it wants states at the ends of blocks and groups of their own in the server.",
    mend: "Use LMCacheMPConnector. For models with a state add --mamba-cache-mode=align, leave prefix caching on, and start the server with --separate-object-groups.",
    sources: [
      "https://docs.lmcache.ai/mp/hybrid_models.html",
      "https://docs.vllm.ai/en/latest/design/hybrid_kv_cache_manager.html",
    ],
  },
  examples: {
    bad: example("LMCacheConnectorV1", " # <-"),
    good: example("LMCacheMPConnector", ""),
  },
  messages: {
    manager:
      "{object}: with {connector} vLLM switches its hybrid cache manager off, and {model}, whose layers are of several kinds, keeps every token in all of them: the KV cache has room for far fewer. Use LMCacheMPConnector.",
    state:
      "{object}: {model} has layers with a state, and LMCacheMPConnector needs {missing} for it: vLLM does not start, or nothing is reused. Add {missing}.",
    groups:
      "{object}: {model} has layers with a state, and {server} is started without --separate-object-groups: vLLM does not start, or nothing is reused. Add the flag.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const container of object.view.template?.containers ?? []) {
      const transfer = kvTransferOf(container);
      const model = shapeOf(container);
      if (transfer?.at === undefined || model === undefined || model.shape.layerGroups.length === 0) continue;
      const { at } = transfer;
      const slots = { object: containerTitle(object, container), model: model.name };
      const old = transfer.connectors.find(
        ({ name }) => name.value === "LMCacheConnectorV1" || name.value === "OffloadingConnector",
      );
      const chosen = flagIn(container, "--disable-hybrid-kv-cache-manager") !== undefined;
      if (old !== undefined && isHybrid(model.shape) && !chosen)
        report({ at, message: "manager", slots: { ...slots, connector: old.name.value } });
      const isServed = transfer.connectors.some(({ name }) => name.value === "LMCacheMPConnector");
      if (!isServed || !model.shape.layerGroups.some(keepsState)) continue;
      const missing = [
        ...(flagIn(container, "--mamba-cache-mode") === "align" ? [] : ["--mamba-cache-mode=align"]),
        ...(flagIn(container, "--enable-prefix-caching") === "off" ? ["--enable-prefix-caching"] : []),
      ];
      if (missing.length > 0)
        report({ at, message: "state", severity: "error", slots: { ...slots, missing: missing.join(" and ") } });
      const server = cacheServerOf(graph, object);
      if (server === undefined || server.command.words.some(({ text }) => isOpen(text))) continue;
      if (/^(?:true|1)$/i.test(serverFlag(server.command, "--separate-object-groups") ?? "")) continue;
      const title = containerTitle(server.object, server.container);
      report({ at, message: "groups", severity: "error", slots: { ...slots, server: title } });
    }
  },
});

function shapeOf(container: Container): { name: string; shape: ModelShape } | undefined {
  const name = modelOf(container);
  const found = name === undefined ? undefined : findModel(name);
  // Where the catalogue doubts the layers, nothing is said of them.
  return name === undefined || found === undefined || found.model.doubt !== undefined
    ? undefined
    : { name, shape: found.model };
}

/** Whether some layers keep less than every token. */
function isHybrid({ layerGroups: groups }: ModelShape): boolean {
  const keepLess = groups.some(
    (group) => keepsState(group) || group.kind === "sliding" || group.kind === "chunked-local",
  );
  return keepLess && groups.some(({ kind }) => kind === "full" || kind === "mla");
}

/** The value of a flag; `on` or `off` for a switch. */
function flagIn(container: Container, name: string): string | undefined {
  const given = readServers(container, undefined).flatMap((server) => server.arguments);
  const found = given.findLast(({ flag }) => flag?.name === name);
  if (found === undefined) return undefined;
  return found.values[0]?.text ?? (found.name.startsWith("--no-") ? "off" : "on");
}
