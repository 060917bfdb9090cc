import { lmcacheConfig } from "../../kinds/lmcache/flat.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import type { Node } from "../../text/node.ts";
import { itemsAt, resolve, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { type FlatSettings, flatSettings, isOn } from "./settings.ts";

interface Clash {
  readonly at: Node;
  readonly one: string;
  readonly other: string;
}

const pd = "enable_pd: true\npd_role: receiver\npd_buffer_size: 1073741824\npd_buffer_device: cuda";

export const contradiction = defineRule({
  id: "lmcache/contradiction",
  title: "LMCache settings that exclude each other",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["LMC-031", "LMC-032", "LMC-036"],
  docs: {
    summary:
      "Two settings of LMCache do not go together: P2P with prefill/decode or huge pages, a receiver that stores to PDBackend, a NIXL buffer size on the CPU, …",
    why: "LMCache checks such pairs when the engine starts, and stops it with an assertion or a ValueError.",
    mend: "Take one of the two out.",
    sources: [
      "https://docs.lmcache.ai/api_reference/configurations.html",
      "https://github.com/LMCache/LMCache/blob/dev/lmcache/v1/config.py",
    ],
  },
  examples: {
    bad: engineExample({ config: `${pd}\nstore_location: PDBackend # <-` }),
    good: engineExample({ config: `${pd}\nretrieve_locations: [PDBackend]` }),
  },
  messages: {
    clash: "{object}: {one} does not go with {other}, and the engine stops at its start. Take one of them out.",
  },
  reads: [lmcacheConfig, deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const settings of flatSettings(graph, object)) {
      for (const { at, one, other } of clashesIn(settings)) {
        if (!settings.owns(at)) continue;
        report({ at, message: "clash", slots: { object: settings.title, one, other } });
      }
    }
  },
});

function clashesIn(settings: FlatSettings): Clash[] {
  return [...p2pClashes(settings), ...receiverClashes(settings), ...nixlClashes(settings)];
}

function p2pClashes(settings: FlatSettings): Clash[] {
  const p2p = settings.text("enable_p2p");
  if (p2p === undefined || !isOn(p2p)) return [];
  return ["enable_pd", "local_cpu_use_hugepages"].flatMap((key) => {
    const value = settings.text(key);
    return value !== undefined && isOn(value) ? [{ at: value.node, one: key, other: "enable_p2p" }] : [];
  });
}

function receiverClashes(settings: FlatSettings): Clash[] {
  const isReceiver = isOn(settings.text("enable_pd")) && settings.text("pd_role")?.value === "receiver";
  if (!isReceiver) return [];
  const other = "pd_role receiver";
  const store = settings.text("store_location");
  const retrieve = settings.node("retrieve_locations");
  const names = itemsAt(retrieve).flatMap((item) => (item.type === "scalar" ? [item.text] : ["$"]));
  const wrong = retrieve?.type === "seq" && names.length > 0 && names.join() !== "PDBackend" && !names.includes("$");
  return [
    ...(store?.value === "PDBackend" ? [{ at: store.node, one: "store_location PDBackend", other }] : []),
    ...(wrong ? [{ at: retrieve, one: `retrieve_locations [${names.join(", ")}]`, other }] : []),
  ];
}

function nixlClashes(settings: FlatSettings): Clash[] {
  const extra = settings.node("extra_config");
  if (stringAt(extra, "enable_nixl_storage")?.value !== "true") return [];
  const p2p = settings.text("enable_p2p");
  const hugepages = settings.text("local_cpu_use_hugepages");
  const old = stringAt(extra, "nixl_use_hugepages");
  const isOnCpu = settings.text("nixl_buffer_device")?.value === "cpu";
  const size = resolve(settings.node("nixl_buffer_size"));
  return [
    ...(isOnCpu && size !== undefined ? [{ at: size, one: "nixl_buffer_size", other: "nixl_buffer_device cpu" }] : []),
    ...(isOnCpu && p2p !== undefined && isOn(p2p)
      ? [{ at: p2p.node, one: "enable_p2p", other: "NIXL storage on the CPU" }]
      : []),
    ...(old?.value === "true" && hugepages !== undefined && !isOn(hugepages)
      ? [{ at: old.node, one: "extra_config.nixl_use_hugepages", other: "local_cpu_use_hugepages false" }]
      : []),
  ];
}
