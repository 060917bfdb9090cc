import { bytesPerRank, inGib } from "../../engine/units.ts";
import { cacheMemory } from "../../graph/cache-memory.ts";
import { type Cache, cachesOf } from "../../graph/cache-of.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { tokensInCache } from "../../scenario/cache-tokens.ts";
import { modelServers } from "../../scenario/model-server.ts";
import { readersOf } from "../hover/cache-settings.ts";
import { tokensText, withCommas } from "./figures.ts";
import type { Lens, Said, Surroundings } from "./lens.ts";

/** What a configuration of LMCache keeps for the workloads that read it. */
export function cacheConfigLenses(config: StackObject, surroundings: Surroundings): Lens[] {
  const at = config.doc.carrier?.node ?? config;
  const said = readersOf(config, surroundings).flatMap(({ workload, cache }) => heldBy(workload, cache, surroundings));
  const unique = new Map(said.map((one) => [one.title, one]));
  return [...unique.values()].slice(0, 3).map((one, index) => ({ id: `held ${index}`, at, tell: () => one }));
}

/** The same for a cache whose size stands among the variables of a workload. */
export function cacheLenses(workload: StackObject<Workload>, surroundings: Surroundings): Lens[] {
  const own = cachesOf(surroundings.graph, workload).filter(
    (cache) => cacheMemory(workload, cache)?.written?.node.doc === workload.doc,
  );
  return own.slice(0, 3).flatMap((cache, index) => {
    const said = heldBy(workload, cache, surroundings);
    return said.map((one) => ({ id: `held ${index}`, at: workload, tell: () => one }));
  });
}

function heldBy(workload: StackObject<Workload>, cache: Cache, { settings }: Surroundings): Said[] {
  const own = settings(workload);
  const server = modelServers(workload, own).find(({ container }) => container.root === cache.container.root);
  const memory = cacheMemory(workload, cache);
  if (server === undefined || memory?.form !== "pinned") return [];
  const size = bytesPerRank(Number(memory.size));
  const held = tokensInCache(server, cache, own, size);
  if (held === undefined) return [];
  const model = held.model.id.slice(held.model.id.lastIndexOf("/") + 1);
  return [
    {
      title: `${Number(inGib(size).toFixed(2))} GiB per rank = ${tokensText(held.tokens)} tokens of ${model}`,
      tooltip: `${withCommas(held.tokens)} tokens in whole chunks, ${withCommas(held.bytesPerToken)} bytes a token and rank`,
    },
  ];
}
