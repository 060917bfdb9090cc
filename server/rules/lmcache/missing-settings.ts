import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import type { Node } from "../../text/node.ts";
import { at, isNull, resolve, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { type FlatSettings, flatSettings, isOn } from "./settings.ts";

/** What LMCache asserts when a switch is on (lmcache/v1/config.py, `validate`, mid-2026). */
const needs: Readonly<Record<string, readonly string[]>> = {
  enable_controller: ["lmcache_instance_id", "controller_pull_url", "controller_reply_url", "lmcache_worker_ports"],
  enable_p2p: ["enable_controller", "p2p_host", "p2p_init_ports", "p2p_lookup_ports", "transfer_channel"],
  enable_pd: ["pd_role", "pd_buffer_size", "pd_buffer_device"],
};

const pd = "enable_pd: true\npd_role: sender\npd_buffer_size: 1073741824";

export const missingSettings = defineRule({
  id: "lmcache/missing-settings",
  title: "LMCache feature without the settings it needs",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["LMC-030", "LMC-031", "LMC-032", "LMC-036"],
  docs: {
    summary:
      "enable_controller, enable_p2p, enable_pd or NIXL storage is on, and settings that LMCache asserts then are neither in the file nor in the environment.",
    why: "LMCache checks them when the engine starts, and stops it with an assertion.",
    mend: "Set what the message lists. A file that no workload mounts is left alone, since the environment may add the rest.",
    sources: [
      "https://docs.lmcache.ai/api_reference/configurations.html",
      "https://github.com/LMCache/LMCache/blob/dev/lmcache/v1/config.py",
    ],
  },
  examples: {
    bad: engineExample({ config: pd.replace("true", "true # <-") }),
    good: engineExample({ config: `${pd}\npd_buffer_device: cuda` }),
  },
  messages: {
    missing: "{object}: {key} needs {missing}, and the engine stops at its start without {them}.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    if (graph.layout.isPatch(object.path)) return;
    for (const settings of flatSettings(graph, object)) {
      for (const [key, wanted] of Object.entries(needs)) {
        const value = settings.text(key);
        if (value === undefined || !isOn(value)) continue;
        tell(
          key,
          value.node,
          wanted.filter((one) => isMissing(settings, one)),
        );
      }
      const nixl = stringAt(settings.node("extra_config"), "enable_nixl_storage");
      if (nixl?.value === "true") tell("enable_nixl_storage", nixl.node, nixlNeeds(settings));

      function tell(key: string, node: Node, missing: readonly string[]): void {
        if (missing.length === 0) return;
        const them = missing.length === 1 ? "it" : "them";
        report({
          at: node,
          message: "missing",
          slots: { object: settings.title, key, missing: listed(missing), them },
        });
      }
    }
  },
});

/** A switch that is off is as good as missing. */
function isMissing(settings: FlatSettings, key: string): boolean {
  if (!key.startsWith("enable_")) return settings.isAbsent(key);
  const value = settings.text(key);
  return settings.isAbsent(key) || (value !== undefined && !isOn(value));
}

function nixlNeeds(settings: FlatSettings): string[] {
  const device = settings.text("nixl_buffer_device")?.value;
  const top = ["nixl_buffer_device", ...(device === "cuda" ? ["nixl_buffer_size"] : [])];
  const extra = settings.node("extra_config");
  const only =
    stringAt(extra, "nixl_presence_cache_only")?.value === "true" && isNothing(at(extra, "nixl_presence_cache"));
  return [...top.filter((key) => settings.isAbsent(key)), ...(only ? ["extra_config.nixl_presence_cache"] : [])];
}

function isNothing(node: Node | undefined): boolean {
  const value = resolve(node);
  return value === undefined || (value.type === "scalar" && (isNull(value) || value.text === "false"));
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
