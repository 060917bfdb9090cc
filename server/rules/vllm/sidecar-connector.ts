import { isNixl } from "../../kinds/vllm/connector-names.ts";
import { connectorsOf } from "../../kinds/vllm/connectors.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { servingContainers, templatesOf } from "./servers.ts";
import { kvConnectorOf, sidecarsOf } from "./sidecar.ts";

const example = (connector: string) =>
  serverExample({
    labels: "app: qwen, llm-d.ai/role: decode",
    args: [
      "Qwen/Qwen3-8B",
      "--port=8200",
      "--kv-transfer-config",
      `'{"kv_connector": "MooncakeConnector", "kv_role": "kv_consumer"}'`,
    ],
    spec: [
      "initContainers:",
      "  - name: routing-proxy",
      "    image: ghcr.io/llm-d/llm-d-router-disagg-sidecar:v0.10.0",
      "    restartPolicy: Always",
      "    args:",
      "      - --port=8000",
      "      - --model-server-port=8200",
      `      - --kv-connector=${connector}`,
    ],
  });

/** Which of vLLM's connectors each of the sidecar's drives. */
const partners: ReadonlyMap<string, (connector: string) => boolean> = new Map([
  ["nixlv2", isNixl],
  ["mooncake", (connector) => connector === "MooncakeConnector"],
  ["offloading", (connector) => connector === "OffloadingConnector"],
  ["shared-storage", (connector) => /^(?:SharedStorage|Example)Connector$/.test(connector)],
]);

export const sidecarConnector = defineRule({
  id: "vllm/sidecar-connector",
  title: "Sidecar that speaks another connector than vLLM",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["VLM-10"],
  docs: {
    summary:
      "The --kv-connector of llm-d's sidecar is not the one that vLLM of the same pod has in --kv-transfer-config.",
    why: "The sidecar sends the prompt to a prefill engine first and then tells the decode engine where the cache is, in the words of one connector. An engine with another one does not understand them and computes the prompt again, or refuses the request.",
    mend: "nixlv2 goes with NixlConnector, mooncake with MooncakeConnector, offloading with OffloadingConnector, shared-storage with ExampleConnector.",
    sources: [
      "https://github.com/llm-d/llm-d-router/blob/main/pkg/sidecar/proxy/options.go",
      "https://docs.vllm.ai/en/latest/features/nixl_connector_usage/",
    ],
  },
  examples: { bad: example("nixlv2 # <-"), good: example("mooncake") },
  messages: {
    other:
      "{object}: the sidecar moves KV cache by {sidecar}, but vLLM beside it by {vllm}: prompts are computed again, or refused. Use the same on both.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    const engines = servingContainers(object, settings).flatMap(({ servers }) => servers);
    const connectors = engines.map((server) => connectorsOf(server));
    const [first] = connectors;
    if (first?.[0] === undefined || connectors.some((list) => list === undefined)) return;
    const names = connectors.flatMap((list) => list?.map(({ name }) => name.value) ?? []);
    for (const sidecar of templatesOf(object).flatMap((template) => sidecarsOf(template, settings))) {
      const asked = kvConnectorOf(sidecar);
      const fits = partners.get(asked?.value ?? "");
      if (asked?.value === undefined || fits === undefined || names.some(fits)) continue;
      report({
        at: asked.at,
        message: "other",
        slots: { object: object.title, sidecar: asked.value, vllm: [...new Set(names)].join(", ") },
        related: [{ at: first[0].name.at, message: "vLLM's connector" }],
      });
    }
  },
});
