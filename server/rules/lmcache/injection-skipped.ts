import { namespacesAgree } from "../../graph/scope.ts";
import { cacheBlendEngine, lmcacheEngine } from "../../kinds/lmcache/operator.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { argumentOf, type Container } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { at, itemsAt, type Placed, resolve } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { isTemplated } from "../../text/template.ts";
import { defineRule } from "../rule.ts";
import { containerTitle } from "./settings.ts";

const example = (args: string) => `apiVersion: lmcache.lmcache.ai/v1alpha1
kind: LMCacheEngine
metadata:
  name: node-cache
spec:
  l1: {sizeGB: 60}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata:
      labels: {app: llama, lmcache.ai/lmcache-inject: "true"}
      annotations: {lmcache.ai/lmcache-engine: node-cache}
    spec:
      containers:
        - name: vllm
          image: lmcache/vllm-openai:v0.4.3
${args}`;

export const injectionSkipped = defineRule({
  id: "lmcache/injection-skipped",
  title: "Pod that LMCache's operator leaves alone",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["LMC-056", "LMC-055"],
  docs: {
    summary:
      "A pod asks LMCache's operator for its connector, but the webhook skips it: its command is a shell's, it has a --kv-transfer-config of its own, or the engine or container that it names is not there. An error where CacheBlend's block size is not kept.",
    why: "The webhook appends to `args`. It cannot do so behind `sh -c`, does not touch a connector that is there, and looks for the engine in the pod's own namespace. It skips silently: only the annotation lmcache.ai/lmcache-skip-reason tells, and the pod runs without the cache. CacheBlend matches blocks of 64 tokens, and finds none in others.",
    mend: "Start vLLM by `args` alone, leave --kv-transfer-config to the webhook, and name an engine of the same namespace.",
    sources: ["https://docs.lmcache.ai/mp/operator.html", "https://github.com/LMCache/LMCache/tree/dev/operator"],
  },
  examples: {
    bad: example('          command: [sh, -c, "vllm serve meta-llama/Llama-3.1-8B-Instruct"] # <-\n'),
    good: example("          args: [meta-llama/Llama-3.1-8B-Instruct]\n"),
  },
  messages: {
    command:
      "{object} starts vLLM by a shell, and LMCache's webhook, which appends to args, skips the pod silently: it runs without the cache. Start vLLM by args.",
    transfer:
      "{object} has a --kv-transfer-config of its own, so LMCache's webhook skips the pod silently: it runs without the node's cache. Take it out, or the label.",
    engine:
      '{object} asks for LMCache engine "{engine}", which is not in its namespace, so the webhook skips the pod silently: it runs without the cache.{meant}',
    container:
      '{object} has no container "{name}", which lmcache.ai/lmcache-container names, so the webhook skips the pod silently: it runs without the cache. Name one of its containers.',
    block:
      '{object}: --block-size is {size}, but CacheBlend, which "{engine}" runs, matches blocks of 64 tokens and finds none. Write 64.',
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    const { template } = object.view;
    if (template?.labels.get("lmcache.ai/lmcache-inject") !== "true" || graph.layout.isPatch(object.path)) return;
    const text = (key: string): Placed<string> | undefined => {
      const node = resolve(template.annotation(key));
      return node?.type === "scalar" && !isTemplated(node.text) && !isOpen(node.text)
        ? { value: node.text, node }
        : undefined;
    };
    const wanted = text("lmcache.ai/lmcache-container");
    if (wanted !== undefined && !template.containers.some(({ name }) => name?.value === wanted.value)) {
      report({ at: wanted.node, message: "container", slots: { object: object.title, name: wanted.value } });
      return;
    }
    const target =
      wanted === undefined
        ? template.containers[0]
        : template.containers.find(({ name }) => name?.value === wanted.value);
    const engine = text("lmcache.ai/lmcache-engine");
    if (engine !== undefined) {
      const engines = [lmcacheEngine, cacheBlendEngine].flatMap(({ id }) => graph.lookup(`kind/${id}`));
      const near = engines.filter((one) => namespacesAgree(one, object));
      const named = near.find(({ name }) => name?.value === engine.value);
      const size = target === undefined ? undefined : argumentOf(target, "block-size");
      if (engines.length > 0 && named === undefined) {
        const guess = nearest(
          engine.value,
          near.flatMap(({ name }) => name?.value ?? []),
        );
        const meant = guess === undefined ? "" : ` Did you mean "${guess}"?`;
        report({ at: engine.node, message: "engine", slots: { object: object.title, engine: engine.value, meant } });
      } else if (
        named?.kind.id === cacheBlendEngine.id &&
        size?.value !== undefined &&
        /^\d+$/.test(size.value) &&
        size.value !== "64"
      )
        report({
          at: size.at,
          message: "block",
          severity: "error",
          slots: { object: object.title, size: size.value, engine: engine.value },
        });
    }
    if (target === undefined) return;
    const slots = { object: containerTitle(object, target) };
    const shell = shellOf(target);
    const own = argumentOf(target, "kv-transfer-config");
    if (shell !== undefined) report({ at: shell, message: "command", slots });
    else if (own !== undefined) report({ at: own.at, message: "transfer", slots });
  },
});

function shellOf({ root }: Container) {
  const [first] = itemsAt(root, "command");
  const node = resolve(first);
  const isShell = node?.type === "scalar" && /(?:^|\/)(?:ba|da|a|z)?sh$/.test(node.text);
  return isShell ? resolve(at(root, "command")) : undefined;
}
