import type { RawFix } from "../../findings/raw-finding.ts";
import { lmcacheConfig } from "../../kinds/lmcache/flat.ts";
import { lackingPort, parseRemoteUrl, remoteSchemes } from "../../kinds/lmcache/remote-url.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import { type Placed, resolve } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { flatSettings } from "./settings.ts";

export const remoteUrl = defineRule({
  id: "lmcache/remote-url",
  title: "Remote cache that LMCache cannot connect to",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-020", "LMC-021"],
  docs: {
    summary: "remote_url has a scheme that no connector of LMCache takes, or lacks the port that its connector wants.",
    why: "The scheme chooses the connector. Without one that fits, or without host and port where the connector asserts them, the engine fails at its start.",
    mend: "Write the scheme of the server, and its port. A scheme of your own needs an entry in remote_storage_plugins, and then nothing is said.",
    sources: [
      "https://docs.lmcache.ai/kv_cache/storage_backends/index.html",
      "https://github.com/LMCache/LMCache/tree/dev/lmcache/v1/storage_backend/connector",
    ],
  },
  examples: {
    bad: engineExample({ config: "max_local_cpu_size: 20\nremote_url: lm://cache-server # <-" }),
    good: engineExample({ config: "max_local_cpu_size: 20\nremote_url: lm://cache-server:65432" }),
  },
  messages: {
    scheme:
      '{object}: LMCache has no connector for "{scheme}://", and the engine fails at its start.{meant} A connector of your own must stand in remote_storage_plugins.',
    port: "{object}: {scheme}:// wants a port for each host, and {value} has none: the engine fails at its start.{meant}",
  },
  reads: [lmcacheConfig, deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const settings of flatSettings(graph, object)) {
      const url = settings.text("remote_url");
      if (url === undefined || !settings.owns(url.node) || isOpen(url.value)) continue;
      const parsed = parseRemoteUrl(url.value);
      if (parsed === undefined) continue;
      const { scheme, authorityEnd } = parsed;
      if (!(remoteSchemes as readonly string[]).includes(scheme)) {
        if (settings.node("remote_storage_plugins") !== undefined) continue;
        const near = nearest(scheme, remoteSchemes);
        const meant = near === undefined ? "" : ` Did you mean ${near}://?`;
        const better = near === undefined ? undefined : near + url.value.slice(scheme.length);
        report({
          at: url.node,
          message: "scheme",
          slots: { object: settings.title, scheme, meant },
          fixes: written(url, better),
        });
        continue;
      }
      const port = lackingPort(parsed);
      if (port === undefined) continue;
      const one = parsed.hosts.length === 1 && parsed.hosts[0]?.name !== "" && port !== "none";
      const better = one ? `${url.value.slice(0, authorityEnd)}:${port}${url.value.slice(authorityEnd)}` : undefined;
      const meant = better === undefined ? "" : ` Write ${better}.`;
      const slots = { object: settings.title, scheme, value: url.value, meant };
      report({ at: url.node, message: "port", slots, fixes: written(url, better) });
    }
  },
});

function written({ node }: Placed<string>, better: string | undefined): RawFix[] {
  const scalar = resolve(node);
  if (better === undefined || scalar?.type !== "scalar") return [];
  return [{ title: `Write ${better}`, safe: false, edits: [setScalar(scalar, better)] }];
}
