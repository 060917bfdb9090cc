import type { RawFix } from "../../findings/raw-finding.ts";
import type { Graph } from "../../graph/graph.ts";
import { type RoutedServer, routedServers } from "../../graph/routed-servers.ts";
import { routerVersionOf } from "../../graph/router-version.ts";
import { variableOf } from "../../graph/variables.ts";
import { endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { precisePlugins } from "../../kinds/epp/precise.ts";
import type { EppPlugin } from "../../kinds/epp/scheduling.ts";
import { writtenNumber } from "../../kinds/vllm/setting.ts";
import { setScalar } from "../../text/edits.ts";
import type { Node } from "../../text/node.ts";
import { at, mapAt, numberAt, type Placed, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { setNumber } from "../set-number.ts";
import { blocksExample } from "./precise-example.ts";
import { isFrom, isUpTo } from "./router.ts";

const seedName = "PYTHONHASHSEED";

export const blockHashes = defineRule({
  id: "epp/block-hashes",
  title: "Router that hashes other blocks than vLLM",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["EPP-24"],
  docs: {
    summary: `The block size or hashSeed of a precise prefix plugin is not the --block-size or ${seedName} of the vLLM servers in the pool. Information from router 0.9 on.`,
    why: "Up to router 0.8 the endpoint picker hashes a prompt's blocks itself and looks for the hashes that vLLM reports. With another block size or seed no hash is ever the same: every pod scores 0, and routing by prefix is off without a word. From 0.9 on it hashes the tokens that come with the events, so the two need not be equal.",
    mend: `Write vLLM's --block-size as the block size and the pods' ${seedName} as hashSeed.`,
    sources: ["https://github.com/llm-d/llm-d-router/tree/main/pkg/epp/framework/plugins"],
  },
  examples: { bad: blocksExample("16 # <-"), good: blocksExample("64") },
  messages: {
    size: "{object}: router {running} hashes blocks of {own} tokens, and vLLM in {server} has {other}: no prefix is ever found. Write {other}.",
    seed: '{object}: router {running} hashes with the seed "{own}", and {server} has PYTHONHASHSEED {other}: no prefix is ever found. Set both to one number.',
    noSeed:
      '{object}: router {running} hashes with the seed "{own}", and {server} has no PYTHONHASHSEED, so that every pod takes another: no prefix is ever found. Set it to "{own}" there.',
    sizeApart:
      "{object}: blocks have {own} tokens here and {other} in vLLM of {server}. Router {running} finds prefixes all the same; up to 0.8 it would find none.",
    seedApart:
      '{object}: hashSeed is "{own}" here and PYTHONHASHSEED {other} in {server}. Router {running} finds prefixes all the same; up to 0.8 it would find none.',
  },
  reads: [endpointPickerConfig],
  check({ object, graph, settings, report }) {
    for (const plugin of precisePlugins(object.view)) {
      const running = routerVersionOf(graph, object, settings);
      const early = isUpTo(running, "0.8");
      if (running === undefined || (!early && !isFrom(running, "0.9"))) return;
      const servers = routedServers(graph, object);
      const size = otherSize(plugin, servers);
      const seed = otherSeed(plugin, servers, graph);
      for (const [what, apart] of [["size", size] as const, ["seed", seed] as const]) {
        // What nobody wrote is not worth a word where it makes no difference.
        if (apart === undefined || (!early && (!apart.written || apart.other === undefined))) continue;
        const noSeed = apart.other === undefined ? ("noSeed" as const) : what;
        report({
          at: apart.at,
          message: early ? noSeed : (`${what}Apart` as const),
          severity: early ? "error" : "info",
          slots: {
            object: object.title,
            running: running.told,
            own: apart.own,
            other: apart.other?.value ?? "",
            server: apart.server.object.title,
          },
          related: apart.other === undefined ? [] : [{ at: apart.other.node, message: `${apart.other.value} there` }],
          fixes: apart.fixes,
        });
      }
    }
  },
});

/** Two values that should be one. */
interface Apart {
  readonly own: string | number;
  readonly other: Placed<string | number> | undefined;
  readonly at: Node;
  readonly written: boolean;
  readonly server: RoutedServer;
  readonly fixes: RawFix[];
}

/** llm-d-kv-cache, TokenProcessorConfig. */
const usualSize = 16;

/** vLLM chooses the size by its attention backend where none is written; that is not compared. */
function otherSize(plugin: EppPlugin, servers: readonly RoutedServer[]): Apart | undefined {
  const config = configOf(plugin);
  if (config === "unknown") return undefined;
  const key = at(config, "blockSizeTokens") === undefined ? "blockSize" : "blockSizeTokens";
  const own = numberAt(config, key);
  if (own === undefined && at(config, key) !== undefined) return undefined;
  const others = servers.flatMap((server) => {
    const found = writtenNumber(server.server, "--block-size");
    return found === undefined ? [] : [{ server, value: found.value, node: found.at.word.node }];
  });
  const other = others.find(({ value }) => value !== (own?.value ?? usualSize));
  if (other === undefined) return undefined;
  const agreed = others.every(({ value }) => value === other.value);
  return {
    own: own?.value ?? usualSize,
    other,
    at: own?.node ?? plugin.at,
    written: own !== undefined,
    server: other.server,
    fixes: own === undefined || !agreed ? [] : setNumber(own.node, other.value),
  };
}

/** A seed on neither side, or in a Secret, is not compared. */
function otherSeed(plugin: EppPlugin, servers: readonly RoutedServer[], graph: Graph): Apart | undefined {
  const config = configOf(plugin);
  if (config === "unknown") return undefined;
  const own = stringAt(config, "hashSeed");
  if (own === undefined && at(config, "hashSeed") !== undefined) return undefined;
  const text = own?.value ?? "";
  for (const server of servers) {
    const seed = variableOf(graph, server.object, server.container, seedName);
    const hidden = seed === undefined && at(server.container.root, "envFrom") !== undefined;
    if (seed === "unknown" || hidden || (seed?.value ?? "") === text || /\$/.test(seed?.value ?? "")) continue;
    const scalar = own?.node;
    const fixes: RawFix[] =
      scalar?.type !== "scalar" || seed === undefined
        ? []
        : [{ title: `Write ${seed.value}`, safe: false, edits: [setScalar(scalar, seed.value)] }];
    return { own: text, other: seed, at: own?.node ?? plugin.at, written: own !== undefined, server, fixes };
  }
  return undefined;
}

function configOf({ parameters }: EppPlugin) {
  const config = mapAt(parameters, "tokenProcessorConfig");
  return config === undefined && at(parameters, "tokenProcessorConfig") !== undefined ? "unknown" : config;
}
