import { cachesOf, isNested } from "../../graph/cache-of.ts";
import { cacheServerOf } from "../../graph/cache-server-of.ts";
import { serverFlag } from "../../kinds/lmcache/server-command.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { kvTransferOf, loadsLmcache } from "../../kinds/vllm/connectors.ts";
import { argumentOf, type Container } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import type { Span } from "../../text/node.ts";
import { numberAt, resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { fixOf, rewrite } from "../vllm/mend.ts";
import { engineExample, serverExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

const example = (block: string) =>
  `${engineExample({
    args: `${block}\n--kv-transfer-config\n'{"kv_connector":"LMCacheMPConnector","kv_role":"kv_both","kv_connector_extra_config":{"lmcache.mp.host":"tcp://$(NODE_IP)"}}'`,
    mounts: "- name: shm\n  mountPath: /dev/shm\n",
    volumes: "- name: shm\n  hostPath: {path: /dev/shm}",
  })}---\n${serverExample("--l1-size-gb=60\n--eviction-policy=LRU\n--chunk-size=192", "hostIPC: true")}`;

export const chunkSize = defineRule({
  id: "lmcache/chunk-size",
  title: "Chunks that are no whole number of blocks",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-026"],
  docs: {
    summary:
      "LMCache's chunk size is not a multiple of vLLM's block size: an error with `lmcache server`, information with LMCache inside vLLM.",
    why: "vLLM counts its cache in blocks. `lmcache server` refuses an engine whose blocks do not fill its chunks; inside vLLM the last tokens of every chunk are computed again. With decode context parallelism a block counts that many times.",
    mend: "Take the next multiple; 256 goes with every usual block size.",
    sources: [
      "https://docs.lmcache.ai/mp/configuration.html",
      "https://docs.lmcache.ai/api_reference/configurations.html",
    ],
  },
  examples: { bad: example("--block-size=128 # <-"), good: example("--block-size=64") },
  messages: {
    server:
      "{object}: {server} keeps chunks of {chunk} tokens, which are no multiple of the {block} of a block here: the server refuses the engine. Use {wanted}.",
    inside:
      "{object}: chunk_size {chunk} is no multiple of the {block} tokens of a block of vLLM, so the tail of every chunk is computed again. Use {wanted}.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const container of object.view.template?.containers ?? []) {
      const block = blockOf(container);
      const transfer = kvTransferOf(container);
      if (block === undefined || !transfer?.connectors.some(({ name }) => name.value === "LMCacheMPConnector"))
        continue;
      const found = cacheServerOf(graph, object);
      if (found === undefined || block.at === undefined) continue;
      const text = serverFlag(found.command, "--chunk-size") ?? "256";
      const chunk = /^\d+$/.test(text) ? Number(text) : 0;
      if (chunk <= 0 || chunk % block.tokens === 0) continue;
      const server = containerTitle(found.object, found.container);
      const wanted = Math.ceil(chunk / block.tokens) * block.tokens;
      const slots = { object: containerTitle(object, container), server, chunk, block: block.tokens, wanted };
      const written = found.command.arguments.findLast(({ flag }) => flag?.name === "--chunk-size")?.value;
      const edit =
        written === undefined
          ? undefined
          : rewrite(written.word, written.start, written.word.text.length, String(wanted));
      const fixes = written === undefined ? [] : fixOf(`Set --chunk-size to ${wanted}`, false, edit);
      report({ at: block.at, message: "server", slots, fixes });
    }
    for (const cache of cachesOf(graph, object)) {
      if (isNested(cache.config) || !loadsLmcache(kvTransferOf(cache.container))) continue;
      const setting = cache.setting("chunk_size");
      const chunk = typeof setting === "string" ? undefined : numberAt(setting.node)?.value;
      const block = blockOf(cache.container);
      if (typeof setting === "string" || chunk === undefined || block === undefined) continue;
      if (!Number.isInteger(chunk) || chunk <= 0 || chunk % block.tokens === 0) continue;
      const wanted = Math.ceil(chunk / block.tokens) * block.tokens;
      const slots = { object: containerTitle(object, cache.container), chunk, block: block.tokens, wanted };
      const node = resolve(setting.node);
      const fixes =
        node?.type === "scalar"
          ? [{ title: `Set it to ${wanted}`, safe: false, edits: [setScalar(node, String(wanted))] }]
          : [];
      report({ at: setting.node, message: "inside", severity: "info", slots, fixes });
    }
  },
});

/** vLLM's block on CUDA without the flag; platforms and hybrid models choose larger ones, which 16 divides. */
const usual = 16;

function blockOf(container: Container): { readonly tokens: number; readonly at: Span | undefined } | undefined {
  const size = argumentOf(container, "block-size");
  const contexts = argumentOf(container, "decode-context-parallel-size", "dcp");
  if ([size, contexts].some((one) => one !== undefined && (one.value === undefined || isOpen(one.value))))
    return undefined;
  const tokens = Number(size?.value ?? usual) * Number(contexts?.value ?? 1);
  return Number.isInteger(tokens) && tokens > 0 ? { tokens, at: size?.at ?? contexts?.at } : undefined;
}
