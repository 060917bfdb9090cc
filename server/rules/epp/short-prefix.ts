import { type RoutedServer, routedServers } from "../../graph/routed-servers.ts";
import { endpointPickerConfig } from "../../kinds/epp/kind.ts";
import type { EppPlugin } from "../../kinds/epp/scheduling.ts";
import { writtenNumber } from "../../kinds/vllm/setting.ts";
import { numberAt, type Placed, stringAt } from "../../text/read.ts";
import { parseTruth } from "../../text/values/truth.ts";
import { defineRule } from "../rule.ts";
import { setNumber } from "../set-number.ts";
import { preciseExample } from "./precise-example.ts";
import { routerFrom } from "./router.ts";

const example = (tokens: string) =>
  preciseExample({
    router: "0.9",
    plugins: `  - type: prefix-cache-scorer
  - type: approx-prefix-cache-producer
    parameters:
      maxPrefixTokensToMatch: ${tokens}
`,
    args: ["--max-model-len=32768"],
  }).replace("inference.networking.x-k8s.io/v1alpha1", "llm-d.ai/v1alpha1");

export const shortPrefix = defineRule({
  id: "epp/short-prefix",
  title: "Prefixes longer than the router compares",
  since: "0.1.0",
  severity: "info",
  fixable: "suggestion",
  refs: ["EPP-23"],
  docs: {
    summary:
      "approx-prefix-cache-producer compares fewer tokens (maxPrefixTokensToMatch, or blocks times their size) than the pool's vLLM servers take in one request (--max-model-len).",
    why: "What is longer counts as not cached, so that of two pods with a long conversation the one that holds all of it looks like one that holds only its beginning. A limit is right where prompts are short: comparing more costs the endpoint picker CPU and memory.",
    mend: "Write --max-model-len, or the length of your longest prompts.",
    sources: ["https://github.com/llm-d/llm-d-router/tree/main/pkg/epp/framework/plugins/requestcontrol"],
  },
  examples: { bad: example("16384 # <-"), good: example("32768") },
  messages: {
    short:
      "{object}: {name} compares the first {tokens} tokens of a prompt, and vLLM in {server} takes {length}: what is longer counts as not cached. Write {length} if prompts get that long.",
  },
  reads: [endpointPickerConfig],
  check(context) {
    const { object, graph, report } = context;
    for (const plugin of object.view.plugins) {
      const limit = plugin.type === "approx-prefix-cache-producer" ? limitOf(plugin) : undefined;
      if (limit === undefined || routerFrom("0.8", context) === undefined) continue;
      const longest = longestOf(routedServers(graph, object));
      if (longest === undefined || longest.value <= limit.value) continue;
      report({
        at: limit.node,
        message: "short",
        slots: {
          object: object.title,
          name: plugin.name,
          tokens: limit.value,
          server: longest.server.object.title,
          length: longest.value,
        },
        related: [{ at: longest.node, message: `${longest.value} there` }],
        fixes: limit.inTokens ? setNumber(limit.node, longest.value) : [],
      });
    }
  },
});

/** The producer's blocks have at least as many tokens. */
const smallestBlock = 64;

/** Where it is written. The number of blocks counts only beside 0 tokens, and times a size that no engine tunes. */
function limitOf({ parameters }: EppPlugin): (Placed<number> & { readonly inTokens: boolean }) | undefined {
  const tokens = numberAt(parameters, "maxPrefixTokensToMatch");
  if (tokens === undefined || tokens.value < 0) return undefined;
  if (tokens.value > 0) return { ...tokens, inTokens: true };
  const blocks = numberAt(parameters, "maxPrefixBlocksToMatch");
  const size = numberAt(parameters, "blockSizeTokens");
  const tuned = parseTruth(stringAt(parameters, "autoTune")?.value ?? "true") !== false;
  if (blocks === undefined || size === undefined || tuned || blocks.value <= 0) return undefined;
  return { value: blocks.value * Math.max(size.value, smallestBlock), node: blocks.node, inTokens: false };
}

function longestOf(servers: readonly RoutedServer[]) {
  const lengths = servers.flatMap((server) => {
    const written = writtenNumber(server.server, "--max-model-len");
    return written === undefined ? [] : [{ server, value: written.value, node: written.at.word.node }];
  });
  return lengths.sort((a, b) => b.value - a.value)[0];
}
