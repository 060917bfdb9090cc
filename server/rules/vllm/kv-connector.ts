import { connectors, goneConnectors, onceConnectors } from "../../kinds/vllm/connector-names.ts";
import { type ConnectorWord, connectorsOf } from "../../kinds/vllm/connectors.ts";
import { compareVersions, type Version } from "../../kinds/vllm/version.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { serversIn, servingCharts } from "./chart-servers.ts";
import { serverExample } from "./example.ts";
import { fixOf } from "./mend.ts";
import { isReleasedVllm, type ServingContainer } from "./servers.ts";

const example = (name: string, mark = "") =>
  serverExample({
    args: ["Qwen/Qwen3-8B", "--kv-transfer-config", `'{"kv_connector": "${name}", "kv_role": "kv_both"}'${mark}`],
  });

export const kvConnector = defineRule({
  id: "vllm/kv-connector",
  title: "KV connector that vLLM does not have",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VLM-06"],
  docs: {
    summary:
      "--kv-transfer-config names a connector that vLLM does not register: misspelt, of the old engine, or somebody else's without kv_connector_module_path.",
    why: "vLLM looks the connector up when it starts and stops with an error when there is none. PyNcclConnector is of the V0 engine, which is gone since vLLM 0.11.",
    mend: "Write the name that the message gives. A connector of one's own needs kv_connector_module_path, the Python module it is in.",
    sources: [
      "https://docs.vllm.ai/en/latest/features/disagg_prefill/",
      "https://github.com/vllm-project/vllm/blob/main/vllm/distributed/kv_transfer/kv_connector/factory.py",
    ],
  },
  examples: { bad: example("NIXLConnector", " # <-"), good: example("NixlConnector") },
  messages: {
    gone: "{object}: the connector {name} went with vLLM's V0 engine: the server stops at start. Write {instead}.",
    near: "{object}: vLLM has no connector {name}: the server stops at start. Did you mean {instead}?",
    own: "{object}: vLLM has no connector {name} of its own: without kv_connector_module_path the server stops at start.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet, ...servingCharts],
  check({ object, settings, report }) {
    for (const serving of serversIn(object, settings)) {
      for (const { name, foreign } of serving.servers.flatMap((one) => connectorsOf(one) ?? [])) {
        if (foreign || connectors.includes(name.value) || onceConnectors.has(name.value)) continue;
        // LMCache's own rules speak of this one.
        if (name.value === "LMCacheConnector") continue;
        const slots = { object: serving.title, name: name.value };
        const gone = goneConnectors.get(name.value);
        const guess = nearest(name.value, connectors, 3);
        if (gone !== undefined) {
          if (isOfOldEngine(serving.version)) continue;
          report({ at: name.at, message: "gone", slots: { ...slots, instead: gone }, fixes: renamed(name, gone) });
        } else if (guess !== undefined) {
          const fixes = renamed(name, guess);
          report({ at: name.at, message: "near", slots: { ...slots, instead: guess }, fixes });
        } else if (isReleasedVllm(serving) && knowsAll(serving)) {
          report({ at: name.at, message: "own", slots });
        }
      }
    }
  },
});

function isOfOldEngine(version: Version | undefined): boolean {
  return version !== undefined && compareVersions(version, [0, 11]) < 0;
}

/** Later versions may have further ones, and images that others build may bring a plugin. */
function knowsAll({ container, release }: ServingContainer): boolean {
  return release === "listed" && /(?:^|\/)vllm\/vllm-openai/.test(container.image?.value ?? "");
}

function renamed(connector: ConnectorWord, name: string) {
  return fixOf(`Write ${name}`, false, connector.written(name));
}
