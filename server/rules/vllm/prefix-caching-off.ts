import { gatheringsAround } from "../../graph/applied-together.ts";
import type { EppView } from "../../kinds/epp/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { switchOf } from "../../kinds/vllm/setting.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { removeFlag } from "./mend.ts";
import { servingContainers } from "./servers.ts";

const router = `---
apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: prefix-cache-scorer
  - type: max-score-picker
  - type: single-profile-handler
schedulingProfiles:
  - name: default
    plugins:
      - {pluginRef: prefix-cache-scorer, weight: 2}
      - pluginRef: max-score-picker
`;
const example = (flag: string) => serverExample({ args: ["Qwen/Qwen3-8B", "--port=8000", flag] }) + router;

export const prefixCachingOff = defineRule({
  id: "vllm/prefix-caching-off",
  title: "Router that looks for prefixes which vLLM does not keep",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["VLM-23"],
  docs: {
    summary:
      "vLLM runs with --no-enable-prefix-caching, while the endpoint picker beside it scores pods by their prefix cache.",
    why: "The router sends requests with the same beginning to the same pod, because that pod should have it in its cache. With the cache off nothing is saved; the load only lies unevenly.",
    mend: "Delete --no-enable-prefix-caching (vLLM caches prefixes by default), or take the prefix scorer out of the profile.",
    sources: [
      "https://docs.vllm.ai/en/latest/features/automatic_prefix_caching/",
      "https://github.com/llm-d/llm-d-router/tree/main/docs",
    ],
  },
  examples: { bad: example("--no-enable-prefix-caching # <-"), good: example("--enable-prefix-caching") },
  messages: {
    off: "{object}: vLLM keeps no prefixes (--no-enable-prefix-caching), but the router sends requests to the pod that should have theirs ({plugin}): load is uneven and nothing is saved. Delete the flag.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, settings, report }) {
    for (const { container, servers, title } of servingContainers(object, settings)) {
      const [server, another] = servers;
      if (server === undefined || another !== undefined || switchOf(server, "--enable-prefix-caching") !== "off")
        continue;
      const configs = graph.lookup("kind/epp-config") as readonly StackObject<EppView>[];
      const around = gatheringsAround(graph, object).flatMap(({ has }) => configs.filter(({ path }) => has(path)));
      const plugin = around
        .flatMap(({ view }) => view.plugins)
        .find(({ type }) => /^(?:precise-)?prefix-cache-scorer$/.test(type));
      const flag = server.arguments.findLast(({ flag: one }) => one?.name === "--enable-prefix-caching");
      if (plugin === undefined || flag === undefined) continue;
      report({
        at: spanOfWord(flag.word, 0, flag.length),
        message: "off",
        slots: { object: title, plugin: plugin.type },
        related: [{ at: plugin.node, message: "the router's scorer" }],
        fixes: removeFlag(container, flag),
      });
    }
  },
});
