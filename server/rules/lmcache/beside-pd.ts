import type { RawFix } from "../../findings/raw-finding.ts";
import { lmcacheConfig } from "../../kinds/lmcache/flat.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import { type Placed, resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { flatSettings, isOn } from "./settings.ts";

const pd = "enable_pd: true\npd_role: sender\npd_buffer_size: 1073741824\npd_buffer_device: cuda";

export const besidePd = defineRule({
  id: "lmcache/beside-pd",
  title: "Setting that prefill/decode leaves no room for",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["LMC-034", "LMC-035"],
  docs: {
    summary:
      "enable_pd stands beside remote_url or save_decode_cache (warning), or save_unfull_chunk is false beside enable_pd or enable_blending (information).",
    why: "LMCache's documentation wants no remote cache and no decode cache with prefill/decode: the backend sends every chunk to its peer, and what goes to a second place as well is neither looked up nor in time. Chunks that are not full have to travel too, so LMCache switches save_unfull_chunk on whatever stands there.",
    mend: "Take remote_url out, set save_decode_cache to false, and save_unfull_chunk to true.",
    sources: ["https://docs.lmcache.ai/api_reference/configurations.html"],
  },
  examples: {
    bad: engineExample({ config: `${pd}\nsave_decode_cache: true # <-` }),
    good: engineExample({ config: `${pd}\nsave_decode_cache: false` }),
  },
  messages: {
    decode: "{object}: save_decode_cache is on beside enable_pd, which LMCache does not support. Set it to false.",
    remote:
      "{object}: remote_url is set beside enable_pd, which LMCache does not support: chunks go to the peer alone. Take one of them out.",
    unfull: "{object}: save_unfull_chunk is false, but {by} switches it on all the same. Set it to true.",
  },
  reads: [lmcacheConfig, deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const settings of flatSettings(graph, object)) {
      const slots = { object: settings.title };
      const pd = isOn(settings.text("enable_pd"));
      const by = pd ? "enable_pd" : isOn(settings.text("enable_blending")) ? "enable_blending" : undefined;
      const decode = settings.text("save_decode_cache");
      const remote = settings.text("remote_url");
      const unfull = settings.text("save_unfull_chunk");
      if (pd && decode !== undefined && isOn(decode) && settings.owns(decode.node))
        report({ at: decode.node, message: "decode", slots, fixes: set(decode, "false") });
      if (pd && remote !== undefined && remote.value !== "" && settings.owns(remote.node))
        report({ at: remote.node, message: "remote", slots });
      if (by !== undefined && unfull !== undefined && /^(?:false|0)$/i.test(unfull.value) && settings.owns(unfull.node))
        report({
          at: unfull.node,
          message: "unfull",
          severity: "info",
          slots: { ...slots, by },
          fixes: set(unfull, "true"),
        });
    }
  },
});

function set({ node }: Placed<string>, value: string): RawFix[] {
  const scalar = resolve(node);
  return scalar?.type === "scalar"
    ? [{ title: `Set it to ${value}`, safe: false, edits: [setScalar(scalar, value)] }]
    : [];
}
